"""The pages that ask: ``questions.html`` and ``editor.html``, written beside the other pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from graph.namespaces import ID, PREFIXES
from graph.questions import GROUPS
from graph.yaml_text import read_yaml
from triplehelix.pages.addresses import page_address
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import title
from triplehelix.query_pages.contents import Contents
from triplehelix.query_pages.library import list_questions
from triplehelix.query_pages.vocabulary import list_labels
from triplehelix.replacement import write_aside
from triplehelix.report import Report
from triplehelix.server.limits import KB, MB, Limits

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
YASGUI = HERE / "vendor" / "yasgui"
YASGUI_FILES = ("yasgui.min.js", "yasgui.min.css", "LICENSES.txt")
_SHARED_STYLE = HERE.parent / "pages" / "templates" / "index.css"
_SHARED_SEARCH = HERE.parent / "network_map" / "templates" / "search.js"
_COMMON = ("words.js", "library.js")
_ANSWER = ("answer.js", "chart.js", "workbook.js")
_QUESTIONS = (*_COMMON, "choice.js", "form.js", *_ANSWER, "questions.js")
_EDITOR = (*_COMMON, "example.js", "completion.js", "labels.js", "editor.js")
# The style element that the column resizer of YASGUI makes; its text never changes.
_RESIZER_STYLE = "sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk="


def write_query_pages(report: Report, contents: Contents, folder: Path) -> None:
    """Write both pages to a folder, and what the editor loads beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    common = _tell_common(report)
    names = {name for rows in contents.entries.values() for name, *_ in rows}
    # Few records have another address than their identifier.
    addresses = {name: page_address(name) for name in names if page_address(name) != f"{name}.html"}
    _write(
        folder / "questions.html",
        _QUESTIONS,
        {
            **common,
            "entries": contents.entries,
            "addresses": addresses,
            "labels": list_labels(report),
        },
    )
    _write(
        folder / "editor.html",
        _EDITOR,
        {**common, "terms": contents.terms, "prefixes": PREFIXES},
    )
    (folder / "yasgui").mkdir(exist_ok=True)
    for file in YASGUI_FILES:
        shutil.copyfile(YASGUI / file, folder / "yasgui" / file)


def _tell_common(report: Report) -> dict[str, Any]:
    return {
        "title": title(report)._asdict(),
        "on": str(report.on),
        "namespace": str(ID),
        "groups": list(GROUPS),
        "words": _read_words(),
        "questions": list_questions(),
    }


def _read_words() -> dict[str, dict[str, str]]:
    words = read_yaml((HERE / "texts.yml").read_text(encoding="utf-8"))
    assert isinstance(words, dict)
    return words


def _write(path: Path, scripts: Sequence[str], payload: dict[str, Any]) -> None:
    texts = [_SHARED_SEARCH.read_text(encoding="utf-8")]
    texts += [(TEMPLATES / script).read_text(encoding="utf-8") for script in scripts]
    style = _SHARED_STYLE.read_text(encoding="utf-8")
    for sheet in ("questions.css", f"{path.stem}.css")[: 1 + (path.stem != "questions")]:
        style += (TEMPLATES / sheet).read_text(encoding="utf-8")
    page = (
        open_templates(TEMPLATES)
        .get_template(f"{path.stem}.html.j2")
        .render(
            words=payload["words"],
            style=Markup(style),
            style_hash=hash_source(style),
            scripts=[Markup(text) for text in texts],
            script_hashes=[hash_source(text) for text in texts],
            resizer_hash=_RESIZER_STYLE,
            limits=_list_limits(),
            payload=Markup(_encode(payload)),
        )
    )
    write_aside(path, page.encode())


def _list_limits() -> list[tuple[str, str]]:
    limits = Limits()
    return [
        ("limitTime", f"{limits.seconds:g} s"),
        ("limitMemory", f"{limits.memory // MB} MB"),
        ("limitResult", f"{limits.result // MB} MB"),
        ("limitQuery", f"{limits.query // KB} kB"),
        ("limitWaiting", str(limits.waiting)),
    ]


def _encode(payload: dict[str, Any]) -> str:
    r"""Return JSON that may stand in a script element.

    >>> _encode({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
