"""What is measured: definition, formula and reference, the same as the commands explain."""

from __future__ import annotations

from graph.measure_registry import MEASURES
from triplehelix.analysis_pages.blocks import Explained, Explanation, Note
from triplehelix.analysis_pages.texts import both, say
from triplehelix.pages.texts import Text
from triplehelix.terminal.wording import read_words


def explain(*names: str) -> Explained:
    """Return the explanations of measures by name, folded.

    Raises:
        KeyError: there is no such measure.
    """
    return Explained(say("explain_measures"), [_explain(name) for name in names])


def _explain(name: str) -> Explanation:
    if measure := MEASURES.get(name):
        label, definition = both(measure.label), both(measure.definition)
        return Explanation(label, definition, measure.formula, measure.reference, measure.doi)
    told = read_words("definitions.yml")[name]
    return Explanation(
        both(told["label"]),
        both(told["definition"]),
        told["formula"],
        told["reference"],
        told["doi"],
    )


def label_of(name: str) -> Text:
    """Return what a measure is called.

    >>> label_of("pagerank").en
    'PageRank'
    """
    return _explain(name).label


def define(name: str) -> Note:
    """Return the definition of something as a paragraph."""
    return Note(_explain(name).definition)
