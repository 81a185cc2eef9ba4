"""RDI environments as a page with filters; frame and import sheet are those of the other region views."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from graphsvc import wording
from graphsvc.access.rights import Right
from graphsvc.api import guarding
from graphsvc.api.asking import Day
from graphsvc.api.contract import Contract
from graphsvc.api.params import Lang
from graphsvc.api.region_environments import VIEW, WhichEnvironments
from graphsvc.errors import NotFound
from graphsvc.facets import Form, Openness
from graphsvc.pages import choices
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.pages.places import Option
from graphsvc.regions.rdi_environments import Eu, RdiEnvironments, only
from graphsvc.service import Service


class EnvironmentsAsked(WhichEnvironments):
    """Environments of a day."""

    as_of: Day | None = None
    lang: Lang = None


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/regions/rdi_environments``."""

    @pages.get("/regions/rdi_environments")
    def environments_page() -> Response:
        caller = contract.door.admit(Right.READ)
        asked = parameters(EnvironmentsAsked)
        guarding.narrowed(asked, caller, contract.service.snapshot(), Right.READ)
        language = language_of(contract.language)
        all_: RdiEnvironments = contract.service.region(VIEW, asked.as_of)
        given = asked.model_dump(mode="json", exclude_none=True, exclude={"lang"})
        values = {
            "wanted": asked,
            "found": only(all_, asked.asked),
            "owner": _owner(all_, asked.owner, contract.service),
            "options": _options(all_, language)
            | {"themes": choices.themes(contract.service.snapshot().themes, language)},
            "sheet": url_for("api.get_region_template", view=VIEW, lang=language),
            "tables": url_for("api.get_rdi_environments", **given, format="xlsx", lang=language),
        }
        return show(contract, "region_rdi_environments.html", (VIEW, "page"), values)


@dataclass(frozen=True, slots=True)
class _Owner:
    """The owner that is asked for."""

    id: str
    name: str = ""
    """Empty where nobody has this id."""
    owns: bool = True


def _owner(all_: RdiEnvironments, asked: str | None, service: Service) -> _Owner | None:
    """Return the owner that is asked for, which need be none; an entry of a body means the body."""
    if asked is None:
        return None
    parties = (owner for each in all_.environments for owner in each.owners)
    found = next((each.actor for each in parties if asked in (each.actor.id, *each.entries)), None)
    if found:
        return _Owner(found.id, found.name)
    try:
        return _Owner(asked, service.actor(asked).actor.name, owns=False)
    except NotFound:
        return _Owner(asked, owns=False)


def _options(all_: RdiEnvironments, language: str) -> dict[str, list[Option]]:
    owners = {owner.actor.id: owner.actor.name for each in all_.environments for owner in each.owners}
    return {
        "owners": sorted(owners.items(), key=lambda option: (option[1].casefold(), option[0])),
        "forms": [(form.value, wording.say("kinds", f"form.{form}", language)) for form in Form],
        "open_to": [(each.value, wording.say("kinds", f"openness.{each}", language)) for each in Openness],
        "eu": [(each.value, wording.say(VIEW, f"page.eu_{each}", language)) for each in Eu],
    }
