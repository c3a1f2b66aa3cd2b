"""The words of calendars and briefs."""

from __future__ import annotations

from triplehelix.pages.texts import Text, fill, read_texts

PACKAGE = "triplehelix.desk"


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("calendar_parties", parties="A, B").en
    'Parties: A, B'
    """
    return fill(read_texts(PACKAGE)[key], arguments)


def tell(key: str, language: str, **arguments: object) -> str:
    """Return the words of a key in one language.

    >>> tell("calendar_name", "en")
    'Agreement deadlines'
    """
    text = say(key, **arguments)
    return text.en if language == "en" else text.ko
