"""What was made of who stands for whom, brought to another such state by making only what the difference touches.

A person who judges one doubtful match after another folds or parts a body or two with each word, and no fact changes.
What comes out is what making all of it anew gives, and costs a large graph a small part of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from graphsvc.model import Actor, Snapshot
from graphsvc.network import Network, build_network
from graphsvc.resolve.name_index import NameIndex

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Folded:
    """Which entries are one body, at a level of identity and on a day."""

    canonical: Mapping[str, str]
    """Id of each entry → id of the one that stands for it."""
    shown: Mapping[str, Actor]
    """Id of each entry that stands for itself → what the body shows."""


def touched(before: Folded, after: Folded) -> frozenset[str]:
    """Return the ids of the bodies of either state that the other has not, or not with the same entries and words."""
    found = set(before.shown.keys() - after.shown.keys())
    both = ((id_, before.shown.get(id_), actor) for id_, actor in after.shown.items())
    found |= {id_ for id_, then, now in both if then is not now and then != now}
    for one, other in ((before.canonical, after.canonical), (after.canonical, before.canonical)):
        found |= {body for id_, body in one.items() if other.get(id_, id_) != body}
    return frozenset(found)


def refolded(network: Network, snapshot: Snapshot, before: Folded, after: Folded) -> Network:
    """Return :func:`build_network` of a snapshot, from the network that its facts gave ``before``."""
    bodies = touched(before, after)
    entries = {id_ for folded in (before, after) for id_, body in folded.canonical.items() if body in bodies}
    theirs = {claim.collaboration for claim in snapshot.participations if claim.actor in entries}
    part = replace(
        snapshot,
        collaborations=tuple(each for each in snapshot.collaborations if each.id in theirs),
        participations=tuple(claim for claim in snapshot.participations if claim.collaboration in theirs),
    )
    then, now = (build_network(part, network.view, each.canonical, each.shown) for each in (before, after))
    members = _with(network.members, theirs, now.members)
    left_out = Counter(network.left_out)
    left_out.subtract(then.left_out)
    left_out.update(now.left_out)
    return replace(
        now,
        actors={id_: after.shown[id_] for id_ in sorted(set(now.actors).union(*members.values()))},
        collaborations=_with(network.collaborations, theirs, now.collaborations),
        members=members,
        sizes=_with(network.sizes, theirs, now.sizes),
        left_out=dict(sorted((+left_out).items())),
        everywhere=_with(network.everywhere, theirs, now.everywhere),
    )


def renamed(index: NameIndex, before: Folded, after: Folded) -> NameIndex:
    """Return an index of the names of the bodies of one state from that of another."""
    bodies = touched(before, after)
    return index.with_instead(bodies, (after.shown[id_] for id_ in bodies & after.shown.keys()))


def _with(held: Mapping[str, T], gone: Collection[str], new: Mapping[str, T]) -> dict[str, T]:
    """Return what is held without the keys ``gone``, with what is new, sorted by key."""
    found = {key: value for key, value in held.items() if key not in gone} | dict(new)
    return {key: found[key] for key in sorted(found)}
