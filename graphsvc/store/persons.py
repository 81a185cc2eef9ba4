"""Names of persons in the graph: where one stands, and how it is taken out of what persons said.

Contact persons, where they are kept, are whole nodes that :mod:`graphsvc.store.contacts` deletes. Beside them the graph
names who decided, judged or changed the order of sources, in what they wrote, and
whatever a file's own rows name. The former are ours to change: what was said stays, not by whom. The rows of files stay
as they came; whoever is to go from there goes from the file (docs/how-to/personal-data.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from graphsvc.decisions import COORDINATOR
from graphsvc.errors import InvalidValue
from graphsvc.identifiers import digest
from graphsvc.store import backup, content
from graphsvc.store.change import BATCH, Change
from graphsvc.store.engine import Step
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.inflected import Inflected

SHORTEST: Final = 3
"""Letters of a name at least: a shorter one would be found everywhere."""
_OF_MACHINES: Final = frozenset({"matching", "terminal", COORDINATOR})
_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "change": ("by", "reason"),
    "decision": ("by", "words"),
    "judgement": ("by", "reason"),
}
"""What a person's act holds of persons: who said it, and in which words."""
_REWRITING: Final[Mapping[str, str]] = {
    "change": "persons/resign_change",
    "decision": "persons/resign_decision",
    "description": "persons/resign_description",
    "judgement": "persons/resign_judgement",
}


class Sought:
    """A name that is looked for: as a whole, in capitals or not, with any space between its words."""

    def __init__(self, name: str) -> None:
        """:class:`InvalidValue` for one that is too short, or that no person has."""
        words = name.split()
        if len("".join(words)) < SHORTEST or " ".join(words).casefold() in _OF_MACHINES:
            raise InvalidValue(
                f"{name!r} can't be looked for as a person.",
                remedy=f"Give the name as it was written, of {SHORTEST} letters at least.",
                field="name",
            )
        self.name = " ".join(words)
        self._inflected = Inflected(self.name)
        self._pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Return whether a text names it."""
        return self._pattern.search(text) is not None

    def form_in(self, text: str) -> str:
        """Return the words of a text that are probably an inflected form of it: for a person to look at."""
        return self._inflected.found_in(text)

    def replaced(self, text: str, instead: str) -> str:
        """Return a text with something else in its place."""
        return self._pattern.sub(lambda _: instead, text)


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of the graph that names somebody."""

    kind: str
    """Kind of node or relation, as in a backup: decision, judgement, change, actor, record …"""
    id: str
    said: Mapping[str, Any]
    """All that it holds; of what an import said only that it does."""
    ours: bool
    """Whether :func:`forget` takes the name out of it."""
    form: str = ""
    """The words that are probably the name, inflected, where the name itself is not in it: nobody takes these out."""


def mentions(store: GraphStore, sought: Sought) -> Iterator[Mention]:
    """Yield all that names somebody, or probably does in another form of the name, in the order of a backup.

    The whole graph is read for it.
    """
    for page in backup.pages(store):
        for row in page["rows"]:
            a, b, held = row if isinstance(row, list) else (row["id"], "", row)
            if page["kind"] == "content":
                texts, said = [content.unpack(held["packed"])], {"name": held["name"]}
            else:
                texts, said = list(_texts(held)), held
            if any(map(sought.is_in, texts)):
                yield Mention(page["kind"], f"{a} {b}".strip(), said, _is_ours(page["kind"], held))
            elif form := next(filter(None, map(sought.form_in, texts)), ""):
                yield Mention(page["kind"], f"{a} {b}".strip(), said, ours=False, form=form)


def forget(
    store: GraphStore, sought: Sought, instead: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> int:
    """Put ``instead`` in the place of a name in all that persons said, as one change; return in how many acts.

    0, and no change, where nobody is named. :class:`InvalidValue` for words that name the person again.
    """
    if not instead.strip() or sought.is_in(instead):
        raise InvalidValue(f"{instead!r} can't stand for {sought.name!r}.", remedy="Say it without the name.")
    found = [each for each in mentions(store, sought) if each.ours and each.kind != "collaboration"]
    changed: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        changed.setdefault(each.kind, []).append(_rewritten(each, lambda text: sought.replaced(text, instead)))
    if not found:
        return 0
    at = now()
    # Of ids and the moment alone: a digest of a name can be guessed back.
    key = f"forgetting:{digest(*sorted(each.id for each in found), at.isoformat())[:24]}"
    store.apply(Change(key, f"a name taken out of {len(found)} acts", also=_steps(changed), at=at))
    return len(found)


def _texts(held: Mapping[str, Any]) -> Iterator[str]:
    for value in held.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from map(str, value)


def _is_ours(kind: str, held: Mapping[str, Any]) -> bool:
    """Whether it is a person's act, or the fact that such an act is, told by its description."""
    of_a_fact = kind == "description" and held.get("file") == COORDINATOR and held.get("noun") == "collaboration"
    return kind in _SAID or of_a_fact or (kind == "collaboration" and held["id"].startswith(f"{COORDINATOR}-"))


def _rewritten(mention: Mention, without: Callable[[str], str]) -> dict[str, Any]:
    if mention.kind == "description":
        told = json.loads(f"[{mention.said['attributes'].removeprefix(',')}]")
        clean = [{name: without(text) for name, text in each.items()} for each in told]
        attributes = "".join(f",{json.dumps(each, ensure_ascii=False, sort_keys=True)}" for each in clean)
        return {"id": mention.id, "thing": mention.said["thing"], "attributes": attributes}
    by, words = (mention.said.get(name) for name in _SAID[mention.kind])
    return {
        "id": mention.id,
        "by": by if by is None else without(by),
        "words": words if words is None else without(words),
    }


def _steps(changed: Mapping[str, list[dict[str, Any]]]) -> list[Step]:
    written = [
        Step(_REWRITING[kind], {"rows": rows[at : at + BATCH]})
        for kind, rows in sorted(changed.items())
        for at in range(0, len(rows), BATCH)
    ]
    return [*written, Step("collaborations/settle")] if "description" in changed else written
