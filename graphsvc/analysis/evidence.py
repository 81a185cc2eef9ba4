"""From a feature's number to the facts it rests on: one :class:`Evidence` for each feature that is not 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from graphsvc.analysis.background import Background
from graphsvc.analysis.features import Pairs, Weights, values, weighed
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.model import Collaboration

_AHEAD: Final = 2_000
SHOWN: Final = 10
"""Facts of one kind that an evidence refers to at most, strongest first; ``n`` counts all."""


_GROUNDS: Final[tuple[tuple[str, ...], ...]] = (
    ("shared_partners",),
    ("active_in_themes", "shared_themes", "shared_topics", "similar_titles"),
    ("both_active",),
    ("kinds_meet", "completes_helix"),
    ("same_community", "bridges_communities"),
    ("same_place",),
)
"""Kinds of evidence for a pair that rest on the same facts: together they are one independent reason."""


@dataclass(frozen=True)
class Grounds:
    """How many independent reasons speak for each pair, worked out some thousand pairs ahead."""

    pairs: Pairs
    _found: dict[int, list[int]]

    def of(self, at: int) -> int:
        """Return the number of independent reasons for the pair at this place."""
        block = at // _AHEAD
        if block not in self._found:
            found = values(self.pairs[block * _AHEAD : (block + 1) * _AHEAD])
            counts = sum(np.any([found[kind] > 0 for kind in kinds], axis=0).astype(np.int64) for kinds in _GROUNDS)
            self._found[block] = np.asarray(counts).tolist()
        return self._found[block][at % _AHEAD]


def independent(pairs: Pairs) -> Grounds:
    """Count the independent reasons for each pair: those that rest on different facts."""
    return Grounds(pairs, {})


class Facts(NamedTuple):
    """What a reason rests on."""

    refs: list[Ref]
    numbers: Mapping[str, float | int | str | date]


def evidence_of(pair: Pairs, weights: Weights) -> tuple[Evidence, ...]:
    """Return the evidence of a single pair: for, strongest first; then against, strongest first.

    One for each feature whose value is not 0, also where its weight is. The contributions sum to the pair's score.
    """
    a, b = int(pair.a[0]), int(pair.b[0])
    found = []
    for kind, value in values(pair).items():
        if value[0]:
            facts = _FACTS[kind](pair.background, a, b)
            side = Side.FOR if value[0] > 0 else Side.AGAINST
            contribution = float(weighed(pair, kind, value, weights)[0])
            found.append(Evidence(kind, side, tuple(facts.refs), facts.numbers, contribution))
    return tuple(sorted(found, key=lambda each: (each.side is Side.AGAINST, -abs(each.contribution), each.kind)))


def _actor(background: Background, row: int) -> Ref:
    return Ref(Noun.ACTOR, background.affiliation.ids[row])


def _latest(collaborations: list[Collaboration]) -> Ref:
    """Refer to the collaboration that began last; undated ones come after all others."""
    latest = max(collaborations, key=lambda each: (each.start or date.min, each.end or date.max, each.id))
    return Ref(Noun.COLLABORATION, latest.id)


def _shared_partners(background: Background, a: int, b: int) -> Facts:
    """Refer to the partners, strongest first, then to the latest collaboration of the first with a and with b."""
    ties = background.ties
    of_a, of_b = ties[[a]].tocoo(), ties[[b]].tocoo()
    shared, at_a, at_b = np.intersect1d(of_a.col, of_b.col, assume_unique=True, return_indices=True)
    part = of_a.data[at_a] * of_b.data[at_b] * background.passing[shared]
    order = np.lexsort((shared, -part))
    refs = [_actor(background, int(row)) for row in shared[order[:SHOWN]]]
    strongest = background.collaborations_of(int(shared[order[0]]))
    for side in (a, b):
        mine = {each.id for each in background.collaborations_of(side)}
        refs.append(_latest([each for each in strongest if each.id in mine]))
    return Facts(refs, {"n": len(shared), "nearness": float(part.sum())})


def _both_active(background: Background, a: int, b: int) -> Facts:
    """Refer to a, b, and to the latest collaboration of each."""
    refs = [_actor(background, a), _actor(background, b)]
    refs += [_latest(list(background.collaborations_of(side))) for side in (a, b)]
    return Facts(refs, {"a_n": int(background.recent[a]), "b_n": int(background.recent[b])})


def _shared_themes(background: Background, a: int, b: int) -> Facts:
    """Refer to the themes, those that count most first."""
    product = background.profile[[a]].multiply(background.profile[[b]]).tocoo()
    order = np.lexsort((product.col, -product.data))
    refs = [Ref(Noun.THEME, background.themes[product.col[at]]) for at in order[:SHOWN]]
    return Facts(refs, {"n": len(order), "similarity": min(float(product.data.sum()), 1.0)})


def _active_in_themes(background: Background, a: int, b: int) -> Facts:
    """Refer to a, b and the themes on which they would meet most; numbers are those of the first theme."""
    product = background.encounters[[a]].multiply(background.encounters[[b]]).tocoo()
    order = np.lexsort((product.col, -product.data))
    first = background.themes[product.col[order[0]]]
    refs = [_actor(background, a), _actor(background, b)]
    refs += [Ref(Noun.THEME, background.themes[product.col[at]]) for at in order[:SHOWN]]
    mine, theirs = (
        sum(first in each.themes for each in background.collaborations_of(side) if background.is_joint(each))
        for side in (a, b)
    )
    return Facts(refs, {"n": len(order), "a_n": mine, "b_n": theirs, "encounters": float(product.data.sum())})


def _shared_topics(background: Background, a: int, b: int) -> Facts:
    """Refer to the latest collaboration of each under the rarest topic that both have worked on."""
    product = background.topic_profile[[a]].multiply(background.topic_profile[[b]]).tocoo()
    order = np.lexsort((product.col, -product.data))
    topic = background.topics[product.col[order[0]]]
    refs = [_actor(background, a), _actor(background, b)]
    refs += [_latest([each for each in background.collaborations_of(side) if each.topic == topic]) for side in (a, b)]
    return Facts(refs, {"n": len(order), "topic": topic, "similarity": min(float(product.data.sum()), 1.0)})


def _similar_titles(background: Background, a: int, b: int) -> Facts:
    """Refer to the two collaborations, one of each, whose titles are most alike."""
    mine, theirs = background.columns_of(a), background.columns_of(b)
    alike = (background.words[mine] @ background.words[theirs].T).toarray()
    one, other = divmod(int(np.argmax(np.round(alike, 9))), len(theirs))
    refs = [_actor(background, a), _actor(background, b)]
    collaborations = background.affiliation.collaborations
    refs += [Ref(Noun.COLLABORATION, collaborations[int(column)].id) for column in (mine[one], theirs[other])]
    return Facts(refs, {"similarity": float(alike[one, other])})


def _kinds(background: Background, a: int, b: int) -> Facts:
    """Refer to a and b; ``ratio``: partnerships between their kinds over those that chance would make."""
    observed, expected = background.kinds_mixing
    one, other = int(background.kind[a]), int(background.kind[b])
    ratio = float(observed[one, other] / max(expected[one, other], 1e-12))
    actors = background.affiliation.actors
    numbers = {"kind_a": actors[a].kind.value, "kind_b": actors[b].kind.value, "ratio": ratio}
    return Facts([_actor(background, a), _actor(background, b)], numbers)


def _no_shared_theme(background: Background, a: int, b: int) -> Facts:
    return Facts([_actor(background, a), _actor(background, b)], {})


def _completes_helix(background: Background, a: int, b: int) -> Facts:
    numbers = {
        "helix_a": background.helix_of(a).value,
        "helix_b": background.helix_of(b).value,
        "a_n": int(background.without[a, background.helix[b]]),
        "a_of": int(background.collaborations[a]),
        "b_n": int(background.without[b, background.helix[a]]),
        "b_of": int(background.collaborations[b]),
    }
    return Facts([_actor(background, a), _actor(background, b)], numbers)


def _same_community(background: Background, a: int, b: int) -> Facts:
    """Refer to a, b and the themes the community is named after."""
    community = background.measures.communities[background.community[a]]
    refs = [_actor(background, a), _actor(background, b), *(Ref(Noun.THEME, theme) for theme in community.themes)]
    return Facts(refs, {"n": len(community.actors), "community": community.id})


def _bridges_communities(background: Background, a: int, b: int) -> Facts:
    """Refer to a and b; ``n`` partnerships join their two communities now."""
    one, other = int(background.community[a]), int(background.community[b])
    numbers = {"n": int(background.between[one, other]), "community_a": one, "community_b": other}
    return Facts([_actor(background, a), _actor(background, b)], numbers)


def _same_place(background: Background, a: int, b: int) -> Facts:
    return Facts([Ref(Noun.PLACE, background.affiliation.regions[a])], {})


def _well_known(background: Background, a: int, b: int) -> Facts:
    refs = [_actor(background, a), _actor(background, b)]
    return Facts(refs, {"a_n": int(background.partners[a]), "b_n": int(background.partners[b])})


def _dormant(background: Background, a: int, b: int) -> Facts:
    """Refer to the dormant ones and to the last collaboration of each, in the same order."""
    dormant = [row for row in (a, b) if background.dormant[row]]
    refs = [_actor(background, row) for row in dormant]
    numbers: dict[str, int | date] = {"n": len(dormant)}
    for number, row in enumerate(dormant):
        day = background.dormant_since[row]
        assert day is not None  # noqa: S101  # that is what dormant means
        numbers[f"ended_{number}"] = day
        refs.append(_latest([each for each in background.collaborations_of(row) if each.end == day]))
    return Facts(refs, numbers)


def _may_compete(background: Background, a: int, b: int) -> Facts:
    themes = _shared_themes(background, a, b)
    return Facts([_actor(background, a), _actor(background, b), *themes.refs], themes.numbers)


def _known_from_one(background: Background, a: int, b: int) -> Facts:
    """Refer to the actors that are in a single collaboration, then to these collaborations, in the same order."""
    rows = [row for row in (a, b) if background.collaborations[row] == 1]
    refs = [_actor(background, row) for row in rows]
    refs += [Ref(Noun.COLLABORATION, background.collaborations_of(row)[0].id) for row in rows]
    return Facts(refs, {"n": len(rows)})


_FACTS: Final[Mapping[str, Callable[[Background, int, int], Facts]]] = {
    "shared_partners": _shared_partners,
    "both_active": _both_active,
    "active_in_themes": _active_in_themes,
    "shared_themes": _shared_themes,
    "shared_topics": _shared_topics,
    "similar_titles": _similar_titles,
    "kinds_meet": _kinds,
    "completes_helix": _completes_helix,
    "same_community": _same_community,
    "bridges_communities": _bridges_communities,
    "same_place": _same_place,
    "well_known": _well_known,
    "kinds_seldom_meet": _kinds,
    "no_shared_theme": _no_shared_theme,
    "dormant": _dormant,
    "may_compete": _may_compete,
    "known_from_one": _known_from_one,
}
