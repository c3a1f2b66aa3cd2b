"""The knowledge graph in Python: open a build, ask it, and get rows, data frames, charts, a map.

It is what ``import triplehelix as th`` offers. In the examples, ``kg`` is
``th.open("build", language="en")`` on the shipped ecosystem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.diagnostics import InputError, render
from graph.gaps import Level
from triplehelix.answers import asking, tables
from triplehelix.answers.answer import Answer
from triplehelix.answers.values import Record, name_record
from triplehelix.terminal.wording import LANGUAGES, default_language

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset, Graph

    from graph.gaps import Holdings
    from triplehelix.network_map.planner_map import PlannerMap
    from triplehelix.pipeline import Summary
    from triplehelix.reading import Reading

Day = date | str | None
"""A date, or one as people write it; a year or month means its last day."""
Network = Literal["organizations", "participations", "agreements"]
Argument = Record | date | str | int | bool


class KnowledgeGraph:
    """An ecosystem that was built, opened for reading.

    Organisations are named as people name them: by identifier, full name, alias, or the
    :class:`Record` of an earlier answer. Dates default to the date of the ecosystem.

    >>> kg
    <KnowledgeGraph 'The industry–academia–research ecosystem of Goyang and Seoul', 2023-12-31>
    """

    def __init__(self, reading: Reading, language: str = "ko") -> None:
        """Keep an opened store and the language of names and texts; :func:`open` calls this.

        Raises:
            ValueError: there is no such language.
        """
        self._reading = reading
        self.language = _check_language(language)

    def __repr__(self) -> str:
        """Return the title and the date."""
        return f"<KnowledgeGraph {self.title!r}, {self.on}>"

    @property
    def title(self) -> str:
        """The title of the ecosystem."""
        titles = self._reading.edition.title
        return titles.get(self.language) or next(iter(titles.values()), "")

    @property
    def on(self) -> date:
        """The date that the ecosystem speaks for; today where it names none.

        >>> kg.on
        datetime.date(2023, 12, 31)
        """
        return self._reading.on

    @property
    def dataset(self) -> Dataset:
        """The RDF dataset itself, for what this interface does not offer.

        >>> len(kg.dataset) > 10_000
        True
        """
        return self._reading.dataset

    @cached_property
    def _holdings(self) -> Holdings:
        return self._reading.holdings()

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        from triplehelix.report import read_labels

        return read_labels(self.dataset)

    def questions(self, word: str = "") -> Answer:
        """Return the questions that are ready, or those in which a word stands.

        >>> "hubs_by_programmes" in [row["name"] for row in kg.questions("hub")]
        True
        """
        from graph.questions import read_questions
        from triplehelix.terminal.question_listing import matches

        known = [question for question in read_questions().values() if matches(question, word)]
        return tables.tell_questions(known, self.language)

    def query(self, question: str, /, **arguments: Argument) -> Answer:
        """Return the answer to a question of the library; see :meth:`questions`.

        Raises:
            InputError: there is no such question or parameter, one is missing, or a value does
                not fit; similar names and candidates are told.

        >>> answer = kg.query("agreements_ending", year=2019)
        >>> answer[0]["until"], answer[0]["agreement"].id
        ('2019-02-28', 'sp-agr-tti-nambu')
        """
        from graph.questions import find_question

        told = {name: _write(value) for name, value in arguments.items()}
        with _in_words(self.language):
            known = find_question(question)
            return asking.ask(self.dataset, known, told, self._labels, self.language)

    def sparql(self, query: str, /, **bindings: Argument) -> Answer | Graph | bool:
        """Return the answer to a SPARQL query: rows, a graph, or yes or no.

        The prefixes of the project (``th:``, ``thv:``, ``id:``, ``g:``, ``rdfs:`` …) are known.
        Bindings are bound as terms: a :class:`Record` as its IRI, everything else as a literal;
        their variables must stand in the ``SELECT``.

        Raises:
            InputError: it is no SPARQL query, or it calls another server.
            ValueError: the variable of a binding does not stand in the ``SELECT``.

        >>> kg.sparql("ASK { ?who a th:University }")
        True
        >>> query = "SELECT DISTINCT ?who ?name { ?who rdfs:label ?name } ORDER BY ?name"
        >>> kg.sparql(query, who=kg.find("고양시")).rows
        [{'name': 'Goyang City'}, {'name': '고양시'}]
        """
        with _in_words(self.language):
            terms = {name: asking.read_term(value) for name, value in bindings.items()}
            return asking.ask_freely(self.dataset, query, terms, self._labels, self.language)

    def find(self, name: str | Record) -> Record:
        """Return the organisation that an identifier, a full name or an alias means.

        Raises:
            InputError: none has the name, or several have it; candidates are told.

        >>> kg.find("항공대")
        Record(iri='https://w3id.org/triplehelix/id/kau', label='Korea Aerospace University')
        """
        from graph.organizations import find_organization

        if isinstance(name, Record):
            return name
        with _in_words(self.language):
            iri = find_organization(self.dataset, name)
        return name_record(str(iri), self._labels, self.language)

    def hubs(self, on: Day = None) -> Answer:
        """Return the organisations that take part in most, by number of initiatives.

        >>> kg.hubs()[0]["organization"].label
        'Seoul Metropolitan Government'
        """
        from graph.measures import find_hubs

        day = self._day(on)
        found = find_hubs(self._holdings, day)
        return tables.tell_hubs(found, len(found), day, self.language)

    def gaps(
        self, host: str | Record | None = None, on: Day = None, level: Level = "unit"
    ) -> Answer:
        """Return with whom a host works without an agreement in force.

        At ``level="unit"`` exactly the partner must be a party; at ``"parent"`` an agreement of a
        body that it is a unit of is accepted, too. Without a host all local governments are asked.

        Raises:
            InputError: the host's name means none or several.
            ValueError: there is no such level.

        >>> len(kg.gaps("고양시")) > len(kg.gaps("고양시", level="parent"))
        True
        """
        from graph.gaps import find_gaps

        if level not in ("unit", "parent"):
            raise ValueError(f"there is no level {level!r}; levels: unit, parent")
        day = self._day(on)
        iri = self.find(host).iri if host is not None else None
        found = find_gaps(self._holdings, day, level=level, host=iri)
        return tables.tell_gaps(found, self._holdings, day, level, self.language)

    def agreements(self, on: Day = None) -> Answer:
        """Return all agreements with their states on a date, the first to end at the top.

        >>> {row["state"] for row in kg.agreements("2023")} >= {"in force", "expired"}
        True
        """
        day = self._day(on)
        found = self._holdings.agreements.values()
        return tables.tell_agreements(found, self._holdings, day, self.language)

    def findings(self) -> Answer:
        """Return where the documents contradict themselves or leave something out.

        >>> kg.findings()[0]["severity"]
        'warning'
        """
        from graph.findings import read_findings

        return tables.tell_findings(read_findings(self.dataset), self._labels, self.language)

    def explain(self, first: str | Record, second: str | Record, on: Day = None) -> Answer:
        """Return everything that ties two organisations, with the evidence.

        Raises:
            InputError: a name means none or several.

        >>> kg.explain("고양시", "항공대")[0]["kind"]
        'Agreements of both'
        """
        from graph.explanation import explain_pair

        ends = (self.find(first).iri, self.find(second).iri)
        explanation = explain_pair(self.dataset, *ends, self._holdings)
        day = self._day(on)
        return tables.tell_explanation(
            explanation, self._holdings, self._labels, day, self.language
        )

    def network(self, kind: Network = "organizations", on: Day = None) -> nx.Graph[str]:
        """Return a network of NetworkX; nodes are IRIs and carry ``label``, ``id`` and ``sector``.

        * "organizations": who takes part in the same initiatives and events; ``weight`` counts
          them (see :func:`graph.network.project`).
        * "participations": organisations (``bipartite`` 0) and what they take part in (1).
        * "agreements": the parties of the agreements in force on the date.

        Raises:
            ValueError: there is no such network.

        >>> network = kg.network()
        >>> network.nodes[kg.find("항공대").iri]["label"]
        'Korea Aerospace University'
        """
        from triplehelix.answers.networks import make_network

        return make_network(self._holdings, kind, self._day(on), self.language)

    def map(self, on: Day = None, height: str = "640px") -> PlannerMap:
        """Return the network map, a network of pyvis; a notebook shows it, ``save`` writes it.

        >>> page = kg.map()
        >>> page.num_nodes() > 100
        True
        """
        from graph.findings import read_findings
        from loaders.sidecar import Sidecar
        from triplehelix.network_map.map_payload import map_data
        from triplehelix.network_map.planner_map import PlannerMap
        from triplehelix.report import read_report

        sidecar = Sidecar(dict(self._reading.edition.title), ())
        report = read_report(self.dataset, sidecar, read_findings(self.dataset), self._day(on))
        return PlannerMap(map_data(report), language=self.language, height=height)

    def _day(self, on: Day) -> date:
        if on is None:
            return self.on
        return on if isinstance(on, date) else _read_day(on)


def open(build: str | Path = "build", *, language: str = "") -> KnowledgeGraph:
    """Return the knowledge graph of a build: its folder, its store's, or an endpoint's address.

    ``language`` ("ko" or "en") is that of names and texts; by default that of the environment
    variable ``TRIPLEHELIX_LANG``, or else of the system.

    Raises:
        InputError: there is no store.
        ValueError: there is no such language.

    >>> open("nowhere")
    Traceback (most recent call last):
    graph.diagnostics.InputError: There is no store at nowhere. Run triplehelix build first.
    """
    from triplehelix.reading import open_reading

    chosen = _check_language(language or default_language())
    store = Path(build) / "store"
    with _in_words(chosen):
        return KnowledgeGraph(open_reading(str(store if store.is_dir() else build)), chosen)


def build(path: str | Path | None = None, out: str | Path = "build", *, on: Day = None) -> Summary:
    """Build the graph, the pages, the map and the tables of an ecosystem into a folder.

    The ecosystem is a workbook or a folder of tables, by default the shipped one; ``on`` is the
    date that it speaks for, by default its own. Returns what was made.

    Raises:
        InputError: the ecosystem has violations (see :func:`validate`); the folder stays as it was.

    >>> build("no/such.xlsx", out="nowhere")
    Traceback (most recent call last):
    graph.diagnostics.InputError: no/such.xlsx: There is no such file or folder. Check the path.
    """
    from loaders.ecosystem import shipped_ecosystem
    from triplehelix.pipeline import build as build_folder

    source = shipped_ecosystem() if path is None else Path(path)
    day = _read_day(on) if isinstance(on, str) else on
    with _in_words(default_language()):
        return build_folder(source, Path(out), on=day)


def validate(path: str | Path, *, language: str = "") -> Answer:
    """Return everything that is wrong with an ecosystem: what, where, and how to mend it.

    An answer without rows means that all is well.

    Raises:
        InputError: there is no such file, or it cannot be read at all.

    >>> from loaders.ecosystem import shipped_ecosystem
    >>> validate(shipped_ecosystem(), language="en").rows
    []
    """
    from triplehelix.pipeline import check

    chosen = _check_language(language or default_language())
    with _in_words(chosen):
        ecosystem, diagnostics = check(Path(path))
    return tables.tell_diagnostics(diagnostics, len(ecosystem.records), chosen)


def write_template(path: str | Path, *, language: str = "") -> Path:
    """Write an empty workbook with a sheet for every table, and return where.

    Raises:
        ValueError: there is no such language.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> write_template(Path(folder.name) / "city.xlsx", language="en").name
    'city.xlsx'
    >>> folder.cleanup()
    """
    from triplehelix.spreadsheets import template

    target = Path(path)
    template.write_template(target, _check_language(language or default_language()))
    return target


def _check_language(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"there is no language {language!r}; languages: {', '.join(LANGUAGES)}")
    return language


def _write(value: Argument) -> str:
    """Return an argument as people write it."""
    if isinstance(value, Record):
        return value.iri
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_day(text: str) -> date:
    """Return the last day that a date may mean; its error is told by ``graph.dates``."""
    from graph.dates import parse_date

    return parse_date(text).latest


@contextmanager
def _in_words(language: str) -> Iterator[None]:
    """Let an error speak the language of the graph."""
    try:
        yield
    except InputError as error:
        error.args = ("\n".join(render(each, language) for each in error.diagnostics),)
        raise
