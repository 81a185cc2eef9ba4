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
_CHOOSE: Final = {
    "en": "Choose from the list. Other words that are known may be typed, too.",
    "fi": "Valitse luettelosta. Myös muita tunnettuja sanoja voi kirjoittaa.",
    "sv": "Välj i listan. Andra kända ord kan också skrivas.",
}
_TITLE: Final = "graphsvc"
_HELP: Final = (
    "English: fill in the sheets; the darker columns are required. Each header has a note. The order of columns may"
    " change, and columns you don't need may be deleted. Fill in Actors and Collaborations first, then say on"
    " Participations who takes part in what, by id or by name. If two sources say different things, write both rows,"
    " each with its source. On Links say which organisations followed, contain or equal one another. Then:"
    " graphsvc import FILE --dry-run shows what would be read, and what is wrong, without saving anything.",
    "Columns of your own are welcome: they are kept with their actor, collaboration or participation. The sheet Names"
    " is for names that an organisation bore from one day to another.",
    "",
    "Suomi: täytä taulukot; tummemmat sarakkeet ovat pakollisia. Jokaisessa otsikossa on huomautus. Sarakkeiden"
    " järjestyksen saa vaihtaa ja tarpeettomat sarakkeet poistaa. Täytä ensin Toimijat ja Yhteistyöt ja kerro sitten"
    " Osallistumisissa, kuka osallistuu mihinkin, tunnuksella tai nimellä. Jos kaksi lähdettä on eri mieltä, kirjoita"
    " molemmat rivit lähteineen. Kytkennöissä kerrotaan, mikä organisaatio on toisen seuraaja, yksikkö tai sama kuin"
    " toinen. Komento graphsvc import TIEDOSTO --dry-run näyttää, mitä luettaisiin ja mikä on vialla, tallentamatta"
    " mitään.",
    "Omia sarakkeita saa lisätä: ne säilyvät toimijan, yhteistyön tai osallistumisen tietoina. Taulukko Nimet on"
    " nimille, jotka organisaatiolla oli päivästä toiseen.",
    "",
    "Svenska: fyll i bladen; de mörkare kolumnerna är obligatoriska. Varje rubrik har en anmärkning. Kolumnernas"
    " ordning får ändras och kolumner som inte behövs får tas bort. Fyll först i Aktörer och Samarbeten och ange sedan"
    " på Deltaganden vem som deltar i vad, med id eller namn. Om två källor är oense, skriv båda raderna med sin"
    " källa. På Kopplingar anges vilken organisation som efterträder, ingår i eller är densamma som en annan."
    " Kommandot graphsvc import FIL --dry-run visar vad som skulle läsas och vad som är fel, utan att spara något.",
    "Egna kolumner är välkomna: de bevaras hos aktören, samarbetet eller deltagandet. Bladet Namn är för namn som en"
    " organisation bar från en dag till en annan.",
)


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
    book.prose("Readme", _TITLE, _HELP)
    for key in (*sheets[view], *_WITH_A_VIEW) if view else _SHEETS:
        spec = specs()[key].offers
        sheet = book.table(spec, language)
        for position, column in enumerate(spec.columns):
            sheet.write_comment(0, position, column.notes[language], {"x_scale": 2})
            if (key, column.key) in _CHOICES:
                _offer(sheet, position, language, *_CHOICES[key, column.key])
    book.close()


def _offer(sheet: Any, column: int, language: str, vocabulary: str, enum: type[StrEnum]) -> None:
    words = [say("kinds", f"{vocabulary}.{value.value}", language) for value in enum]
    sheet.data_validation(
        1,
        column,
        MAX_ROWS - 1,
        column,
        {"validate": "list", "source": words, "error_type": "information", "input_message": _CHOOSE[language]},
    )
