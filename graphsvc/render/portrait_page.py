"""A portrait as a page: one HTML file without a script, that works with the cable out and prints on exactly one A4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graphsvc.render import portrait_sheet
from graphsvc.render.map import policy, static, tight
from graphsvc.render.plain import plain
from graphsvc.render.portrait_content import Portrait
from graphsvc.render.portrait_picture import Frame, picture
from graphsvc.render.portrait_sheet import sheet_of
from graphsvc.wording import say

_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_WIDTHS: Final = {
    "facts": portrait_sheet.FACTS_WIDTH,
    "map": portrait_sheet.MAP[0],
    "left": portrait_sheet.LEFT,
    "right": portrait_sheet.RIGHT,
    "gap": portrait_sheet.GAP,
    "size": portrait_sheet.SIZE,
    "small": portrait_sheet.SMALL,
    "title": portrait_sheet.TITLE,
    "theme": portrait_sheet.THEME,
    **{f"fact{at}": width for at, width in enumerate(portrait_sheet.FACT)},
    **{f"partner{at}": width for at, width in enumerate(portrait_sheet.PARTNER)},
}


def render_portrait(portrait: Portrait) -> str:
    """Return the page as HTML text; the same portrait gives the same text in every process."""
    css = tight(static("portrait.css"))
    for name, points in _WIDTHS.items():
        css = css.replace(f"/*{name}*/", f"{points:.10g}pt")
    if "</style" in css.lower():
        raise AssertionError("the style of the portrait would end its own element")
    width, height = portrait_sheet.MAP
    drawn = picture(portrait.around, Frame(width=width, height=height))
    context: Mapping[str, object] = {
        "sheet": sheet_of(portrait),
        "language": portrait.language,
        "text": lambda key: say("portrait", f"page.{key}", portrait.language),
        "css": Markup(css),  # noqa: S704  # ours, no data in it
        "policy": policy(css),
        "svg": Markup(drawn.removeprefix(_PROLOGUE).strip()),  # noqa: S704  # the XML library escapes all text
    }
    made = Environment(
        loader=PackageLoader("graphsvc.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template("portrait.html").render(context).rstrip() + "\n"


def _printable(value: object) -> object:
    return plain(value) if type(value) is str else value
