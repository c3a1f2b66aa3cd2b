"""Names as people write them: one form to keep, one form to compare."""

import re
import unicodedata
from functools import lru_cache

MIDDLE_DOTS = "·‧․∙ㆍ・•"
CORPORATE_MARKS = re.compile(r"㈜|\(주\)|주식회사|\(재\)|재단법인|\(사\)|사단법인|\(학\)|학교법인")
_FOLDED = {ord(dot): "·" for dot in MIDDLE_DOTS}
_QUOTES = dict.fromkeys(map(ord, "‘’`´"), "'")


def normalise(text: str) -> str:
    """Return the text in NFC with outer white space removed: the form that is kept.

    >>> normalise(" 건국대 ") == "건국대"
    True
    """
    return unicodedata.normalize("NFC", text).strip()


@lru_cache(maxsize=1 << 16)
def match_key(name: str) -> str:
    """Return the form in which two names are compared.

    Compatibility forms (NFKC), the several middle dots, marks of incorporation, white space and
    letter case make no difference.

    >>> match_key("㈜ 킨텍스") == match_key("킨텍스(주)") == match_key("주식회사 킨텍스")
    True
    >>> match_key("산·학·연") == match_key("산ㆍ학 ㆍ연")
    True
    """
    key, before = name, ""
    while key != before:  # taking a mark or a space away can bring the parts of another together
        before = key
        folded = unicodedata.normalize("NFKC", key.translate(_FOLDED)).casefold()
        key = CORPORATE_MARKS.sub("", re.sub(r"\s+", "", folded))
    return key


def fold_digits(text: str) -> str:
    """Return the text with full-width and other compatibility forms folded, for numbers and dates.

    >>> fold_digits("２０２３")
    '2023'
    """
    return unicodedata.normalize("NFKC", text.translate(_QUOTES)).strip()
