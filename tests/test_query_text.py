"""No query is put together from text: values are bound as terms, in the whole of the code.

A string that holds SPARQL must be a constant. The scan finds f-strings, ``format``, ``%``, ``+``,
``join`` and ``replace`` on such strings, and any of them handed to what asks a store.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("graph", "loaders", "triplehelix")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ASKERS = {"query", "select", "ask", "ask_freely", "update", "prepareQuery", "prepareUpdate"}
FORMATTERS = {"format", "format_map", "join", "replace", "substitute", "safe_substitute"}
SPARQL = re.compile(
    r"\bSELECT\s+(DISTINCT\s+|REDUCED\s+)?(\*|[?$(])|\bASK\s*(WHERE\s*)?{|\bWHERE\s*{"
    r"|\bCONSTRUCT\s*(WHERE\s*)?{|\bDESCRIBE\s+[?$<]|\bFILTER\s*(NOT\s+EXISTS\s*)?[({]"
    r"|\b(INSERT|DELETE)\s+(DATA|WHERE)?\s*{"
)
EXCEPTIONS: dict[str, str] = {
    "graph/remote.py:": "names of the project, which are constants, stand in a constant",
    "graph/remote.py:triples": "one of two constant patterns; the terms go in token by token",
    "graph/publication.py:encode_updates": "updates have no parameters; encoded N-Triples go in",
}
"""Functions that may put SPARQL together, as ``file:function``, each with the reason."""


def faults(source: str, file: str = "") -> list[str]:
    """Where a module puts SPARQL together, as ``file:function``, line by line."""
    tree = ast.parse(source)
    found = []
    for scope, node in _walk(tree, ""):
        if _is_made(node) and any(map(SPARQL.search, _constants(node))):
            found.append(f"{file}:{scope}")
        if isinstance(node, ast.Call) and _name(node.func) in ASKERS and node.args:
            made = _assigned(tree)
            if any(_is_made(arg) or _name(arg) in made for arg in node.args[:2]):
                found.append(f"{file}:{scope}")
    return found


def _walk(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        inner = child.name if named else scope  # type: ignore[attr-defined]
        yield inner, child
        yield from _walk(child, inner)


def _is_made(node: ast.AST) -> bool:
    """Whether an expression is a text put together from others."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod) and any(_texts(node))
    return isinstance(node, ast.Call) and _name(node.func) in FORMATTERS


def _texts(node: ast.AST) -> Iterator[bool]:
    for child in ast.walk(node):
        yield isinstance(child, ast.JoinedStr) or (
            isinstance(child, ast.Constant) and isinstance(child.value, str)
        )


def _constants(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _assigned(tree: ast.AST) -> set[str]:
    """The names of variables that hold a text put together from others."""
    return {
        _name(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign)
        and (isinstance(node, ast.AugAssign) or _is_made(node.value))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(node, ast.Assign) or isinstance(node.op, ast.Add)
    } - {""}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_query_is_put_together(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    found = faults(path.read_text(encoding="utf-8"), name)
    assert [place for place in found if place not in EXCEPTIONS] == []


def test_every_exception_is_needed() -> None:
    found = {f for p in FILES for f in faults(p.read_text("utf-8"), str(p.relative_to(ROOT)))}
    assert EXCEPTIONS.keys() <= found
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize(
    "code",
    [
        'store.query(f"SELECT * {{ ?s ?p {value} }}")',
        'q = f"SELECT * {{ ?s ?p {value} }}"',
        'store.query("SELECT * { ?s ?p %s }" % value)',
        'store.query("SELECT * { ?s ?p " + value + " }")',
        'select(store, "SELECT * { ?s ?p {} }".format(value))',
        'text = "ASK { ?s ?p X }".replace("X", value)',
        'text = f"{head} {body}"\nselect(store, text)',
        "text = head\ntext += value\nask(store, text)",
        'select(store, "".join(parts))',
        'Q = "SELECT ?s WHERE { ?s ?p $x }"\nQ2 = Template("SELECT ?s {").substitute(x=value)',
    ],
)
def test_the_scan_finds_text_that_is_put_together(code: str) -> None:
    assert faults(code)


@pytest.mark.parametrize(
    "code",
    [
        'select(store, "SELECT * { ?s ?p ?o }", o=value)',
        'QUERY = "SELECT * { ?s ?p ?o }"\nfor row in select(store, QUERY): print(f"{row}")',
        'store.query(question.text, initBindings={"x": value})',
        'print(f"SELECT is a keyword, {name}")',
    ],
)
def test_the_scan_lets_constants_pass(code: str) -> None:
    assert not faults(code)
