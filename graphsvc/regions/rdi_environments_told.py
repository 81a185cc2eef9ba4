"""The view of RDI environments as tables in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from graphsvc.facets import Level
from graphsvc.regions.parties import Party
from graphsvc.regions.rdi_environments import Environment, RdiEnvironments
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_TABLE = "rdi_environments"
_COLUMNS = ("environment", "kind", "form", "owners", "themes", "services", "openness", "funding", "users")
_MORE = ("place", "eu", "sources")


def tables(found: RdiEnvironments, language: str) -> tuple[AnswerTable, ...]:
    """Return the environments, owners of several, and themes without any."""
    word = partial(say, _TABLE, language=language)
    levels = [say("kinds", f"level.{level}", language) for level in Level]
    columns = (
        *(word(f"column.{key}") for key in _COLUMNS),
        *(word("column.networks", level=level) for level in levels),
        word("column.networks_unknown"),
        *(word(f"column.{key}") for key in _MORE),
    )
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
    networks = {level: [tie.collaboration.name for tie in each.networks if tie.level is level] for level in Level}
    none = say(_TABLE, "page.none", language)
    unknown = [tie.collaboration.name for tie in each.networks if tie.level is None]
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
        *(_listed(names) or (none if level in each.none_at else None) for level, names in networks.items()),
        _listed(unknown),
        each.place,
        say(_TABLE, f"eu.{each.eu}", language),
        _listed(source.name for source in each.sources),
    ]


def _names(who: Iterable[Party]) -> str | None:
    return _listed(party.actor.name for party in who)


def _listed(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None
