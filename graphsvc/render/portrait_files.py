"""A portrait as a file: the page, one A4 as PDF, or all of its content as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from graphsvc.render.portrait_content import Portrait
from graphsvc.render.portrait_page import render_portrait
from graphsvc.render.portrait_print import check_portrait_print, print_portrait
from graphsvc.sharing.packing import pack

PortraitForm = Literal["html", "pdf", "json"]
MEDIA_TYPES: Final[Mapping[PortraitForm, str]] = {
    "html": "text/html",
    "pdf": "application/pdf",
    "json": "application/json",
}


def check_portrait_form(form: PortraitForm) -> None:
    """Raise :class:`InvalidValue` where what writes this form is not installed."""
    if form == "pdf":
        check_portrait_print()


def portrait_file(portrait: Portrait, form: PortraitForm) -> bytes:
    """Return a portrait as a file; the same portrait gives the same bytes. Errors: :func:`check_portrait_form`."""
    if form == "pdf":
        return print_portrait(portrait)
    return render_portrait(portrait).encode() if form == "html" else pack(portrait, Portrait).encode()
