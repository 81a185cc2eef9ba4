"""The view of startup alliances as tables in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from graphsvc.facets import Stage
from graphsvc.regions.startup_alliance import Alliance, Member, MemberClaim, StartupAlliance
from graphsvc.regions.startups import Party, Startup, StartupScene, StartupService
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import role, say

Word = Callable[[str], str]
_TABLE = "startup_alliance"


def tables(found: StartupAlliance, language: str) -> tuple[AnswerTable, ...]:
    """Return members by claim, startups, services, who serves whom, stages by service and stages by field."""
    word: Word = partial(_word, language)
    scene = found.scene
    return (
        _table(
            word,
            "members",
            ("alliance", "member", "said_as", "role", "source", "from", "to"),
            _members(found, language),
        ),
        _table(
            word,
            "startups",
            ("startup", "founded", "stage", "fields", "place", "uses", "standing", "source"),
            [_startup(each, word, language) for each in scene.startups],
        ),
        _table(
            word,
            "services",
            ("service", "providers", "stages", "fields", "customers"),
            [_service(each, language) for each in scene.services],
        ),
        _table(
            word,
            "dealings",
            ("provider", "service", "customer", "from", "to", "source"),
            [row for each in scene.services for row in _dealings(each)],
        ),
        _table(
            word,
            "stages",
            ("stage", "startups", "services", "standing"),
            [
                [stage_name(row.stage, language), row.startups, row.services, word(f"served.{row.served}")]
                for row in scene.stages
            ],
        ),
        _by_service(scene, word, language),
        _by_field(scene, word, language),
    )


def stage_name(stage: Stage | None, language: str) -> str:
    """Return a stage by name; of none, that it is not known."""
    return say("kinds", f"stage.{stage}", language) if stage else say("regions", "page.nothing_known", language)


def _word(language: str, key: str) -> str:
    return say(_TABLE, key, language)


def _table(word: Word, name: str, columns: tuple[str, ...], rows: list[list[Cell]]) -> AnswerTable:
    return AnswerTable(word(f"sheet.{name}"), tuple(word(f"column.{key}") for key in columns), rows)


def _members(found: StartupAlliance, language: str) -> list[list[Cell]]:
    return [
        _member(alliance, member, claim, language)
        for alliance in found.alliances
        for member in alliance.members
        for claim in member.claims
    ]


def _member(alliance: Alliance, member: Member, claim: MemberClaim, language: str) -> list[Cell]:
    said: list[Cell] = [claim.said_as, role(claim.role, language)]
    names: list[Cell] = [alliance.collaboration.name, member.actor.name, *said]
    return [*names, claim.source.name, claim.start, claim.end]


def _startup(each: Startup, word: Word, language: str) -> list[Cell]:
    return [
        each.actor.name,
        each.founded,
        _stages(each.stages, language),
        "; ".join(theme.in_language(language) for theme in each.fields) or None,
        each.place or None,
        "; ".join(service.name for service in each.uses) or None,
        word(f"served.{each.served}"),
        each.source.name,
    ]


def _service(each: StartupService, language: str) -> list[Cell]:
    return [
        each.collaboration.name,
        _names(each.providers),
        _stages(each.stages, language),
        "; ".join(theme.in_language(language) for theme in each.fields) or None,
        _names(tuple(party for party in each.customers if party.now)),
    ]


def _dealings(each: StartupService) -> list[list[Cell]]:
    providers = _names(each.providers)
    return [
        [providers, each.collaboration.name, party.actor.name, claim.start, claim.end, source.name]
        for party in each.customers
        for claim, source in party.said
    ]


def _by_service(scene: StartupScene, word: Word, language: str) -> AnswerTable:
    columns = (word("column.service"), *(stage_name(stage, language) for stage in Stage))
    rows: list[list[Cell]] = [
        [each.collaboration.name, *(each.is_for(stage) for stage in Stage)] for each in scene.services
    ]
    return AnswerTable(word("sheet.by_service"), columns, rows)


def _by_field(scene: StartupScene, word: Word, language: str) -> AnswerTable:
    columns = tuple(word(f"column.{key}") for key in ("field", "stage", "startups", "services"))
    rows: list[list[Cell]] = [
        [
            cell.field.in_language(language) if cell.field else stage_name(None, language),
            stage_name(cell.stage, language),
            cell.startups,
            cell.services,
        ]
        for cell in scene.fields
        if cell.startups or cell.services
    ]
    return AnswerTable(word("sheet.by_field"), columns, rows)


def _names(parties: tuple[Party, ...]) -> str | None:
    return "; ".join(party.actor.name for party in parties) or None


def _stages(stages: tuple[Stage, ...], language: str) -> str | None:
    return "; ".join(stage_name(stage, language) for stage in stages) or None
