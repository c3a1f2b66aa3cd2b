"""The brief as a page for printing: one file without script, that asks no network."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from triplehelix.desk.brief import Brief
from triplehelix.desk.texts import tell
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import Text

HERE = Path(__file__).parent


def encode_page(brief: Brief, language: str) -> bytes:
    """Return the page of a brief in a language; the same brief gives the same bytes."""
    environment = open_templates(HERE)
    shares = sorted({share for section in brief.sections for share in section.wide})
    style = environment.get_template("brief.css.j2").render(shares=shares)
    page = environment.get_template("brief.html.j2").render(
        brief=brief,
        language=language,
        style=Markup(style),
        style_hash=hash_source(style),
        say=lambda key, **values: tell(key, language, **values),
        t=lambda text: choose(text, language),
    )
    return page.encode()


def choose(text: Text, language: str) -> str:
    """Return a text in one language.

    >>> choose(Text("가", "a"), "en")
    'a'
    """
    return text.en if language == "en" else text.ko
