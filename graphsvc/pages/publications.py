"""Reports and embeds as a page: a view becomes a frozen map or a report; what was published when, and from what."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from flask import Blueprint, Response, redirect, request, url_for
from pydantic import Field, StringConstraints
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import working
from graphsvc.access.rights import Right
from graphsvc.analysis.results import Noun, Ref
from graphsvc.api.asking import IN_DIGITS, LONGEST, Day, Language, LongWords, Parameters, Words
from graphsvc.api.contract import Contract
from graphsvc.api.params import ViewParameters
from graphsvc.api.problems import RequestProblem
from graphsvc.api.publications import Name, to_be_measured
from graphsvc.identifiers import fold
from graphsvc.model import ActorKind, Id
from graphsvc.pages import choices, persons
from graphsvc.pages.html import LANGUAGES, language_of, parameters, sent, show
from graphsvc.publishing import embed_code
from graphsvc.render.redaction import Field as Hideable
from graphsvc.render.redaction import Redaction
from graphsvc.reported.writing import title_of
from graphsvc.reporting import MOST_TOLD, SUGGESTIONS
from graphsvc.service import Service
from graphsvc.wishes import MapAsked, PartAsked, ReportAsked, Size
from graphsvc.wording import say

REPORT_FORMS: Final = ("html", "pdf", "xlsx")
SHEETS: Final = ("pdf", "svg", "png")
_Lines = Annotated[str, StringConstraints(max_length=10_000)]


class FromAMap(ViewParameters):
    """What an address says of a map, for the forms that publish one or report on it."""

    title: Words = ""
    caption: LongWords = ""
    licence: Words = ""
    alternative: LongWords = ""
    suggestions: Annotated[int, Field(ge=0, le=200), IN_DIGITS] = 20
    size: Size = "betweenness"


class ToPublish(FromAMap):
    """A map that is to be published, and what it is to leave out."""

    action: Literal["preview", "publish"] = "preview"
    name: Annotated[str, StringConstraints(max_length=60)] = ""
    language: Language = "fi"
    hide_kind: tuple[ActorKind, ...] = ()
    hide_field: tuple[Hideable, ...] = ()
    hide_actors: _Lines = ""
    """Names or ids, one a line."""
    by: Annotated[str, StringConstraints(max_length=200)] = ""


class Withdrawn(Parameters):
    """The version that is to be taken off."""

    name: Name
    number: Annotated[int, Field(ge=1, le=1_000_000), IN_DIGITS]


class ReportWanted(ViewParameters):
    """A report, as a form asks for it."""

    actor: Id | None = None
    language: Language = "fi"
    title: Words = ""
    proposed: Words = ""
    """The title that the form proposed. One that was left as it was gives way to the report's own: it names the view
    that was chosen in the form, in the language of the report."""
    caption: LongWords = ""
    licence: Words = ""
    suggestions: Annotated[int, Field(ge=0, le=MOST_TOLD), IN_DIGITS] = SUGGESTIONS
    size: Size = "betweenness"
    changes_since: Day | None = None
    form: Literal["html", "pdf", "xlsx"] = "html"


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/publications`` and what its forms do."""
    service, door = contract.service, contract.door

    def form_values(wanted: ToPublish) -> dict[str, Any]:
        language = language_of(contract.language)
        return {
            "wanted": wanted,
            "options": choices.of_view(service.outlook, language, wanted.place),
            "languages_of": list(LANGUAGES.items()),
            "fields": [(each.value, say("pages", f"publications.field_{each}", language)) for each in Hideable],
            "newest": service.publications.newest(),
            "by": wanted.by or persons.known(),
            "proposed": _proposed(service, wanted),
            "sheets": SHEETS,
            "sizes": choices.sizes(language),
            "report_title": _report_title(service, wanted, language),
            "told": min(wanted.suggestions, MOST_TOLD) if "suggestions" in wanted.model_fields_set else SUGGESTIONS,
            "report_forms": [(form, say("pages", f"publications.as_{form}", language)) for form in REPORT_FORMS],
            "hidden": None,
            "measuring": False,
        }

    @pages.get("/publications")
    def publications_page() -> Response:
        caller = door.admit(Right.READ)
        language = language_of(contract.language)
        wanted = ToPublish(**{"language": language, **_given(parameters(FromAMap))})
        values = {**form_values(wanted), "may_write": caller.right.holds(Right.WRITE)}
        return show(contract, "publications.html", ("pages", "publications"), values)

    @pages.post("/publications")
    def publish_map() -> AnyResponse:
        caller = door.admit(Right.WRITE)
        wanted = sent(ToPublish, service.place_meant)
        wish, redaction = MapAsked.of(wanted, wanted.view, wanted.language), _redaction(service, wanted)
        if to_be_measured(service, wish, caller.name):
            values = {**form_values(wanted), "measuring": True, "may_write": True}
            return show(contract, "publications.html", ("pages", "publications"), values, 202)
        if wanted.action == "preview":
            values = {**form_values(wanted), "hidden": service.hidden(wish.ask.map, redaction), "may_write": True}
            return show(contract, "publications.html", ("pages", "publications"), values)
        if not wanted.by.strip():
            raise RequestProblem(422, "by: say who publishes it.")
        name = wanted.name or _proposed(service, wanted)
        version, _ = service.publish(name, wish.ask.map, redaction, wanted.by.strip())
        return persons.remember(redirect(url_for("pages.publication_page", name=version.name), 303), wanted.by)

    @pages.get("/publications/<name>")
    def publication_page(name: str) -> Response:
        caller = door.admit(Right.READ)
        versions = service.publications.versions(name)
        newest = next((each for each in versions if not each.withdrawn), None)
        values = {
            "heading": (newest or versions[0]).title,
            "versions": versions,
            "newest": newest,
            "embed": embed_code(newest, request.url_root) if newest else "",
            "may_write": caller.right.holds(Right.WRITE),
        }
        return show(contract, "publication.html", ("pages", "publication"), values)

    @pages.post("/publications/withdrawals")
    def withdraw_publication() -> AnyResponse:
        door.admit(Right.WRITE)
        wanted = sent(Withdrawn)
        service.publications.withdraw(wanted.name, wanted.number)
        return redirect(url_for("pages.publication_page", name=wanted.name), 303)

    @pages.get("/publications/report")
    def report_page() -> AnyResponse:
        caller = door.admit(Right.READ)
        if caller.limited:
            raise RequestProblem(403, "This key is limited to a part; reports are made by the API for it.")
        wanted = parameters(ReportWanted)
        title = "" if wanted.title == wanted.proposed else wanted.title
        wanted = wanted.model_copy(update={"title": title})
        asked = wanted.model_dump(mode="json", exclude_defaults=True, exclude={"form", "proposed"})
        asked["lang"] = asked.pop("language", wanted.language)
        address = url_for("api.get_report", format=wanted.form, **asked)
        ask = ReportAsked(
            view=PartAsked.of(wanted.view),
            actor=wanted.actor,
            language=wanted.language,
            title=wanted.title,
            caption=wanted.caption,
            licence=wanted.licence,
            suggestions=wanted.suggestions,
            since=wanted.changes_since,
            size=wanted.size,
        )
        if working.at_once(service, "report", ask) is not None:
            return redirect(address, 303)
        job = working.followed(service, "report", ask, caller.name)
        return show(contract, "report_waiting.html", ("pages", "report"), {"job": job})


