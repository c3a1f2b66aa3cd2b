"""How a restriction is told, in words and as JSON, and what cannot be one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graph.gaps import Holdings
from graph.model import LANGUAGES
from graph.namespaces import ID
from graph.restriction import Restriction, describe, vocabulary
from graph.selection import (
    REASONS,
    Selection,
    describe_selection,
    select_ties,
)
from triplehelix.report import read_labels

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
GAON, NARAE = str(ID["gaon"]), str(ID["narae"])


def test_words(town: Loaded) -> None:
    labels = read_labels(town.dataset)
    full = Restriction(
        host=GAON,
        theme=str(ID["drone"]),
        place=str(ID["place-sol"]),
        on=ON,
        since="2022",
        until="2023-06",
        sectors=("academia", "industry"),
        least_rung="contract-or-grant",
        modality="both",
        basis="inferred",
        level="parent",
        events=False,
    )
    assert describe(full, labels, "ko") == (
        "실제와 예정된 관계; 2023-12-31 기준; 2022부터; 2023-06까지; 주관·당사자: 가온시; "
        "분야: 드론(하위 분야 포함); 지역: 솔도(하위 지역 포함); 부문: 학계, 산업계; "
        "협력 단계: 계약·재정지원 이상; 추론되었거나 불명확한 관계만; "
        "하부조직은 상위 기관으로 합침; 행사 제외"
    )
    assert describe(full, labels, "en") == (
        "actual and planned ties; as of 2023-12-31; from 2022; until 2023-06; "
        "hosted or signed by Gaon City; theme Drones with narrower ones; in Sol Province; "
        "sectors: academia, industry; rung: contract or grant or higher; "
        "only ties that are inferred or ambiguous; units rolled up to their parent bodies; "
        "without events"
    )


def test_words_for_what_is_not_known(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(on=date(2023, 4, 15), theme=str(ID["maker"])))
    assert describe_selection(selection, "ko") == (
        "날짜가 넓어 알 수 없지만 포함 5건; 분야가 없어 제외 32건"
    )
    assert describe_selection(selection, "en") == (
        "included though the date is too rough to tell: 5; left out, no theme stated: 32"
    )
    assert describe_selection(select_ties(holdings), "en") == ""
    everything = Selection((), (), 1, 0, {}, dict.fromkeys(REASONS, 1))
    for language in LANGUAGES:
        assert len(describe_selection(everything, language).split("; ")) == len(REASONS) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_default(language: str) -> None:
    assert describe(Restriction(), {}, language) in ("실제 관계만", "actual ties only")


def test_to_json() -> None:
    restriction = Restriction(host=GAON, on=ON, sectors=("academia",))
    assert restriction.to_json() == {"host": GAON, "on": "2023-12-31", "sectors": ("academia",)}
    assert Restriction().to_json() == {}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sectors": ("academy",)}, "there is no sector 'academy'; there are academia"),
        ({"least_rung": "friendship"}, "there is no rung 'friendship'; there are agreement"),
        ({"since": "2023-13"}, "'2023-13' is no date"),
        ({"until": "soon"}, "'soon' is no date"),
        ({"since": "'23. 1."}, "is no date like 2023"),
        ({"since": "2024", "until": "2023-12-31"}, "ends before it begins"),
    ],
)
def test_what_cannot_be_restricted_so(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Restriction(**settings)


def test_vocabulary() -> None:
    assert vocabulary("sector") == {
        *("academia", "government", "industry", "intermediary", "research"),
    }
