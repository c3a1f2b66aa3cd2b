"""What a page's Content Security Policy says of its own scripts and styles."""

import base64
import hashlib


def hash_source(text: str) -> str:
    """Return the source expression of Content Security Policy for an inline script or style.

    See https://www.w3.org/TR/CSP3/#grammardef-hash-source.

    >>> hash_source("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
