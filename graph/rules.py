"""The OWL 2 RL rule file: reading it, and keeping only what a graph can set off."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_COMMENT = re.compile(r"^%.*$", re.MULTILINE)
_PREFIX = re.compile(r"@prefix\s+(\w*):\s*<([^>]*)>\s*\.\s*$", re.MULTILINE)
_STATEMENT = re.compile(
    r'(?:#\[name\("([^"]+)"\)\]\s*)?(\w+\([^()\n]*\))(?: :- ([^\n]+))? \.$', re.MULTILINE
)
_ATOM = re.compile(r"(~?)(\w+)\(([^()]*)\)")
_TERM = re.compile(r'(\?\w+|-?\d+)|(\w+):(\w+)|("[^"]*")(?:\^\^(\w+):(\w+))?')


@dataclass(frozen=True, slots=True)
class Atom:
    """A relation applied to terms: a variable (``?x``) or an N-Triples term each."""

    relation: str
    terms: tuple[str, ...]
    negated: bool = False

    @property
    def constants(self) -> tuple[str, ...]:
        """The terms that are no variables."""
        return tuple(term for term in self.terms if not term.startswith("?"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the head holds if all of the body and the conditions (``?x != ?y``) do.

    ``name`` is the W3C name, or None where the rule only prepares something for others.
    """

    name: str | None
    head: Atom
    body: tuple[Atom, ...] = ()
    conditions: tuple[tuple[str, str, str], ...] = ()

    def can_fire(self, terms: Container[str], relations: Container[str]) -> bool:
        """Return whether the body can hold where only these terms and relations occur."""
        needed = [atom for atom in self.body if not atom.negated]
        return all(atom.relation in relations for atom in needed) and all(
            constant in terms for atom in needed for constant in atom.constants
        )


@cache
def owl2rl() -> tuple[Rule, ...]:
    """Return the rules of ``owl2rl.rls`` in the order of the file.

    >>> [rule.head.relation for rule in owl2rl() if rule.name == "prp-trp"]
    ['triple']
    """
    return parse(files("graph").joinpath("owl2rl.rls").read_text("utf-8"))


def parse(text: str) -> tuple[Rule, ...]:
    r"""Return the rules written in a text, one statement a line.

    Raises:
        ValueError: a line is not understood.

    >>> parse("@prefix a: <http://a/> .\nbig(?x) :- triple(?x, a:size, ?y), ?y != a:small .")
    ... # doctest: +NORMALIZE_WHITESPACE
    (Rule(name=None, head=Atom(relation='big', terms=('?x',), negated=False),
     body=(Atom(relation='triple', terms=('?x', '<http://a/size>', '?y'), negated=False),),
     conditions=(('?y', '!=', '<http://a/small>'),)),)
    """
    text = _COMMENT.sub("", text)
    prefixes = dict(_PREFIX.findall(text))
    text = _PREFIX.sub("", text)
    if rest := _STATEMENT.sub("", text).strip():
        raise ValueError(f"not a rule: {rest.splitlines()[0]!r}")
    return tuple(
        Rule(
            name or None, _atoms(head, prefixes)[0], _atoms(body, prefixes), _tests(body, prefixes)
        )
        for name, head, body in _STATEMENT.findall(text)
    )


def _atoms(text: str, prefixes: Mapping[str, str]) -> tuple[Atom, ...]:
    return tuple(
        Atom(relation, tuple(_term(t.strip(), prefixes) for t in terms.split(",")), bool(negation))
        for negation, relation, terms in _ATOM.findall(text)
    )


