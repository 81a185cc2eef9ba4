"""Decisions in the graph: a log of acts beside the entries, and the facts that some of them are.

"They already work together" is a fact like any other: a collaboration with two participations, under the source
``coordinator``. Each such word has a collaboration of its own, so taking one back leaves the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Final

from graphsvc.decisions import COORDINATOR, Act, Event, Gap, GapKind, Log, Reply, Suggestion, Why
from graphsvc.model import Actor, Claim, Collaboration, CollaborationKind, Participation, Source
from graphsvc.store.change import Change
from graphsvc.store.descriptions import Tag
from graphsvc.store.engine import Row, Step
from graphsvc.store.graph_store import GraphStore

WITHDRAWN: Final = "withdrawn"
"""What an act says that takes back another."""


def log(store: GraphStore) -> Log:
    """Return all that persons decided."""
    return Log(map(_act, store.engine.read("decisions/acts")))


def note(store: GraphStore, act: Act, actors: Sequence[Actor] = (), *, undoes: Act | None = None) -> bool:
    """Note an act, and the fact that it is, of ``actors``; with ``undoes``, take back the fact that that act was.

    False and nothing written when the graph holds the act. :class:`graphsvc.errors.InvalidValue` for an actor that is
    gone.
    """
    said = act.said.value if act.said else f"{undoes.said if undoes else ''} taken back".strip()
    return store.apply(
        Change(
            f"decision:{act.id}",
            f"{' and '.join(act.gap.subjects)}: {said}",
            claims=fact(act, actors) if act.is_fact else (),
            said_by=Tag(COORDINATOR, act.id),
            also=(*(_unsaid(undoes) if undoes and undoes.is_fact else ()), Step("decisions/note", parameters(act))),
            by=act.by,
            reason=": ".join(filter(None, (act.why and act.why.value, act.words))),
            at=act.at,
        )
    )


def collaboration_id(act: Act) -> str:
    """Return the id of the collaboration that says that two work together."""
    return f"{COORDINATOR}-{act.id}"


def fact(act: Act, actors: Sequence[Actor]) -> list[Claim]:
    """Return what "they already work together" claims: since the day that was said, else since the day of the word."""
    words = {"words": act.words} if act.words else {}
    together = Collaboration(
        id=collaboration_id(act),
        name=" – ".join(actor.name for actor in actors)[:2000],
        kind=CollaborationKind.NETWORK,
        start=act.on,
        source=COORDINATOR,
        attributes={"said by": act.by, "said at": f"{act.at:%Y-%m-%d %H:%M} UTC", **words},
    )
    source = Source(id=COORDINATOR, name="Coordinator (said in graphsvc)")
    members = (Participation(actor=each.id, collaboration=together.id, source=COORDINATOR) for each in actors)
    return [source, together, *members]


def _unsaid(act: Act) -> list[Step]:
    mine = {"file": COORDINATOR, "collaboration": collaboration_id(act)}
    return [
        Step("decisions/unsay", mine),
        Step("decisions/undescribe", mine),
        Step("decisions/undescribe_source", {"file": COORDINATOR}),
        Step("sources/settle"),
        Step("collaborations/settle"),
        *(Step(f"{area}/forget_unspoken") for area in ("actors", "collaborations", "sources")),
    ]


# ---- as rows


def parameters(act: Act) -> Mapping[str, Any]:
    """Return the parameters of ``decisions/note``."""
    said = act.said.value if act.said else WITHDRAWN
    return {
        "id": act.id,
        "name": f"{' '.join(act.gap.subjects)} {said}",
        "gap": act.gap.kind.value,
        "subjects": " ".join(act.gap.subjects),
        "said": said,
        "why": act.why.value if act.why else "",
        "words": act.words,
        "by": act.by,
        "at": act.at.astimezone(UTC).isoformat(),
        "number": act.number,
        "until": _day_text(act.until),
        "happened": _day_text(act.on),
        "collaboration": act.collaboration or "",
        "takes_back": act.takes_back or "",
        "suggestion": json.dumps(asdict(act.suggestion) if act.suggestion else None, sort_keys=True),
    }


def _act(row: Row) -> Act:
    said = row["said"]
    return Act(
        gap=Gap(GapKind(row["gap"]), tuple(row["subjects"].split())),
        said=None if said == WITHDRAWN else Reply(said) if said in {*Reply} else Event(said),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        number=row["number"],
        why=Why(row["why"]) if row["why"] else None,
        words=row["words"],
        until=_day(row["until"]),
        on=_day(row["happened"]),
        collaboration=row["collaboration"] or None,
        takes_back=row["takes_back"] or None,
        suggestion=_suggestion(row["suggestion"]),
        id=row["id"],
    )


def _suggestion(text: str) -> Suggestion | None:
    said = json.loads(text)
    if said is None:
        return None
    return Suggestion(**{**said, "supports": tuple(said["supports"]), "against": tuple(said["against"])})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""