def _given(wanted: FromAMap) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in wanted.model_fields_set}


def _redaction(service: Service, wanted: ToPublish) -> Redaction:
    """Return what is hidden. Errors for a name that means nobody or several: nothing is published by a slip."""
    names = [line.strip() for line in wanted.hide_actors.splitlines() if line.strip()]
    return Redaction(
        actors=frozenset(service.actor_meant(name) for name in names),
        kinds=frozenset(wanted.hide_kind),
        fields=frozenset(wanted.hide_field),
    )


def _proposed(service: Service, wanted: ToPublish) -> str:
    """Return a name for the address, from the title, the place or the theme."""
    theme = next((each.name for each in service.snapshot().themes if each.id == wanted.theme), "")
    place = service.place_name(wanted.place) if wanted.place else ""
    return _name_of(wanted.title or " ".join(filter(None, (place, theme))))


def _report_title(service: Service, wanted: ToPublish, language: str) -> str:
    """Return the title that is proposed for a report: the one that it would have by itself."""
    themes = {each.id: each.in_language(language) for each in service.snapshot().themes}

    def name_of(ref: Ref) -> str:
        return service.place_name(ref.id) if ref.noun is Noun.PLACE else themes.get(ref.id, ref.id)

    return title_of(wanted.view, language, name_of)[:LONGEST]


def _name_of(text: str) -> str:
    """Return a text as a name that can stand in an address.

    >>> _name_of("Pirkanmaan verkosto 2026!"), _name_of("?!")
    ('pirkanmaan-verkosto-2026', 'map')
    """
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")[:60].strip("-") or "map"
