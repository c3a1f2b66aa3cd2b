"""The library of questions as RDF, so that editors for SPARQL list them as examples.

Each question is a ``sh:SPARQLExecutable`` (SHACL Advanced Features, section 5) described as SIB
describes its examples (https://github.com/sib-swiss/sparql-examples; Bolleman et al., GigaScience
2025): ``rdfs:comment`` is the question in words, ``schema:keywords`` its subject and tags,
``schema:target`` the endpoint. A parameter is a ``sh:Parameter`` whose path ends in the name of the
variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib.namespace import DCTERMS, RDF, RDFS, SH, XSD

from graph.cells import literal
from graph.namespaces import PREFIXES
from graph.question_header import Parameter, Question, Texts
from graph.references import KINDS
from graph.store import Triple, encode_turtle

QUESTION = "https://w3id.org/triplehelix/question/"
SCHEMA = "https://schema.org/"
SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, str(SH.select)),
    "ASK": (SH.SPARQLAskExecutable, str(SH.ask)),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, str(SH.construct)),
    "DESCRIBE": (f"{SPEX}SPARQLDescribeExecutable", f"{SPEX}describe"),
}
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)
_PREFIXES = f"<{QUESTION}prefixes>"


def encode_questions(questions: Iterable[Question], endpoint: str = "") -> bytes:
    """Return questions as Turtle; the same questions give the same bytes.

    >>> from graph.questions import read_questions
    >>> b"sh:SPARQLSelectExecutable" in encode_questions(read_questions("hubs").values())
    True
    """
    triples = list(_declare_prefixes())
    for question in questions:
        triples += _describe(question, endpoint)
    namespaces = {"sh": str(SH), "schema": SCHEMA, "question": QUESTION}
    return encode_turtle(triples, {**PREFIXES, **namespaces})


def _declare_prefixes() -> Iterator[Triple]:
    for prefix, namespace in PREFIXES.items():
        node = f"<{QUESTION}prefixes#{prefix}>"
        yield _PREFIXES, f"<{SH.declare}>", node
        yield node, f"<{SH.prefix}>", literal(prefix)
        yield node, f"<{SH.namespace}>", literal(namespace, "anyURI")


def _describe(question: Question, endpoint: str) -> Iterator[Triple]:
    subject = f"<{QUESTION}{question.name}>"
    form = _FORM.search(question.query)
    if form is None:
        raise ValueError(f"{question.name}: no query")
    class_, text = _FORMS[form[1]]
    yield subject, f"<{RDF.type}>", f"<{SH.SPARQLExecutable}>"
    yield subject, f"<{RDF.type}>", f"<{class_}>"
    yield subject, f"<{SH.prefixes}>", _PREFIXES
    yield subject, f"<{text}>", literal(question.query)
    yield subject, f"<{DCTERMS.identifier}>", literal(question.name)
    yield from _say(subject, str(RDFS.label), question.summary)
    yield from _say(subject, str(RDFS.comment), question.summary)
    yield from _say(subject, str(DCTERMS.description), question.description)
    for keyword in dict.fromkeys((question.group, *question.tags)):
        if keyword:
            yield subject, f"<{SCHEMA}keywords>", literal(keyword)
    if endpoint:
        yield subject, f"<{SCHEMA}target>", f"<{endpoint}>"
    for order, parameter in enumerate(question.parameters):
        yield from _describe_parameter(question, parameter, order)


def _say(subject: str, path: str, texts: Texts) -> Iterator[Triple]:
    for language, text in texts.items():
        yield subject, f"<{path}>", literal(text, language=language)


def _describe_parameter(question: Question, parameter: Parameter, order: int) -> Iterator[Triple]:
    node = f"<{QUESTION}{question.name}#{parameter.name}>"
    yield f"<{QUESTION}{question.name}>", f"<{SH.parameter}>", node
    yield node, f"<{RDF.type}>", f"<{SH.Parameter}>"
    yield node, f"<{SH.path}>", f"<{QUESTION}parameter#{parameter.name}>"
    yield node, f"<{SH.order}>", literal(str(order), "integer")
    yield from _say(node, str(SH.description), parameter.description)
    if parameter.type in KINDS:
        yield node, f"<{SH['class']}>", f"<{KINDS[parameter.type]}>"
    elif parameter.type == "iri":
        yield node, f"<{SH.nodeKind}>", f"<{SH.IRI}>"
    else:
        whole = parameter.type == "integer"
        yield node, f"<{SH.datatype}>", f"<{XSD.integer if whole else XSD.string}>"
    if parameter.default is not None:
        yield node, f"<{SH.defaultValue}>", _default(parameter)
    yield from _enumerate(node, question, parameter)


def _default(parameter: Parameter) -> str:
    return literal(parameter.default or "", "integer" if parameter.type == "integer" else "")


def _enumerate(node: str, question: Question, parameter: Parameter) -> Iterator[Triple]:
    """Yield the values of a choice as a list."""
    if not parameter.values:
        return
    cells = [f"_:{question.name}-{parameter.name}-{n}" for n in range(len(parameter.values))]
    yield node, f"<{SH['in']}>", cells[0]
    for cell, value, rest in zip(
        cells, parameter.values, [*cells[1:], f"<{RDF.nil}>"], strict=True
    ):
        yield cell, f"<{RDF.first}>", literal(value)
        yield cell, f"<{RDF.rest}>", rest
