"""The same question gives the same answer on every engine, also on two hundred random ecosystems.

An ecosystem is a part of the town or of the shipped one, with some of its facts rewired, so that
every kind of record, blank values and dangling references occur in ever new combinations. rdflib
needs about a hundredth of a second for a question on 250 triples. So that the test stays
under a minute, each question is asked on a share of the ecosystems; ``TRIPLEHELIX_THOROUGH=1`` asks
each on all of them, and in rdflib all that is expected of the town instead of the first for each.

Where they disagree it has mostly been this: a sub-query with GROUP BY that finds nothing has no
row, but in rdflib one in which nothing is bound. ``FILTER(BOUND(?count))`` after it helps.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.term import Identifier, Node

from graph.namespaces import GRAPH, ID, PREFIXES, TH, slug
from graph.questions import Parameter, Question, read_questions
from graph.references import KINDS
from graph.sparql import ask, read_argument
from graph.store import Triple, encode_ntriples, load_graphs, memory_store, write_trig
from tests.plain import PlainDataset

if TYPE_CHECKING:
    from tests.conftest import Loaded

Graphs = Mapping[str, set[Triple]]
Rows = list[tuple[Any, ...]]
Ask = Callable[[Question, Mapping[str, Identifier]], Rows]
Engine = Callable[[Graphs], Ask]

ECOSYSTEMS = 200
TRIPLES = 250
DRAWS = 8
"""How often other arguments are tried where those drawn have no answer: two empty answers agree
about little."""
THOROUGH = bool(os.environ.get("TRIPLEHELIX_THOROUGH"))
SHARE = 1 if THOROUGH else 40
QUESTIONS = list(read_questions().values())
EXPECTED = Path(__file__).parent.parent / "expected"
_LEFT_OUT = {str(GRAPH["ontology"])}


def oxigraph(graphs: Graphs) -> Ask:
    """Oxigraph, in memory."""
    dataset = memory_store()
    load_graphs(dataset, dict(graphs))
    return lambda question, terms: _rows(dataset.query(question.text, initBindings=dict(terms)))


def rdflib_memory(graphs: Graphs) -> Ask:
    """rdflib's own store and evaluator."""
    dataset = PlainDataset()
    for name, triples in graphs.items():
        dataset.graph(name).parse(data=encode_ntriples(triples), format="nt")
    return lambda question, terms: _rows(
        dataset.query(question.text, initNs=PREFIXES, initBindings=dict(terms))
    )


@pytest.fixture(scope="module")
def engines() -> dict[str, Engine]:
    """The engines that are compared, by name; an engine is given graphs and answers questions."""
    return {"oxigraph": oxigraph, "rdflib": rdflib_memory}


def _rows(result: Any) -> Rows:
    return [tuple(map(_value, row)) for row in result]


def _value(term: Node | None) -> Any:
    """A value that engines write alike: numbers by what they are, texts without a datatype."""
    if isinstance(term, Literal) and isinstance(term.value, int | float | Decimal):
        return term.value if isinstance(term.value, bool) else round(Decimal(str(term.value)), 9)
    return None if term is None else str(term)


@pytest.fixture(scope="module")
def pools(town: Loaded, shipped: Loaded) -> list[dict[str, list[tuple[str, Triple]]]]:
    """The facts of both ecosystems by the record that they are about."""
    made = []
    for loaded in (town, shipped):
        facts: dict[str, list[tuple[str, Triple]]] = defaultdict(list)
        for name, triples in sorted(loaded.assembly.graphs.items()):
            if name not in _LEFT_OUT:
                for triple in sorted(triples):
                    facts[triple[0]].append((name, triple))
        made.append(dict(facts))
    return made


def draw_ecosystem(facts: Mapping[str, list[tuple[str, Triple]]], seed: int) -> Graphs:
    """Return a connected part of an ecosystem, with a tenth of its facts rewired."""
    chance = random.Random(seed)
    about: dict[str, list[str]] = defaultdict(list)
    for subject, quads in facts.items():
        for _, (_, _, object_) in quads:
            if object_ in facts:
                about[object_].append(subject)
    chosen: dict[str, None] = {}
    waiting, size = [chance.choice(sorted(facts))], 0
    while size < TRIPLES:
        subject = (
            waiting.pop(chance.randrange(len(waiting))) if waiting else chance.choice(sorted(facts))
        )
        if subject in chosen:
            continue
        chosen[subject] = None
        size += len(facts[subject])
        near = [o for _, (_, _, o) in facts[subject] if o in facts] + about[subject]
        waiting += chance.sample(near, min(len(near), 6))
    quads = [quad for subject in chosen for quad in facts[subject]]
    return _rewire(quads, chance)


