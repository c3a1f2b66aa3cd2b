"""What a built graph is and what is in it: VoID with counts, and DCAT.

VoID (W3C Interest Group Note, 2011) tells the classes and properties that really occur, which is
what editors complete from; DCAT (W3C Recommendation, version 3, 2024) tells title, publisher,
rights, themes and files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, RDFS, VOID

from graph.cells import literal
from graph.namespaces import GRAPH, ID, ONTOLOGY_GRAPH, PREFIXES, TH
from graph.store import Triple, encode_turtle

DATASET = f"<{GRAPH['dataset']}>"
MEDIA_TYPES = {".trig": "application/trig", ".ttl": "text/turtle", ".nq": "application/n-quads"}
_TYPE, _LABEL = f"<{RDF.type}>", f"<{RDFS.label}>"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_IANA = "https://www.iana.org/assignments/media-types/"
_EXAMPLES = ("Organization", "Agreement", "Initiative", "Event", "Document")
_SCHEMA = (f"<{OWL}", f"<{RDF}", f"<{RDFS}")


@dataclass(frozen=True, slots=True)
class About:
    """What the makers say about a dataset; nothing where they do not."""

    title: Mapping[str, str]
    publisher: str = ""
    licence: str = ""
    date: str = ""
    language: str = ""
    namespace: str = str(ID)


@dataclass(slots=True)
class _Census:
    """The counts of a graph: triples by property, instances by class, properties by class."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    used: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: dict[str, str] = field(default_factory=dict)
    themes: list[str] = field(default_factory=list)


def describe_dataset(
    graphs: Mapping[str, Iterable[Triple]],
    about: About,
    files: Iterable[Path] = (),
    address: str = "",
) -> bytes:
    """Return VoID and DCAT of named graphs as Turtle; the same graphs give the same bytes.

    The model, which is a graph of its own, is named as a vocabulary and not counted. ``files`` are
    the dumps. ``address`` is where a server shows them, with the endpoint at ``sparql``; without
    it nothing is said about addresses.

    >>> from rdflib import Graph
    >>> made = Graph().parse(data=describe_dataset({}, About({"en": "Nothing"})), format="turtle")
    >>> str(made.value(GRAPH["dataset"], DCTERMS.title))
    'Nothing'
    """
    counted = {name: set(triples) for name, triples in graphs.items()}
    counted.pop(str(ONTOLOGY_GRAPH), None)
    census = _count(set().union(*counted.values()))
    triples = [*_tell_about(about, census), *_tell_census(census), *_tell_files(files, address)]
    triples += _tell_graphs(counted)
    namespaces = {
        "void": str(VOID),
        "dcat": str(DCAT),
        "foaf": str(FOAF),
        "skos": PREFIXES["skos"],
    }
    return encode_turtle(triples, {**PREFIXES, **namespaces})


def _count(triples: set[Triple]) -> _Census:
    census = _Census(triples=len(triples))
    types: dict[str, list[str]] = defaultdict(list)
    for subject, path, object_ in triples:
        if path == _TYPE and object_.startswith("<") and not object_.startswith(_SCHEMA):
            types[subject].append(object_)
    kinds = {subject: tuple(sorted(classes)) for subject, classes in types.items()}
    census.entities = len(types)
    census.subjects = len({subject for subject, _, _ in triples})
    census.objects = len({object_ for _, _, object_ in triples})
    # Many records are of the same kinds, so they are counted together, and then for each class.
    for classes, total in Counter(kinds.values()).items():
        census.classes.update(dict.fromkeys(classes, total))
    used = Counter((kinds.get(subject, ()), path) for subject, path, _ in triples)
    for (classes, path), total in used.items():
        census.properties[path] += total
        for class_ in classes:
            census.used[class_][path] += total
    _pick(census, types)
    return census


def _pick(census: _Census, types: Mapping[str, Iterable[str]]) -> None:
    """Choose the first record of some classes for an example, and keep the themes."""
    wanted = {f"<{TH[name]}>" for name in _EXAMPLES}
    for subject, classes in types.items():
        for class_ in wanted.intersection(classes):
            census.examples[class_] = min(subject, census.examples.get(class_, subject))
        if f"<{TH.Theme}>" in classes:
            census.themes.append(subject)


