"""The knowledge graph in Python: open a build, ask it, and get rows, data frames, charts, a map.

It is what ``import triplehelix as th`` offers. In the examples, ``kg`` is
``th.open("build", language="en")`` on the shipped ecosystem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from graph.gaps import Level
from triplehelix.answers import asking, tables
from triplehelix.answers.answer import Answer
from triplehelix.answers.arguments import Argument, Day, check_language, in_words, read_day, write
from triplehelix.answers.values import Record, name_record
from triplehelix.terminal.wording import default_language

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset, Graph

    from graph.gaps import Holdings
    from graph.network import NetworkKind
    from graph.projection import Weighting
    from graph.restriction import Restriction
    from triplehelix.answers.restrictions import Wanted
    from triplehelix.network_map.planner_map import PlannerMap
    from triplehelix.reading import Reading


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
        self.language = check_language(language)

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

        told = {name: write(value) for name, value in arguments.items()}
        with in_words(self.language):
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
        with in_words(self.language):
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
        with in_words(self.language):
            iri = find_organization(self.dataset, name)
        return name_record(str(iri), self._labels, self.language)

    def restriction(self, **wanted: Unpack[Wanted]) -> Restriction:
        """Return a restriction for :meth:`hubs` and :meth:`network`.

        ``host``, ``theme``, ``place`` go by identifier, name or alias, or are a :class:`Record`;
        ``sectors`` and ``least_rung`` by code or label; ``since`` and ``until`` are dates like
        "2023" or "2023-06". See :class:`graph.restriction.Restriction` for what each means.

        Raises:
            InputError: a name means none or several.
            ValueError: there is no such sector or rung, or the period ends before it begins.

        >>> kg.restriction(host="고양시", sectors=["학계", "industry"]).sectors
        ('academia', 'industry')
        """
        from triplehelix.answers.restrictions import make_restriction

        with in_words(self.language):
            return make_restriction(self.dataset, wanted)

    def hubs(
        self,
        on: Day = None,
        *,
        by: str = "initiatives",
        restriction: Restriction | None = None,
        weighting: Weighting = "count",
    ) -> Answer:
        """Return the organisations that take part in most, by number of initiatives.

        ``by`` is another measure that ``triplehelix measures`` lists, and ``weighting`` what
        shared work weighs in measures that heed it; ``restriction`` is one of
        :meth:`restriction`, whose own date does not count.

        Raises:
            ValueError: there is no such measure or weighting.

        >>> kg.hubs()[0]["organization"].label
        'Seoul Metropolitan Government'
        >>> companies = kg.restriction(sectors=["산업계"])
        >>> {row["sector"] for row in kg.hubs(by="pagerank", restriction=companies)}
        {'industry'}
        """
        from triplehelix.measures.ranking import Surroundings, rank_by, read_measures

        day = self._day(on)
        measure = read_measures().get(by)
        if measure is None:
            raise ValueError(f"there is no measure {by!r}; measures: {', '.join(read_measures())}")
        scope = _as_of(day, restriction)
        found = rank_by(self._holdings, scope, measure, weighting)
        around = Surroundings(self._holdings, scope)
        return tables.tell_hubs(found, around, measure, day, self.language)

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

        >>> {row["state"] for row in kg.agreements("2023")} >= {"no end stated", "expired"}
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

    def network(
        self,
        kind: NetworkKind = "organizations",
        on: Day = None,
        *,
        restriction: Restriction | None = None,
        weighting: Weighting = "count",
    ) -> nx.Graph[str]:
        """Return a network of NetworkX; nodes are IRIs and carry ``label``, ``id`` and ``sector``.

        * "organizations": who takes part in the same initiatives and events; ``weight`` counts
          them, or weighs them "newman" or "hyperbolic" (see :mod:`graph.projection`).
        * "participations": organisations (``bipartite`` 0) and what they take part in (1).
        * "agreements": the parties of the agreements in force on the date.
        * "affiliations", "all": see :func:`graph.network.build_network`.

        ``restriction`` is one of :meth:`restriction`; its own date does not count.

        Raises:
            ValueError: there is no such network, or no such weighting.

        >>> network = kg.network()
        >>> network.nodes[kg.find("항공대").iri]["label"]
        'Korea Aerospace University'
        >>> drones = kg.network(restriction=kg.restriction(theme="드론"))
        >>> 0 < len(drones) < len(network)
        True
        """
        from triplehelix.answers.networks import make_network

        scope = _as_of(self._day(on), restriction)
        return make_network(self._holdings, kind, scope, weighting, self.language)

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
        return on if isinstance(on, date) else read_day(on)


def _as_of(day: date, restriction: Restriction | None) -> Restriction:
    from graph.restriction import Restriction

    return replace(restriction or Restriction(), on=day)


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

    chosen = check_language(language or default_language())
    store = Path(build) / "store"
    with in_words(chosen):
        return KnowledgeGraph(open_reading(str(store if store.is_dir() else build)), chosen)
