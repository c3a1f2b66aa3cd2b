"""What a command cannot do with what it was given, told in one sentence; the exit code is 1."""


class Refusal(Exception):
    """A sentence in the reader's language: why there is no answer."""