def _tell_about(about: About, census: _Census) -> Iterator[Triple]:
    yield DATASET, _TYPE, f"<{VOID.Dataset}>"
    yield DATASET, _TYPE, f"<{DCAT.Dataset}>"
    for language, text in about.title.items():
        yield DATASET, f"<{DCTERMS.title}>", literal(text, language=language)
    if about.publisher:
        publisher = f"<{GRAPH['dataset#publisher']}>"
        yield DATASET, f"<{DCTERMS.publisher}>", publisher
        yield publisher, _TYPE, f"<{FOAF.Agent}>"
        yield publisher, f"<{FOAF.name}>", literal(about.publisher)
    if about.licence.startswith(("http://", "https://")):
        yield DATASET, f"<{DCTERMS.license}>", f"<{about.licence}>"
    elif about.licence:
        rights = f"<{GRAPH['dataset#rights']}>"
        yield DATASET, f"<{DCTERMS.rights}>", rights
        yield rights, _TYPE, f"<{DCTERMS.RightsStatement}>"
        yield rights, _LABEL, literal(about.licence)
    if about.date:
        yield DATASET, f"<{DCTERMS.date}>", literal(about.date)
    if about.language:
        yield DATASET, f"<{DCTERMS.language}>", f"<{_LANGUAGE}{about.language}>"
    for theme in census.themes:
        yield DATASET, f"<{DCAT.theme}>", theme
    yield DATASET, f"<{VOID.uriSpace}>", literal(about.namespace)


def _tell_census(census: _Census) -> Iterator[Triple]:
    totals = {
        VOID.triples: census.triples,
        VOID.entities: census.entities,
        VOID.distinctSubjects: census.subjects,
        VOID.distinctObjects: census.objects,
        VOID.classes: len(census.classes),
        VOID.properties: len(census.properties),
    }
    for path, total in totals.items():
        yield _number(DATASET, str(path), total)
    yield from _tell_vocabularies((*census.classes, *census.properties))
    for example in census.examples.values():
        yield DATASET, f"<{VOID.exampleResource}>", example
    yield from _tell_properties(DATASET, "", census.properties)
    for class_, total in census.classes.items():
        part = f"<{GRAPH['dataset#']}{_short(class_)}>"
        yield DATASET, f"<{VOID.classPartition}>", part
        yield part, f"<{VOID['class']}>", class_
        yield _number(part, str(VOID.entities), total)
        yield from _tell_properties(part, f"{_short(class_)}.", census.used[class_])


def _tell_properties(whole: str, name: str, properties: Mapping[str, int]) -> Iterator[Triple]:
    for path, total in properties.items():
        part = f"<{GRAPH['dataset#']}{name}{_short(path)}>"
        yield whole, f"<{VOID.propertyPartition}>", part
        yield part, f"<{VOID.property}>", path
        yield _number(part, str(VOID.triples), total)


def _tell_vocabularies(terms: Iterable[str]) -> Iterator[Triple]:
    """Yield the namespaces of the classes and properties that occur."""
    for namespace in {_split(term)[0] for term in terms}:
        yield DATASET, f"<{VOID.vocabulary}>", f"<{namespace}>"


def _tell_graphs(graphs: Mapping[str, set[Triple]]) -> Iterator[Triple]:
    """Yield the named graphs: one for each document, evidence, inferred, findings."""
    for name, triples in graphs.items():
        yield DATASET, f"<{VOID.subset}>", f"<{name}>"
        yield f"<{name}>", _TYPE, f"<{VOID.Dataset}>"
        yield _number(f"<{name}>", str(VOID.triples), len(triples))


def _tell_files(files: Iterable[Path], address: str) -> Iterator[Triple]:
    for path in files:
        made = f"<{GRAPH['dataset#file-']}{path.name}>"
        yield DATASET, f"<{DCAT.distribution}>", made
        yield made, _TYPE, f"<{DCAT.Distribution}>"
        yield made, f"<{DCTERMS.title}>", literal(path.name)
        yield made, f"<{DCAT.mediaType}>", f"<{_IANA}{MEDIA_TYPES[path.suffix]}>"
        yield made, f"<{DCAT.byteSize}>", literal(str(path.stat().st_size), "nonNegativeInteger")
        if address:
            yield made, f"<{DCAT.downloadURL}>", f"<{address}{path.name}>"
            yield DATASET, f"<{VOID.dataDump}>", f"<{address}{path.name}>"
    if address:
        service = f"<{GRAPH['dataset#service']}>"
        yield DATASET, f"<{VOID.sparqlEndpoint}>", f"<{address}sparql>"
        yield service, _TYPE, f"<{DCAT.DataService}>"
        yield service, f"<{DCAT.servesDataset}>", DATASET
        yield service, f"<{DCAT.endpointURL}>", f"<{address}sparql>"


def _number(subject: str, path: str, number: int) -> Triple:
    return subject, f"<{path}>", literal(str(number), "integer")


def _short(term: str) -> str:
    """Return the name of a partition: that of its term, with a prefix where it has one."""
    namespace, name = _split(term)
    prefix = next((p for p, known in PREFIXES.items() if known == namespace), "other")
    return f"{prefix}-{name}"


def _split(term: str) -> tuple[str, str]:
    """Return the namespace and the local name of an IRI in angle brackets."""
    iri = term[1:-1]
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]
