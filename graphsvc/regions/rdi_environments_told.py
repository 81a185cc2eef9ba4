"""The view of RDI environments as tables in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from graphsvc.regions.parties import Party
from graphsvc.regions.rdi_environments import Environment, NetworkTie, RdiEnvironments
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_TABLE = "rdi_environments"
_COLUMNS = ("environment", "kind", "form", "owners", "themes", "services", "openness", "funding", "users")
_MORE = ("networks_all", "eu", "place", "sources")


def tables(found: RdiEnvironments, language: str) -> tuple[AnswerTable, ...]:
    """Return the environments, owners of several, and themes without any."""
    word = partial(say, _TABLE, language=language)
    columns = tuple(word(f"column.{key}") for key in (*_COLUMNS, *_MORE))
    owners: list[list[Cell]] = [
        [owner.actor.name, len(owner.environments), "; ".join(each.name for each in owner.environments)]
        for owner in found.several
    ]
    bare: list[list[Cell]] = [[each.theme.in_language(language), each.collaborations] for each in found.bare]
    return (
        AnswerTable(word("sheet.environments"), columns, [_row(each, language) for each in found.environments]),
        AnswerTable(
            word("sheet.several"), tuple(word(f"column.{key}") for key in ("owner", "number", "environments")), owners
        ),
        AnswerTable(word("sheet.bare"), tuple(word(f"column.{key}") for key in ("theme", "collaborations")), bare),
    )


def _row(each: Environment, language: str) -> list[Cell]:
    return [
        each.collaboration.name,
        say("kinds", f"collaboration.{each.collaboration.kind.value}", language),
        say("kinds", f"form.{each.form}", language) if each.form else None,
        _names(each.owners),
        _listed(theme.in_language(language) for theme in each.themes),
        _listed(each.services),
        say("kinds", f"openness.{each.openness}", language) if each.openness else None,
        _listed(each.funding),
        _names(each.users),
        _listed(_network(tie, language) for tie in each.networks),
        say(_TABLE, f"eu.{each.eu}", language),
        each.place,
        _listed(source.name for source in each.sources),
    ]


def _network(tie: NetworkTie, language: str) -> str:
    level = say("kinds", f"level.{tie.level}", language) if tie.level else say(_TABLE, "page.level_unknown", language)
    return f"{tie.collaboration.name} ({level})"


def _names(who: Iterable[Party]) -> str | None:
    return _listed(party.actor.name for party in who)


def _listed(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None
