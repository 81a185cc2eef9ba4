"""What happened, in the reader's words: changes of the graph as the feed has them, acts as the audit trail has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from graphsvc.model import Snapshot
from graphsvc.store.feed import ChangeKind, Happened
from graphsvc.wording import listed, say, table

ACTS: Final[Mapping[str, str]] = {
    "saw contacts": "saw_contacts",
    "look up a person": "looked_up",
    "forget a person": "forgot",
    "sign in": "sign_in",
    "choose password": "password",
    "users make": "make_user",
    "users role": "role",
    "users reset": "reset_user",
    "users disable": "disable_user",
    "users forget": "forget_user",
    "keys make": "make_key",
    "keys revoke": "revoke_key",
    "GET /api/v1/backup": "backup",
    "POST /actors/<id>/contacts": "add_contact",
    "POST /api/v1/actors/<id>/contacts": "add_contact",
    "PUT /api/v1/contacts/<id>/until": "keep_contact",
    "POST /contacts/<id>/until": "keep_contact",
    "DELETE /api/v1/contacts/<id>": "remove_contact",
    "POST /contacts/<id>/removal": "remove_contact",
    "POST /api/v1/decisions": "decide",
    "POST /missing/replies": "decide",
    "POST /api/v1/decisions/<id>/follow-ups": "follow_up",
    "POST /missing/decisions/follow-ups": "follow_up",
    "POST /api/v1/decisions/<id>/withdrawal": "undecide",
    "POST /missing/decisions/withdrawals": "undecide",
    "POST /missing/withdrawals": "undecide",
    "POST /api/v1/judgements": "judge",
    "POST /review": "judge",
    "POST /api/v1/judgements/<id>/withdrawal": "unjudge",
    "POST /api/v1/uploads": "send_file",
    "POST /import": "send_file",
    "DELETE /api/v1/uploads/<id>": "drop_file",
    "POST /api/v1/uploads/<id>/check": "check_file",
    "POST /import/<id>/check": "check_file",
    "POST /api/v1/imports": "import",
    "POST /import/<id>/save": "import",
    "POST /api/v1/imports/<id>/undo": "undo",
    "POST /import/done/<id>/undo": "undo",
    "POST /api/v1/jobs": "job",
    "DELETE /api/v1/jobs/<id>": "cancel_job",
    "POST /api/v1/publications": "publish",
    "POST /publications": "publish",
    "DELETE /api/v1/publications/<name>/<number>": "unpublish",
    "POST /publications/withdrawals": "unpublish",
    "PUT /api/v1/sources/<id>/precedence": "precedence",
    "POST /api/v1/users": "make_user",
    "POST /settings/users": "make_user",
    "PUT /api/v1/users/<id>/role": "role",
    "POST /settings/users/role": "role",
    "POST /api/v1/users/<id>/reset": "reset_user",
    "POST /settings/users/reset": "reset_user",
    "DELETE /api/v1/users/<id>": "disable_user",
    "POST /settings/users/disable": "disable_user",
    "POST /api/v1/keys": "make_key",
    "POST /settings/keys": "make_key",
    "DELETE /api/v1/keys/<id>": "revoke_key",
    "POST /settings/keys/revoke": "revoke_key",
}
"""An act of the audit trail → key of its words."""
_JUDGED: Final[Mapping[str, str]] = {
    "one body": "same",
    "two bodies": "different",
    "for review": "unsure",
    "last word taken back": "unsaid",
}
"""What a judgement is called in the graph → key of its words."""
_BACK: Final = " taken back"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened."""

    at: datetime
    text: str
    by: str | None


def act(text: str, language: str) -> str:
    """Return an act of the audit trail in words; one that is not known as Markup that says it as it is."""
    key = ACTS.get(text.partition(": ")[0])
    return say("happenings", f"act.{key}", language) if key else Markup("<code>{}</code>").format(text)


def lines(changes: Iterable[Happened], snapshot: Snapshot, language: str) -> Iterator[Line]:
    """Yield what changes were, each import once whatever its parts; actors are called as in the snapshot."""
    imports, names = set(), {actor.id: actor.name for actor in snapshot.actors}
    for each in changes:
        if each.import_ is None:
            yield Line(each.at, _of_person(each, names, language), each.by)
        elif each.import_.id not in imports:
            imports.add(each.import_.id)
            key = "undone" if each.import_.undoes else "imported" if each.import_.finished else "begun"
            yield Line(each.at, say("happenings", f"change.{key}", language, file=each.import_.name), each.by)


def _of_person(each: Happened, names: Mapping[str, str], language: str) -> str:
    """Return a change that persons made, from what it is called; one that is not known as Markup in English."""
    subjects, _, what = each.name.rpartition(": ")
    pair = listed([names.get(id_, id_) for id_ in subjects.split(" and ")], language)
    if each.kind is ChangeKind.JUDGEMENT and what in _JUDGED:
        return say("happenings", f"change.{_JUDGED[what]}", language, pair=pair)
    if each.kind is ChangeKind.DECISION:
        key, said = ("undecided" if what.endswith(_BACK) else "decided"), f"said.{what.removesuffix(_BACK)}"
        said = say("decisions", said if said in table("decisions") else "said.withdrawn", language)
        return say("happenings", f"change.{key}", language, pair=pair, what=said)
    if each.kind is ChangeKind.PRECEDENCE:
        return say("happenings", "change.precedence", language, source=each.name.partition(" preferred ")[0])
    kind = each.id.partition(":")[0]
    if kind in ("contact", "forgetting"):
        return say("happenings", f"change.{kind}", language)
    return Markup('<span lang="en">{}</span>').format(each.name)
