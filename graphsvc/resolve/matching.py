"""Which entries may be one body, by their names and what else is known of them: proposals with reasons.

Exact identifiers are :mod:`graphsvc.resolve.match`'s. What a score depends on is in the two entries and in static
tables, so the order in which files were loaded does not matter. How it decides, in words: docs/explanation/matching.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graphsvc import wording
from graphsvc.model import Actor, Ground, Place, Verdict
from graphsvc.resolve import blocking
from graphsvc.resolve.name_index import Hit, NameIndex
from graphsvc.resolve.profiles import profile
from graphsvc.resolve.scoring import score

__all__ = ["Hit", "NameIndex", "Progress", "Proposal", "no_kin", "propose", "sentence"]

Progress = Callable[[int, int], None]
"""Called with (pairs looked at, pairs to look at)."""
_STEP = 2000


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

    ``kin(a, b)``, asked with ``a`` < ``b``, is True where a relation or a judgement between the two is known already:
    such a pair is not proposed. An entry that is both fresh and known counts as fresh.
    """
    new = {actor.id: profile(actor, places) for actor in fresh}
    old = {actor.id: profile(actor, places) for actor in known if actor.id not in new}
    candidates = blocking.pairs([new[id_] for id_ in sorted(new)], [old[id_] for id_ in sorted(old)])
    found = []
    for done, (one, other) in enumerate(candidates):
        if progress and done % _STEP == 0:
            progress(done, len(candidates))
        scored = score(one, other)
        if scored and scored.verdict:
            a, b = sorted((one.id, other.id))
            if not kin(a, b):
                found.append(Proposal(a, b, scored.verdict, scored.score, scored.grounds()))
    if progress:
        progress(len(candidates), len(candidates))
    return tuple(sorted(found, key=lambda proposal: (proposal.a, proposal.b)))


def sentence(ground: Ground, language: str) -> str:
    """Return the ground as a sentence in ``fi``, ``sv`` or ``en``."""
    values = dict(ground.values)
    if ground.kind in ("same_kind", "other_kind"):
        values |= {side: wording.say("kinds", f"actor.{kind}", language) for side, kind in ground.values.items()}
    if scheme := ground.values.get("scheme"):
        values["scheme"] = wording.say("matching", f"scheme.{scheme}", language)
    side = "for" if ground.supports else "against"
    return wording.say("matching", f"{side}.{ground.kind}", language, **values)
