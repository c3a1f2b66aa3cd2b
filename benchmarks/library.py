"""The library of questions: through our API, in Oxigraph itself, and in rdflib's own store.

Every question is asked with the arguments that make it hardest: the organisation with the most
undertakings (and the next, where it asks for two), the theme, place and document with the most
records. All answers are compared.
"""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from types import FrameType
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Variable
from rdflib import Dataset, URIRef

from benchmarks.compare import machine
from benchmarks.costs import measure
from benchmarks.generator import Generator, write
from graph.namespaces import PREFIXES
from graph.questions import Question, read_questions
from graph.sparql import ask, bind
from graph.store import open_store, select

_BUSIEST = {
    "organization": "?a th:isHostOf|th:takesPartIn ?x . ?a a th:Organization",
    "theme": "?x th:theme ?a . ?a a th:Theme",
    "place": "?x th:place ?a . ?a a th:Place",
    "initiative": "?x th:isPartOf ?a . ?a a th:Initiative",
    "document": "?x th:inDocument ?a . ?a a th:Document",
}
_FIXED = {"date": "2023-12-31", "year": "2023", "integer": "2", "text": "산업"}
Rows = list[tuple[str, ...]]


@dataclass(slots=True)
class Timing:
    """What one question cost on each side, CPU seconds, and how many rows it gave."""

    question: Question
    rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    differs: bool = False


class OverLimitError(Exception):
    """A question took longer than it may."""


def time_library(store: Path, limit: float, repeat: int, with_rdflib: bool) -> Iterator[Timing]:
    """Yield what each question of the library costs on each side."""
    ours, raw = open_store(str(store)), Store.read_only(str(store))
    plain = _copy(raw) if with_rdflib else None
    busiest = {kind: _rank(ours, pattern) for kind, pattern in _BUSIEST.items()}
    for question in read_questions().values():
        given = _argue(question, busiest)
        terms = bind(ours, question, given)
        sides: dict[str, Callable[[], Rows]] = {
            "ours": lambda q=question, g=given: _write(ask(ours, q, g)),  # type: ignore[misc]
            "oxigraph": lambda q=question, t=terms: _ask_raw(raw, q, t),  # type: ignore[misc]
        }
        if plain is not None:
            sides["rdflib"] = lambda q=question, t=terms: _write(  # type: ignore[misc]
                plain.query(q.text, initBindings=t)
            )
        yield _time(question, sides, limit, repeat)


def _time(
    question: Question, sides: Mapping[str, Callable[[], Rows]], limit: float, repeat: int
) -> Timing:
    timing, answers = Timing(question), []
    for side, run in sides.items():
        taken = []
        for _ in range(1 if side == "rdflib" else repeat):
            began = process_time()
            try:
                with _alarm(limit):
                    rows = run()
            except OverLimitError:
                rows = None
            taken.append(process_time() - began)
        timing.seconds[side] = min(taken)
        if rows is not None:
            answers.append(sorted(rows))
    timing.rows = len(answers[0]) if answers else 0
    timing.differs = any(answer != answers[0] for answer in answers)
    return timing


@contextmanager
def _alarm(limit: float) -> Iterator[None]:
    """Interrupt Python code after a while; what runs in a compiled engine is not interrupted."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise OverLimitError

    earlier = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


def _write(result: Any) -> Rows:
    return [tuple("" if cell is None else str(cell) for cell in row) for row in result]


def _ask_raw(store: Store, question: Question, terms: Mapping[str, Any]) -> Rows:
    bound: dict[Variable, Any] = {
        Variable(name): NamedNode(term)
        if isinstance(term, URIRef)
        else Literal(term, datatype=NamedNode(term.datatype) if term.datatype else None)
        for name, term in terms.items()
    }
    found = store.query(
        question.text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=bound
    )
    return [tuple("" if cell is None else cell.value for cell in row) for row in found]  # type: ignore[union-attr]


def _copy(store: Store) -> Dataset:
    """Return all quads in rdflib's own store."""
    quads = store.dump(format=RdfFormat.N_QUADS) or b""
    dataset = Dataset(default_union=True)
    dataset.parse(data=quads.decode(), format="nquads")
    return dataset


def _rank(dataset: Dataset, pattern: str) -> list[str]:
    """Return those with the most matches of a pattern, the busiest first."""
    query = f"SELECT ?a (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?a ORDER BY DESC(?n) ?a"
    return [str(row[0]) for row in select(dataset, f"{query} LIMIT 2")]


def _argue(question: Question, busiest: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the hardest arguments: for two parameters of a type, the busiest and the next."""
    ranked = {kind: iter(names) for kind, names in busiest.items()}
    return {
        p.name: next(ranked[p.type])
        if p.type in ranked
        else _FIXED.get(p.type) or next(iter(p.values))
        for p in question.parameters
        if p.default is None
    }


def show(timings: list[Timing], limit: float) -> None:
    """Print the ratios, and the questions that cost most."""
    sides = [side for side in timings[0].seconds if side != "ours"]
    for side in sides:
        ratios = [t.seconds[side] / t.seconds["ours"] for t in timings]
        cut = sum(t.seconds[side] >= limit for t in timings)
        total = sum(t.seconds[side] for t in timings) / sum(t.seconds["ours"] for t in timings)
        print(f"{side} / ours: median {median(ratios):.2f}, of all {total:.2f}; cut off {cut}")
    differing = [t.question.name for t in timings if t.differs]
    print(f"answers differ: {', '.join(differing) or 'none'}")
    scoped = [t for t in timings if any(p.type == "organization" for p in t.question.parameters)]
    slow = [t for t in scoped if t.seconds["ours"] > 0.1]
    print(f"scoped to an organisation: {len(scoped)}, of these over 100 ms: {len(slow)}; slowest:")
    _show_slowest(scoped, 6)
    print("slowest of all:")
    _show_slowest(timings, 12)


def _show_slowest(timings: list[Timing], number: int) -> None:
    for timing in sorted(timings, key=lambda t: -t.seconds["ours"])[:number]:
        told = ", ".join(f"{side} {1000 * s:,.1f} ms" for side, s in timing.seconds.items())
        print(f"  {timing.question.name}: {timing.rows:,} rows; {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5, help="the best of so many runs counts")
    parser.add_argument("--limit", type=float, default=10, help="seconds a question may take")
    parser.add_argument("--rdflib-up-to", type=int, default=100_000, metavar="TRIPLES")
    chosen = parser.parse_args()
    print(machine())
    for triples in chosen.sizes:
        with TemporaryDirectory(prefix="benchmark-") as name:
            folder = Path(name)
            write(Generator(chosen.seed, triples).tables, folder)
            measure("benchmarks.ours", "build", folder, folder, times=1)
            plain = triples <= chosen.rdflib_up_to
            found = list(time_library(folder / "store", chosen.limit, chosen.repeat, plain))
        print(f"\n{triples:,} triples, {len(found)} questions")
        show(found, chosen.limit)


if __name__ == "__main__":
    main()
