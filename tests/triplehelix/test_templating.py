"""The templates of pages are compiled once; what was compiled is kept as Python keeps its own."""

import sys
from pathlib import Path
from typing import Any

import pytest

from triplehelix.pages import templating
from triplehelix.pages.templating import open_templates


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is compiled in a folder of its own, and begin with nothing in memory."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    begin_anew(monkeypatch, folder)
    return folder


def begin_anew(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    cache = templating._Compiled()
    cache.directory = str(folder)
    monkeypatch.setattr(templating, "_COMPILED", cache)


def write_template(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "page.html.j2").write_text(text, encoding="utf-8")
    return folder


def render(folder: Path) -> str:
    return open_templates(folder).get_template("page.html.j2").render(name="<가>")


def forbid_compiling(*arguments: Any, **others: Any) -> Any:
    raise AssertionError("compiled again")


def test_another_process_need_not_compile(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_template(tmp_path, "<p>{{ name }}</p>")
    assert render(folder) == "<p>&lt;가&gt;</p>"
    assert len(list(kept.iterdir())) == 1
    begin_anew(monkeypatch, kept)
    monkeypatch.setattr("jinja2.environment.Environment.compile", forbid_compiling)
    assert render(folder) == "<p>&lt;가&gt;</p>"


def test_a_template_that_changed_is_compiled_anew(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render(write_template(tmp_path, "<p>{{ name }}</p>"))
    begin_anew(monkeypatch, kept)
    assert render(write_template(tmp_path, "<b>{{ name }}</b>")) == "<b>&lt;가&gt;</b>"
    assert len(list(kept.iterdir())) == 1


def test_another_way_to_compile_is_told_apart(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_template(tmp_path, "{{ name }}")
    render(folder)
    begin_anew(monkeypatch, kept)
    monkeypatch.setattr(templating, "_compiler", lambda: "a later Jinja")
    monkeypatch.setattr("jinja2.environment.Environment.compile", forbid_compiling)
    with pytest.raises(AssertionError, match="compiled again"):
        render(folder)


@pytest.mark.parametrize("reason", ["unwritable", "unwanted"])
def test_it_is_not_kept_where_it_cannot_or_must_not_be(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason == "unwritable":
        kept.rmdir()
    else:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert render(write_template(tmp_path, "{{ name }}")) == "&lt;가&gt;"
    assert not kept.exists() or not list(kept.iterdir())