def _tests(body: str, prefixes: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    parts = (part.split() for part in _ATOM.sub("", body).split(",") if part.strip())
    return tuple(
        (_term(left, prefixes), sign, _term(right, prefixes)) for left, sign, right in parts
    )


def _term(text: str, prefixes: Mapping[str, str]) -> str:
    match = _TERM.fullmatch(text)
    if match is None:
        raise ValueError(f"not a term of a rule: {text!r}")
    plain, prefix, name, lexical, type_prefix, type_name = match.groups()
    if plain:
        return str(plain)
    if prefix:
        return f"<{prefixes[prefix]}{name}>"
    return f"{lexical}^^<{prefixes[type_prefix]}{type_name}>" if type_prefix else str(lexical)


def prune(rules: Iterable[Rule], terms: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that can fire at all over a graph in which only these ``terms`` occur.

    No rule here makes a term up, so a derived triple holds terms of the graph and constants of the
    heads of rules that fired. A rule stays as soon as all constants of its body are among those
    and all its relations can be filled; this is repeated until nothing is added. What is left out
    could never have fired, so the closure is the same.
    """
    rules = tuple(rules)
    known, relations, kept = set(terms), {"input"}, set[int]()
    growing = True
    while growing:
        fresh = {
            number
            for number, rule in enumerate(rules)
            if number not in kept and rule.can_fire(known, relations)
        }
        kept |= fresh
        known.update(constant for number in fresh for constant in rules[number].head.constants)
        relations.update(rules[number].head.relation for number in fresh)
        growing = bool(fresh)
    return tuple(rules[number] for number in sorted(kept))


def find_live(rules: Iterable[Rule], triples: Iterable[tuple[str, str, str]]) -> set[str] | None:
    """Return the predicates of those triples that rules can set off, None if it may be any.

    A rule that speaks of any predicate takes it from where it is the subject or the object of
    another triple. Such terms come, by whatever rules, from triples whose predicates stand in a
    rule, or are such terms; and from the subjects of classes that stand in a rule, or are such
    terms, unless something is said of rdf:type itself. No rule looks at any other triple, and none
    has such a predicate in its conclusion.
    """
    rules = [rule for rule in rules if rule.head.relation != "new"]
    if any(_has_free_predicate(rule) for rule in rules):
        return None
    ends: dict[str, set[str]] = defaultdict(set)
    typed = []
    for subject, predicate, value in triples:
        if _TYPE in (subject, value):
            return None
        if predicate == _TYPE:
            typed.append((subject, value))
        else:
            ends[predicate].add(subject)
            ends[predicate].add(value)
    known = {term for rule in rules for atom in (rule.head, *rule.body) for term in atom.constants}
    fresh = set(known)
    while fresh:
        reached = set[str]().union(*(ends[term] for term in fresh & ends.keys()))
        reached |= {subject for subject, class_ in typed if class_ in fresh}
        fresh = reached - known
        known |= fresh
    return known


def _has_free_predicate(rule: Rule) -> bool:
    """Whether a rule speaks of triples without saying, in any way, of which predicates."""
    triples = [atom for atom in rule.body if atom.relation == "triple"]
    bound = {term for atom in rule.body if atom.relation != "triple" for term in atom.terms}
    bound |= {term for atom in triples for term in (atom.terms[0], atom.terms[2])}
    return any(atom.terms[1].startswith("?") and atom.terms[1] not in bound for atom in triples)


def write(rules: Iterable[Rule], ids: Mapping[str, int]) -> str:
    """Return the rules as a Nemo program over numbers; a rule's name is its place."""

    def term(text: str) -> str:
        return text if text.startswith("?") or text.lstrip("-").isdigit() else str(ids[text])

    def atom(item: Atom) -> str:
        return f"{'~' * item.negated}{item.relation}({', '.join(map(term, item.terms))})"

    lines = []
    for number, rule in enumerate(rules):
        tests = (f"{term(left)} {sign} {term(right)}" for left, sign, right in rule.conditions)
        if body := ", ".join([*map(atom, rule.body), *tests]):
            lines.append(f'#[name("{number}")]\n{atom(rule.head)} :- {body} .')
        else:
            lines.append(f"{atom(rule.head)} .")
    return "\n".join(lines)
