"""Region views as pages: their list, and each by its template ``region_<key>.html``."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, url_for
from pydantic import Field

from graphsvc import wording
from graphsvc.access.rights import Right
from graphsvc.api import guarding
from graphsvc.api.asking import Day, Parameters
from graphsvc.api.contract import Contract
from graphsvc.api.params import Lang
from graphsvc.api.regions import ViewKey
from graphsvc.pages.html import language_of, parameters, show
from graphsvc.regions.views import VIEWS


class RegionAsked(Parameters):
    """A region view of a day."""

    view: Annotated[ViewKey, Field(description="Key of the view.")]
    as_of: Day | None = None
    lang: Lang = None


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve ``/regions`` and ``/regions/<view>``."""

    @pages.get("/regions")
    def regions_page() -> Response:
        contract.door.admit(Right.READ)
        language = language_of(contract.language)
        words = [[wording.say(key, f"page.{word}", language) for word in ("title", "lead")] for key in VIEWS]
        listed = [(_page(key), _sheet(key, language), *said) for key, said in zip(VIEWS, words, strict=True)]
        return show(contract, "regions.html", ("regions", "page"), {"listed": listed})

    @pages.get("/regions/<view>")
    def region_page(view: str) -> Response:
        caller = contract.door.admit(Right.READ)
        asked = parameters(RegionAsked, {"view": view})
        guarding.narrowed(asked, caller, contract.service.snapshot(), Right.READ)
        language = language_of(contract.language)
        values = {
            "wanted": asked,
            "found": contract.service.region(view, asked.as_of),
            "sheet": _sheet(view, language),
            "tables": url_for(f"api.get_{view}", as_of=asked.as_of, format="xlsx", lang=language),
        }
        return show(contract, f"region_{view}.html", (view, "page"), values)


def _page(view: str) -> str:
    return url_for("pages.region_page", view=view)


def _sheet(view: str, language: str) -> str:
    return url_for("api.get_region_template", view=view, lang=language)
