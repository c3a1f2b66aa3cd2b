"""The application: the command line, the pipeline, the pages and the map.

In Python, ``import triplehelix as th`` gives what ``__all__`` lists: :func:`open` a build, ask the
:class:`KnowledgeGraph`, get an :class:`Answer`; or :func:`build` one of your own. Each name is
imported when it is first used, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.diagnostics import InputError
    from graph.evidence import Evidence
    from graph.question_header import Column
    from triplehelix.answers.answer import Answer
    from triplehelix.answers.chart import Chart
    from triplehelix.answers.values import Record
    from triplehelix.building import build, validate, write_template
    from triplehelix.knowledge_graph import KnowledgeGraph, open

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Chart",
    "Column",
    "Evidence",
    "InputError",
    "KnowledgeGraph",
    "Record",
    "__version__",
    "build",
    "open",
    "validate",
    "write_template",
]

_HOMES = {
    "Answer": "triplehelix.answers.answer",
    "Chart": "triplehelix.answers.chart",
    "Column": "graph.question_header",
    "Evidence": "graph.evidence",
    "InputError": "graph.diagnostics",
    "Record": "triplehelix.answers.values",
    "build": "triplehelix.building",
    "validate": "triplehelix.building",
    "write_template": "triplehelix.building",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "triplehelix.knowledge_graph")), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
