"""What validation leaves out to be quick changes nothing of what it finds."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from graph import validation
from graph.linking import link_drafts
from graph.mapping import map_records
from graph.model import ontology_folder
from graph.namespaces import ID, TH
from graph.shapes import read_schema
from graph.store import Triple
from graph.validation import validate
from loaders.ecosystem import load_ecosystem

TOWN = Path(__file__).resolve().parents[1] / "town"


@pytest.fixture(scope="module")
def triples() -> frozenset[Triple]:
    ecosystem = load_ecosystem(TOWN, read_schema())
    linked = link_drafts(map_records(ecosystem.records, read_schema()).drafts, ecosystem.identity)
    return frozenset[Triple]().union(*linked.graphs.values())


def results(report: Graph) -> list[tuple[str, str, str]]:
    parts = (SH.focusNode, SH.sourceConstraintComponent, SH.value)
    found = report.subjects(RDF.type, SH.ValidationResult)
    return sorted(tuple(str(report.value(one, part)) for part in parts) for one in found)  # type: ignore[misc]


def one(triples: Iterable[Triple], predicate: str) -> Triple:
    return min(triple for triple in triples if triple[1] == f"<{predicate}>")


@pytest.mark.parametrize("name", ["participant", "inDocument", "party", "fundingSource", "amount"])
@pytest.mark.parametrize("value", [None, '"bad"', f"<{ID['nobody']}>"])
def test_the_quick_question_and_the_report_agree(
    triples: frozenset[Triple], name: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = one(triples, str(TH[name]))
    changed = triples - {broken} | ({(*broken[:2], value)} if value else set())
    quick = results(validate(changed))
    monkeypatch.setattr(validation, "QUICK_LIMIT", 0)
    assert quick == results(validate(changed))
    assert bool(quick) == (value is not None or name != "amount")


def test_a_sound_town_has_nothing_to_report(
    triples: frozenset[Triple], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (None, SH.conforms, None) in validate(triples)
    assert results(validate(triples)) == []
    monkeypatch.setattr(validation, "QUICK_LIMIT", 0)
    assert results(validate(triples)) == []


def test_patterns_are_left_to_mapping_only_where_mapping_matches_them(
    triples: frozenset[Triple],
) -> None:
    broken = one(triples, str(TH.lines))
    changed = triples - {broken} | {(*broken[:2], '"page four"')}
    assert [component for _, component, _ in results(validate(changed))] == [
        str(SH.PatternConstraintComponent)
    ]
    assert results(validate(changed, mapped=True)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('sh:pattern "^[0-9]+(-', 'sh:flags "i" ; sh:pattern "^[0-9]+(-'),
        ('sh:pattern "^[0-9]+(-', 'sh:pattern "^[0-9,-]+$" , "^[0-9]+(-'),
    ],
)
def test_a_pattern_that_mapping_cannot_match_stays(
    triples: frozenset[Triple], tmp_path: Path, old: str, new: str
) -> None:
    for file in ontology_folder().glob("*.ttl"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace(old, new), encoding="utf-8")
    broken = one(triples, str(TH.lines))
    changed = triples - {broken} | {(*broken[:2], '"page four"')}
    assert results(validate(changed, tmp_path, mapped=True)) != []
