"""A paper: HTML that prints by itself, with all style inside, from a template in `papers/`.

Whatever a stranger wrote goes through `t`: escaped, unseen characters written out, in an isolate of its own.
"""

from __future__ import annotations

import functools
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from appliance.reports.shown import shown


def paper(name: str, title: str, **values: Any) -> str:
    """`name`: of the template."""
    return _templates().get_template(f"{name}.html").render(title=title, **values)


def qr(text: str) -> Markup:
    """An SVG; `text` is short and ours."""
    return Markup(segno.make(text, error="m", micro=False).svg_inline(border=1, omitsize=True))


def text(value: object) -> Markup:
    return Markup("<bdi>%s</bdi>") % escape(shown(str(value)))


@functools.cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("appliance.reports", "papers"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["t"] = text
    return made
