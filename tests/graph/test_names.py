"""Names: one form to keep, one to compare."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import MIDDLE_DOTS, fold_digits, match_key, normalise
from graph.schema import fold_header

NAMES = st.text(
    st.sampled_from("가나다각힣한국대학교 ·ㆍ‧(주)㈜재단법인AaＡｚ１1-.'‘")
    | st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"))
)


@given(NAMES)
def test_a_match_key_is_its_own_match_key(name: str) -> None:
    assert match_key(match_key(name)) == match_key(name)


def test_marks_that_come_together_are_taken_away() -> None:
    assert match_key("( 주)(((주)주) 킨텍스") == match_key("(킨텍스")


@given(NAMES)
def test_composed_and_decomposed_names_are_one(name: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert match_key(composed) == match_key(decomposed)
    assert fold_header(composed) == fold_header(decomposed)
    assert normalise(composed) == normalise(decomposed)


@given(NAMES)
def test_the_form_that_is_kept_is_nfc_without_outer_space(name: str) -> None:
    kept = normalise(name)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip() == normalise(kept)


@given(NAMES, st.sampled_from(MIDDLE_DOTS), st.sampled_from(MIDDLE_DOTS))
def test_the_middle_dots_are_one(name: str, one: str, other: str) -> None:
    assert match_key(f"산{one}학{name}") == match_key(f"산{other}학{name}")


@pytest.mark.parametrize(
    "names",
    [
        ("㈜킨텍스", "킨텍스㈜", "(주)킨텍스", "주식회사 킨텍스", "킨텍스 주식회사", "킨텍스"),
        ("(재)한국능력개발원", "재단법인 한국능력개발원", "한국능력개발원"),
        ("SK텔레콤", "sk텔레콤", "ＳＫ텔레콤", " SK 텔레콤 "),
    ],
)
def test_spellings_of_one_name(names: tuple[str, ...]) -> None:
    assert len({match_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("한국항공대학교", "한국항공대학교 산학협력단"),
        ("항공대 창업보육센터", "항공대 중소벤처육성센터"),
        ("한화", "한화시스템"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@given(st.integers(0, 10**12))
def test_full_width_digits_are_digits(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert fold_digits(wide) == str(number)
