"""The empty workbook that a coordinator fills in: our sheets with notes, drop-downs and a page of help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from graphsvc.errors import InvalidValue
from graphsvc.facets import Form, Innovative, Openness, Stage
from graphsvc.ingest.columns import CONTACTS, ORDER, VIEW_SHEETS, specs
from graphsvc.ingest.guard import MAX_ROWS
from graphsvc.ingest.sheets_out import WorkbookOut
from graphsvc.model import ActorKind, CollaborationKind, LinkKind, NameKind
from graphsvc.wording import LANGUAGES, say

_CHOICES: Final[dict[tuple[str, str], tuple[str, type[StrEnum]]]] = {
    ("actors", "kind"): ("actor", ActorKind),
    ("collaborations", "kind"): ("collaboration", CollaborationKind),
    ("links", "relation"): ("link", LinkKind),
    ("names", "kind"): ("name", NameKind),
    ("members", "kind"): ("actor", ActorKind),
    ("startups", "stage"): ("stage", Stage),
    ("environments", "form"): ("form", Form),
    ("environments", "open_to"): ("openness", Openness),
    ("procurements", "innovative"): ("innovative", Innovative),
}
_SHEETS: Final = (*(key for key in ORDER if specs()[key].offered and key != "names"), "names")
"""Sheets as people see them: what few need comes last."""
_WITH_A_VIEW: Final = ("sources", "themes", "actors")
"""Sheets that stand after those of a region view."""
_TITLE: Final = "graphsvc"
_HELP_ORDER: Final = ("en", "fi", "sv")


def write_template(path: Path, language: str = "en", view: str = "") -> None:
    """Write the empty workbook with headers in ``fi``, ``sv`` or ``en``. Raises OSError where it can't be written.

    With ``view`` it is the import sheet of a region view (:data:`graphsvc.ingest.columns.VIEW_SHEETS`), or with
    ``contacts`` that of contact persons. Drop-downs stop at nothing: a word that is not in the list may be typed, since
    readers know more words.
    """
    if language not in LANGUAGES:
        raise InvalidValue(f"There is no template in {language!r}.", remedy="Choose fi, sv or en.", field="language")
    sheets = {**VIEW_SHEETS, CONTACTS: (CONTACTS,)}
    if view and view not in sheets:
        names = ", ".join(sheets)
        raise InvalidValue(f"There is no region view {view!r}.", remedy=f"Choose one of {names}.", field="view")
    book = WorkbookOut(path, _TITLE)
    book.prose("Readme", _TITLE, _help())
    for key in (*sheets[view], *_WITH_A_VIEW) if view else _SHEETS:
        spec = specs()[key].offers
        sheet = book.table(spec, language)
        for position, column in enumerate(spec.columns):
            sheet.write_comment(0, position, column.notes[language], {"x_scale": 2})
            if (key, column.key) in _CHOICES:
                _offer(sheet, position, language, *_CHOICES[key, column.key])
    book.close()


def _help() -> list[str]:
    """Return the lines of the page of help, with an empty one between languages."""
    lines = [[say("template", key, language) for key in ("help", "own_columns")] for language in _HELP_ORDER]
    return [*lines[0], "", *lines[1], "", *lines[2]]


def _offer(sheet: Any, column: int, language: str, vocabulary: str, enum: type[StrEnum]) -> None:
    words = [say("kinds", f"{vocabulary}.{value.value}", language) for value in enum]
    sheet.data_validation(
        1,
        column,
        MAX_ROWS - 1,
        column,
        {
            "validate": "list",
            "source": words,
            "error_type": "information",
            "input_message": say("template", "choose", language),
        },
    )
