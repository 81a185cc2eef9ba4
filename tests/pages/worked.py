"""A service in which everything has been done that pages show numbers of, and the addresses of what was made."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from graphsvc.access.audit import Deed
from graphsvc.access.installation import Access
from graphsvc.service import Service
from graphsvc.working import dispatcher
from tests.pages.reading import Form, read, send
from tests.pages.test_region_agreements import FIRST, SECOND, filled
from tests.regions.test_procurement import PROCUREMENTS, RESEARCH, write
from tests.regions.test_rdi_environments import SHEETS as ENVIRONMENTS
from tests.regions.test_startup_alliance import SHEETS as STARTUPS

LIST = (
    "Organisaatio;Hanke;Kotikunta\nTechila Technologies;Kiertotalous 2026;Tampere\nUusi Oy;Kiertotalous 2026;Nokia\n"
    "VTT Oy;Kiertotalous 2026;Espoo\n"
)
"""One pair of it is sure, and one waits for a person."""
WRONG = "Organisaatio;Hanke;Y-tunnus\nTechila Technologies;Robotti;1234567-8\nVaisala;Robotti;\n"
NAVIGATE = {"Accept": "text/html", "Origin": "http://localhost"}
HERE = "/missing?place=FI197&top=10"


def do_everything(client: FlaskClient, service: Service, home: Path) -> Mapping[str, str]:
    """Fill region views, import, judge, decide, publish and be refused; return what stands in addresses since."""
    _fill_regions(service, home)
    done = _looked_at(client, service, LIST, save=True)
    _decide(client)
    for hidden in ("", "university"):
        _publish(client, name="region", hide_kind=hidden, action="publish")
    _note(home)
    found = _looked_at(client, service, WRONG)
    buses = next(each.id for each in service.snapshot().collaborations if each.name.startswith("Buses"))
    _, _, upload, _, digest = found.split("/")
    return {"buses": buses, "import": done.split("/")[-1], "upload": upload, "digest": digest}


def preview(client: FlaskClient, language: str) -> str:
    """Return the page that says what a map that is to be published would leave out."""
    return _publish(client, lang=language, hide_kind="university", action="preview")


def _fill_regions(service: Service, home: Path) -> None:
    books = [
        write(home / "procurement.xlsx", RESEARCH | PROCUREMENTS),
        write(home / "environments.xlsx", ENVIRONMENTS),
        write(home / "startups.xlsx", STARTUPS),  # type: ignore[arg-type]  # empty cells
        filled(home, "agreements.xlsx", FIRST),
        filled(home, "elsewhere.xlsx", SECOND),
    ]
    for book in books:
        service.load(service.check(book))


def _looked_at(client: FlaskClient, service: Service, text: str, *, save: bool = False) -> str:
    """Send a file, look at it, save it where asked; return the address of the page that this ends at."""
    form = read(client, "/import").form("/import")
    sent = client.post(form.action, data={"file": (BytesIO(text.encode()), "lista.csv")}, headers=NAVIGATE)
    found = _pressed(client, service, read(client, sent.location).form("/check"))
    return _pressed(client, service, read(client, found).form("/save")) if save else found


def _pressed(client: FlaskClient, service: Service, form: Form) -> str:
    at = send(client, form).location
    if "/jobs/" in at:
        dispatcher(service, threads=0).drain()
        at = client.get(at, headers=NAVIGATE).location
    return at.split("?")[0]


def _decide(client: FlaskClient) -> None:
    send(client, read(client, HERE).form("/missing/replies"), answer="no:competitors", by="Maija")
    send(client, read(client, HERE).form("/missing/replies"), answer="accept:good_fit", by="Maija")
    form = read(client, "/missing/decisions").form("/follow-ups")
    send(client, form, event="met", on="2026-01-15", words="in Tampere", by="Maija")


def _publish(client: FlaskClient, lang: str = "en", **filled: str) -> str:
    form = read(client, f"/publications?place=FI197&lang={lang}").form("/publications")
    answer = send(client, Form(f"/publications?lang={lang}", form.method, form.id, form.fields), **filled, by="Maija")
    assert answer.status_code in (200, 303), answer.text[:500]
    return answer.text


def _note(home: Path) -> None:
    trail = Access.of(home).trail
    trail.refused(trail.note(Deed("terminal", "POST /api/v1/judgements", origin="192.0.2.0/24")), 422)
