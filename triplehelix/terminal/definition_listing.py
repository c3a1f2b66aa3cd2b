"""What is computed: definition, formula, reference, and the restriction that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from triplehelix.contracts import Json
from triplehelix.measures.measure_contracts import write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import read_words, say

if TYPE_CHECKING:
    from graph.measure_registry import Measure

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Definition:
    """What something is, its formula and source, and by what a list of it is ordered."""

    name: str
    label: Text
    definition: Text
    formula: str = ""
    reference: str = ""
    doi: str = ""
    rank: Text = field(default_factory=dict)


def define_measure(measure: Measure) -> Definition:
    """Return the definition of a measure of nodes."""
    return Definition(
        measure.name,
        measure.label,
        measure.definition,
        measure.formula,
        measure.reference,
        measure.doi,
    )


def define(name: str) -> Definition:
    """Return the definition of a name in ``definitions.yml``."""
    texts = dict(read_words("definitions.yml")[name])
    if module := texts.pop("module", ""):
        from graph.gap_reasons import explain_rank

        texts["rank"] = {language: explain_rank(module, language) for language in ("ko", "en")}
    return Definition(name, **texts)


def list_definitions(definitions: Sequence[Definition], scope: Scope, language: str) -> Listing:
    """Return definitions, each under its name, and at the end the restriction."""
    rows = [
        (each.label[language], say(f"definitions.{aspect}", language), text)
        for each in definitions
        for aspect, text in _aspects(each, language)
    ]
    asked = say("definitions.scope", language)
    rows.append((asked, say("definitions.restriction", language), scope.tell(language)))
    return Listing(
        say("definitions.title", language, label=definitions[0].label[language]),
        (
            Heading(say("columns.name", language)),
            Heading(say("columns.aspect", language), least=11),
            Heading(say("columns.value", language), share=1),
        ),
        rows,
        {
            "definitions": [_write(each, language) for each in definitions],
            "restriction": write_restriction(scope, language),
        },
        groups={},
        plain=True,
    )


def _aspects(each: Definition, language: str) -> list[tuple[str, str]]:
    found = [
        ("definition", each.definition[language]),
        ("formula", each.formula),
        ("reference", each.reference),
        ("doi", each.doi),
        ("rank", each.rank.get(language, "")),
    ]
    return [(aspect, text) for aspect, text in found if text]


def _write(each: Definition, language: str) -> Json:
    return {
        "name": each.name,
        "label": each.label[language],
        "definition": each.definition[language],
        "formula": each.formula or None,
        "reference": each.reference or None,
        "doi": each.doi or None,
        "order": each.rank.get(language) or None,
    }
