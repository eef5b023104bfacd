"""Shows a document as an HTML page. Templates escape what they are given; only drawn charts are put in as they are."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipelines.charts.colours import DARK, PRINTED, as_style
from pipelines.charts.drawing import svg_for_page
from pipelines.document.inline import rows_html, words_html
from pipelines.document.model import Chart, Document, Table

TEMPLATES = Path(__file__).parent / "templates"

TableHtml = Callable[[Table], str]
"""Shows a table as HTML that is safe to put in."""


@cache
def stylesheet() -> str:
    """The style of every page."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return style.replace("PRINTED_COLOURS", as_style(PRINTED)).replace("DARK_COLOURS", as_style(DARK))


def page(
    document: Document,
    *,
    table_html: TableHtml | None = None,
    style: str = "",
    linked_style: str = "",
    scripts: Sequence[str] = (),
    navigation: Sequence[tuple[str, str]] = (),
    here: str = "",
    extra: str = "",
) -> str:
    """The page of a document; equal documents give equal pages.

    table_html: shows tables, else a template does. style: more of it, after that of every page; linked_style: the
    address of a stylesheet, in the place of any style in the page. navigation: labels and addresses, of which `here`
    is this page's own. extra: safe HTML after the blocks.
    """
    environment = _environment()
    return environment.get_template("page.html.jinja").render(
        document=document,
        style=Markup(stylesheet() + style),
        stylesheet=linked_style,
        scripts=scripts,
        navigation=navigation,
        here=here,
        extra=Markup(extra),
        table_html_given=table_html is not None,
        tables=table_html,
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {
        "words": words_html,
        "rows": rows_html,
        "kind": lambda block: type(block).__name__,
        "svg": _svg,
    }
    return environment


def _svg(chart: Chart) -> Markup:
    return Markup(svg_for_page(chart))
