"""The files of the reference: ``ontology.html`` and the picture of the model beside it."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from graph.model import read_model
from graph.namespaces import TH, slug
from triplehelix.record_pages import reference
from triplehelix.record_pages.model_picture import draw_model
from triplehelix.record_pages.record_site import make_environment
from triplehelix.record_pages.rows import Writer


def write_ontology(folder: Path) -> None:
    """Write the reference of the ontology and the picture; the same in every build."""
    folder.mkdir(parents=True, exist_ok=True)
    page, picture = render_ontology()
    (folder / "ontology.html").write_bytes(page.encode())
    (folder / "model.svg").write_bytes(picture.encode())


def render_ontology() -> tuple[str, str]:
    """Return the reference as a page, and the picture of the model as SVG."""
    environment = make_environment()
    environment.globals["writer"] = Writer(environment)
    environment.globals["relations"] = {
        slug(str(relation)) for relation in read_model().subjects(TH.tieKind, None)
    }
    picture = draw_model(environment)
    page = environment.get_template("ontology.html.j2").render(
        picture=Markup(picture),
        classes=reference.list_classes(),
        properties=reference.list_properties(),
        schemes=reference.list_schemes(),
        rules=reference.list_rules(),
        tables=reference.list_tables(),
    )
    return page, picture
