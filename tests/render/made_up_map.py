"""A made-up region: fictional Finnish organisations, their collaborations, groups and suggested partnerships."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from urllib.parse import urlencode

from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Name, Snapshot
from graphsvc.render.content import (
    MapActor,
    MapCollaboration,
    MapCommunity,
    MapContent,
    MapSource,
    MapStep,
    MapSuggestion,
    MapTie,
)
from graphsvc.render.redaction import Concealed, Redaction, concealed

STEMS = "Kangas Lumi Metsä Näsi Pirkka Pyhä Rauta Sata Vesi Ääni Öljy Harju Hämeen Järvi Kivi Koski Lempä Virta"
ENDS = {
    ActorKind.UNIVERSITY: ["n yliopisto", "n ammattikorkeakoulu"],
    ActorKind.RESEARCH_ORGANISATION: ["-tutkimuslaitos"],
    ActorKind.FIRM: ["soft Oy", "tec Oy", "metrics Oy", "works Oy", "bio Oy", "dyn Oy", "energia Oy"],
    ActorKind.PUBLIC_BODY: ["n kunta", "n kaupunki", "n kehitysyhtiö", "n hyvinvointialue"],
    ActorKind.CIVIL_SOCIETY: ["-säätiö", "-yhdistys ry", "n kylät ry"],
    ActorKind.OTHER: ["-foorumi"],
    ActorKind.UNKNOWN: [" & kumppanit"],
}
SHARES = {
    ActorKind.UNIVERSITY: 5,
    ActorKind.RESEARCH_ORGANISATION: 6,
    ActorKind.FIRM: 78,
    ActorKind.PUBLIC_BODY: 34,
    ActorKind.CIVIL_SOCIETY: 22,
    ActorKind.OTHER: 2,
    ActorKind.UNKNOWN: 3,
}
THEMES = [
    "Hydrogen and energy", "Digital manufacturing", "Health data", "Bioeconomy",
    "Smart city", "Creative industries", "Circular economy", "Photonics",
]  # fmt: skip
PLACES = ["Tampere", "Nokia", "Ylöjärvi", "Äänekoski", "Pälkäne", "Sastamala"]


def made_up_map(actors: int = 150, communities: int = 8, suggestions: int = 14, language: str = "en") -> MapContent:
    """Return a map with ``actors`` actors in ``communities`` groups of uneven size; the same each time."""
    draw = random.Random(7)  # noqa: S311  # made-up data, no secret
    kinds = draw.choices(list(SHARES), list(SHARES.values()), k=actors)
    taken: Counter[str] = Counter()
    names = []
    for kind in kinds:
        name = draw.choice(STEMS.split()) + draw.choice(ENDS[kind])
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name} {taken[name]}")
    group_of = [min(int(draw.expovariate(1 / (communities / 2.6))), communities - 1) for _ in range(actors)]
    strong = (ActorKind.UNIVERSITY, ActorKind.RESEARCH_ORGANISATION)
    pull = [draw.paretovariate(1.5) * (5 if kind in strong else 1) for kind in kinds]
    joint, ties = _collaborations(draw, group_of, pull)
    degree: Counter[int] = Counter(end for pair in ties for end in pair)
    importance = [
        len({group_of[b if a == n else a] for a, b in ties if n in (a, b)}) ** 2 * degree[n] / 1000
        for n in range(actors)
    ]
    order = sorted(range(actors), key=lambda n: (-importance[n], n))
    ids = [f"made-up-{n}" for n in range(actors)]
    return MapContent(
        title="Innovation network of Harjula region",
        language=language,
        summary=f"{actors} actors, {len(ties)} ties, {communities} groups, {suggestions} suggested partnerships."
        f" Most often between others: {names[order[0]]}.",
        data_date=date(2026, 10, 31),
        revision=12,
        size_measure="betweenness",
        actors=tuple(
            MapActor(
                id=ids[n],
                name=names[n],
                kind=kinds[n],
                importance=round(importance[n], 5),
                themes=tuple(sorted({THEMES[group_of[n] % len(THEMES)], draw.choice(THEMES)})),
                place=draw.choice(PLACES),
                website=f"https://www.{ids[n]}.example" if draw.random() < 0.3 else None,
                community=group_of[n] if degree[n] else None,
                local=draw.random() < 0.4,
            )
            for n in order
        ),
        collaborations=joint,
        ties=tuple(
            sorted(
                (
                    MapTie(ids[a], ids[b], float(len(via)), tuple(joint[each].id for each in via))
                    for (a, b), via in ties.items()
                ),
                key=lambda tie: (-tie.weight, tie.a, tie.b),
            )
        ),
        suggestions=_suggestions(draw, ids, order, ties, suggestions),
        communities=tuple(
            MapCommunity(group, THEMES[group % len(THEMES)] + (f" {group // len(THEMES) + 1}" if group >= 8 else ""))
            for group in range(communities)
        ),
        sources=(
            MapSource("Made-up register", date(2026, 10, 31), "https://data.example/register", "CC BY 4.0"),
            MapSource("Harjulan hankelista"),
        ),
        method="made up",
    )


def _collaborations(
    draw: random.Random, group_of: list[int], pull: list[float]
) -> tuple[tuple[MapCollaboration, ...], dict[tuple[int, int], list[int]]]:
    """Each actor but three brings one collaboration with partners of its group, some with one from elsewhere."""
    joint: list[MapCollaboration] = []
    ties: dict[tuple[int, int], list[int]] = {}
    everyone = range(len(group_of))
    for number in everyone[:-3]:
        inside = [n for n in everyone[:-3] if group_of[n] == group_of[number]]
        outside = [n for n in everyone[:-3] if group_of[n] != group_of[number]]
        members = {number, *draw.choices(inside, [pull[n] for n in inside], k=draw.choice([1, 1, 2, 2, 3]))}
        if draw.random() < 0.3:
            members |= set(draw.choices(outside, [pull[n] for n in outside], k=1))
        start = 2015 + number % 11
        kind = draw.choice(list(CollaborationKind))
        name = f"{draw.choice(STEMS.split())} {start}"
        themes = (THEMES[group_of[number] % len(THEMES)],)
        site = f"https://projects.example/{number}" if number % 9 == 0 else None
        joint.append(MapCollaboration(f"joint-{number}", name, kind, start, start + 3, themes, site))
        for pair in combinations(sorted(members), 2):
            ties.setdefault(pair, []).append(number)
    return tuple(joint), ties


def _suggestions(
    draw: random.Random, ids: list[str], order: list[int], ties: dict[tuple[int, int], list[int]], wanted: int
) -> tuple[MapSuggestion, ...]:
    pairs = [
        (a, b) for a, b in combinations(sorted(order[:30]), 2) if (a, b) not in ties and draw.random() < 0.12
    ][:wanted]  # fmt: skip
    return tuple(
        MapSuggestion(
            rank=rank,
            a=ids[a],
            b=ids[b],
            score=round(1 - rank / 40, 3),
            reasons_for=("They share 3 partners, for example Näsin yliopisto.", "Both work on health data."),
            reasons_against=("Both are busy already: 14 and 9 partners.",) if rank % 2 else (),
        )
        for rank, (a, b) in enumerate(pairs, start=1)
    )


HOSTILE = (
    '</script><img src=x onerror="window.struck=1">',
    '"><svg onload="window.struck=1">',
    "<img src=x onerror=window.struck=1> href",
    "javascript:window.struck=1",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>window.struck=1</script>",
    "=HYPERLINK(\"javascript:window.struck=1\")",
    "$& $1 `${window.struck=1}` \u2028\u0000\x1b ]]> &lt;b&gt;",
    "right to left \u202e\u2067>tpircs/<1=kcurts\u2069\u202c and back",
    "zero\u200bwidth\u200d\u2060\ufeff<img src=x onerror=window.struck=1>",
    "#actor=x&theme=<script>window.struck=1</script>",
    f"long {'<b>x</b>' * 1250}",
)  # fmt: skip


def hostile_map(language: str = "en") -> MapContent:
    """Return the made-up map with script in every text that comes from data."""
    plain = made_up_map(40, 4, 6, language)
    bad = HOSTILE

    def text(number: int) -> str:
        return bad[number % len(bad)]

    return replace(
        plain,
        title=bad[0],
        summary=" ".join(bad),
        method=bad[1],
        actors=tuple(
            replace(
                actor,
                name=f"{text(n)} {n}",
                themes=(text(n + 1), text(n + 2)),
                place=text(n + 3),
                also=(text(n + 4), text(n + 5)),
                website=("javascript:window.struck=1", 'https://x.example/"onmouseover="window.struck=1')[n % 2],
            )
            for n, actor in enumerate(plain.actors)
        ),
        collaborations=tuple(
            replace(each, name=text(n), themes=(text(n + 1),), website=("javascript:window.struck=1", text(n))[n % 2])
            for n, each in enumerate(plain.collaborations)
        ),
        suggestions=tuple(
            replace(each, reasons_for=bad, reasons_against=bad[:2]) for each in plain.suggestions
        ),
        communities=tuple(replace(each, name=text(n)) for n, each in enumerate(plain.communities)),
        places_above=tuple((text(n), text(n + 1)) for n in range(len(bad) - 1)),
        themes_above=tuple((text(n + 1), text(n)) for n in range(len(bad) - 1)),
        story=tuple(MapStep(each, urlencode(dict.fromkeys(("theme", "place", "group", "at"), each))) for each in bad),
        sources=(
            MapSource(bad[0], None, "javascript:window.struck=1", bad[1]),
            MapSource(bad[2], None, 'https://x.example/"><script>window.struck=1</script>', bad[3]),
        ),
    )  # fmt: skip


def recorded(content: MapContent) -> Snapshot:
    """Return a graph that has just the actors and collaborations that a map shows, with their names."""
    actors = (
        Actor.model_construct(
            id=each.id,
            name=each.name,
            kind=each.kind,
            names=tuple(Name.model_construct(text=text) for text in each.also),
        )
        for each in content.actors
    )
    shared = (Collaboration.model_construct(id=each.id, name=each.name) for each in content.collaborations)
    return Snapshot(content.revision, tuple(actors), tuple(shared), (), (), (), (), ())


def _also(text: str) -> Name:
    return Name.model_construct(text=text)


def hiding(content: MapContent, redaction: Redaction) -> Concealed:
    """Return what is hidden, as if there were nobody but those whom the map shows."""
    return concealed(redaction, recorded(content), {})