def _rewire(quads: list[tuple[str, Triple]], chance: random.Random) -> Graphs:
    objects: dict[str, list[str]] = defaultdict(list)
    for _, (_, path, object_) in quads:
        objects[path].append(object_)
    graphs: dict[str, set[Triple]] = defaultdict(set)
    for name, (subject, path, object_) in quads:
        swapped = path != f"<{RDF.type}>" and path != f"<{RDFS.label}>" and chance.random() < 0.1
        graphs[name].add((subject, path, chance.choice(objects[path]) if swapped else object_))
    return graphs


def draw_terms(graphs: Graphs, question: Question, chance: random.Random) -> dict[str, Identifier]:
    """Return terms for the parameters of a question, records among those of the ecosystem."""
    return {p.name: _draw(graphs, p, chance) for p in question.parameters}


def _draw(graphs: Graphs, parameter: Parameter, chance: random.Random) -> Identifier:
    if parameter.type in KINDS:
        class_ = f"<{KINDS[parameter.type]}>"
        triples = sorted(set().union(*graphs.values()))
        found = {s for s, p, o in triples if p == f"<{RDF.type}>" and o == class_}
        # Who is spoken of more often is asked about more often, so that more is answered.
        spoken = [o for _, _, o in triples if o in found] or sorted(found) or [f"<{ID['nobody']}>"]
        return URIRef(chance.choice(spoken)[1:-1])
    values = {
        "date": ["2019", "2022-10", "2023-06-30", "2023-12-31"],
        "year": ["2019", "2021", "2022", "2023"],
        "integer": ["0", "1", "2", "5"],
        "text": ["창업", "가온", "대학", "a"],
        "iri": [str(TH.University), str(TH.Agreement)],
        "choice": list(parameter.values),
    }
    drawn = chance.choice([*values[parameter.type], *filter(None, [parameter.default])])
    return read_argument(Dataset(), parameter, drawn)


@pytest.fixture(scope="module")
def plain(town: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The town in rdflib's own memory store, by way of a file that Oxigraph wrote."""
    path = tmp_path_factory.mktemp("plain") / "town.trig"
    write_trig(dict(town.assembly.graphs), path)
    dataset = PlainDataset()
    dataset.parse(data=path.read_text(encoding="utf-8"), format="trig")
    return dataset


def _expected(question: Question) -> list[dict[str, Any]]:
    cases = json.loads((EXPECTED / f"{question.name}.json").read_text("utf-8"))
    return list(cases if THOROUGH else cases[:1])


# rdflib's own parsers and evaluator still use names that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_the_answer_on_the_town_is_the_same_in_rdflib(plain: Dataset, question: Question) -> None:
    for case in _expected(question):
        found = ask(plain, question, case["arguments"])
        kept = [i for i, name in enumerate(found.vars or []) if str(name) in case["columns"]]
        shown = [["" if row[i] is None else slug(row[i]) for i in kept] for row in found]  # type: ignore[index]
        assert shown == case["rows"]


# rdflib's own parsers and evaluator still use names that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
def test_engines_agree_on_random_ecosystems(
    engines: dict[str, Engine], pools: list[dict[str, list[tuple[str, Triple]]]]
) -> None:
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    apart: dict[str, Any] = {}
    for number in range(ECOSYSTEMS):
        graphs = draw_ecosystem(pools[number % len(pools)], number)
        chance = random.Random(-number)
        askers = {name: engine(graphs) for name, engine in engines.items()}
        for question in _share(number):
            terms = draw_terms(graphs, question, chance)
            for _ in range(DRAWS):
                if askers["oxigraph"](question, terms):
                    break
                terms = draw_terms(graphs, question, chance)
            answers = {name: Counter(ask(question, terms)) for name, ask in askers.items()}
            first, *others = answers.values()
            asked[question.name] += 1
            answered[question.name] += bool(first)
            if any(other != first for other in others):
                apart[question.name] = (number, terms, answers)
    assert apart == {}
    assert asked.keys() == {question.name for question in QUESTIONS}
    # Two empty answers agree about little.
    assert sum(answered.values()) > 0.2 * sum(asked.values())


def _share(number: int) -> Iterable[Question]:
    return (q for n, q in enumerate(QUESTIONS) if (n + number) % SHARE == 0)
