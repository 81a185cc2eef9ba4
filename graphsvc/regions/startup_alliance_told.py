"""The view of startup alliances as tables in words."""

from __future__ import annotations

from functools import partial

from graphsvc.regions.startup_alliance import Alliance, Member, MemberClaim, StartupAlliance
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_TABLE = "startup_alliance"


def tables(found: StartupAlliance, language: str) -> tuple[AnswerTable, ...]:
    """Return members, a row for each claim."""
    word = partial(say, _TABLE, language=language)
    columns = tuple(word(f"column.{key}") for key in ("alliance", "member", "said_as", "role", "source", "from", "to"))
    rows = [
        _row(alliance, member, claim)
        for alliance in found.alliances
        for member in alliance.members
        for claim in member.claims
    ]
    return (AnswerTable(word("sheet.members"), columns, rows),)


def _row(alliance: Alliance, member: Member, claim: MemberClaim) -> list[Cell]:
    names: list[Cell] = [alliance.collaboration.name, member.actor.name, claim.said_as, claim.role]
    return [*names, claim.source.name, claim.start, claim.end]
