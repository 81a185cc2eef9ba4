"""Which entries may be one body, by their names and what else is known of them: proposals with reasons, nothing decided.

Exact identifiers are :mod:`graphsvc.resolve.match`'s. What a score depends on is in the two entries and in static tables,
so the order in which files were loaded does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graphsvc import identifiers, wording
from graphsvc.model import Actor, Ground, Place, Verdict

Progress = Callable[[int, int], None]
"""Called with (entries done, total)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entries that are, or may be, one body."""

    a: str
    b: str
    """Ids, ``a`` < ``b``."""
    verdict: Verdict
    """``same`` or ``unsure``, never ``different``."""
    score: float
    """0 to 1: how sure it is that they are one."""
    grounds: tuple[Ground, ...]
    """For first, strongest first; then against."""


def no_kin(_a: str, _b: str) -> bool:
    """Say that nothing is known yet of any pair."""
    return False


def propose(
    fresh: Sequence[Actor],
    known: Sequence[Actor],
    places: Mapping[str, Place],
    kin: Callable[[str, str], bool] = no_kin,
    progress: Progress | None = None,
) -> tuple[Proposal, ...]:
    """Return what may be one body among pairs of a fresh entry with a known or another fresh one, by (a, b).

    ``kin(a, b)`` is True where a relation or a judgement between the two is known already: such a pair is not proposed.
    """
    named: dict[str, set[str]] = defaultdict(set)
    by_id = {actor.id: actor for actor in (*known, *fresh)}
    for actor in by_id.values():
        for text in (actor.name, *(name.text for name in actor.names)):
            named[identifiers.fold(text)].add(actor.id)
    found: dict[tuple[str, str], Proposal] = {}
    new = {actor.id for actor in fresh}
    for done, id_ in enumerate(sorted(new)):
        actor = by_id[id_]
        for text in (actor.name, *(name.text for name in actor.names)):
            for other in named[identifiers.fold(text)] - {id_}:
                a, b = sorted((id_, other))
                if (a, b) not in found and not kin(a, b):
                    found[a, b] = _same_name(by_id[a], by_id[b], text)
        if progress:
            progress(done + 1, len(new))
    return tuple(found[pair] for pair in sorted(found))


def _same_name(a: Actor, b: Actor, text: str) -> Proposal:
    sure = a.place is not None and a.place == b.place and a.kind == b.kind and not _apart(a, b)
    ground = Ground(kind="same_name", supports=True, values={"a": text, "b": text})
    return Proposal(a.id, b.id, Verdict.SAME if sure else Verdict.UNSURE, 0.97 if sure else 0.6, (ground,))


def _apart(a: Actor, b: Actor) -> bool:
    return any(
        getattr(a, scheme) and getattr(b, scheme) and getattr(a, scheme) != getattr(b, scheme)
        for scheme in ("business_id", "vat", "ror")
    )


def sentence(ground: Ground, language: str) -> str:
    """Return the ground as a sentence in ``fi``, ``sv`` or ``en``."""
    side = "for" if ground.supports else "against"
    return wording.say("matching", f"{side}.{ground.kind}", language, **ground.values)
