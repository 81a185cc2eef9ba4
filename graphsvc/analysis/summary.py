"""A network in five sentences: the facts, and their text for map, report and command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from graphsvc.analysis.results import Measures, Missing, Noun, Ref
from graphsvc.wording import number, say

_ORDER: Final = ("size", "communities", "isolated", "missing", "broker", "undated")


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to say of a network in a glance."""

    revision: int
    actors: int
    collaborations: int
    ties: int
    """Pairs of actors that share a collaboration."""
    communities: int
    isolated: int
    """Actors without partners."""
    missing: int | None
    """Missing partnerships suggested; None when nobody asked."""
    broker: str | None
    """Id of the actor with the highest betweenness; None when nobody is between others."""
    undated: int
    """Collaborations left out as they don't say when they began."""


def summary(
    measures: Measures, collaborations: int, missing: Missing | None = None, left_out: Mapping[str, int] | None = None
) -> Summary:
    """Return the facts. ``collaborations``: their number in the view; ``left_out``: as the network counted them."""
    degrees = measures.measures["degree"].values
    between = measures.measures["betweenness"].values
    broker = min(between, key=lambda id_: (-between[id_], id_), default=None)
    return Summary(
        revision=measures.revision,
        actors=len(degrees),
        collaborations=collaborations,
        ties=round(sum(degrees.values())) // 2,
        communities=len(measures.communities),
        isolated=sum(not degree for degree in degrees.values()),
        missing=None if missing is None else len(missing.partnerships),
        broker=broker if broker is not None and between[broker] > 0 else None,
        undated=(left_out or {}).get("undated", 0),
    )


def sentences(facts: Summary, language: str, name_of: Callable[[Ref], str]) -> tuple[str, ...]:
    """Return the summary as sentences, most important first; what is not there is not spoken of."""
    sizes = {key: number(getattr(facts, key), language) for key in ("actors", "collaborations", "ties")}
    counts = {key: getattr(facts, key) for key in ("communities", "isolated", "missing", "undated")}
    said = {
        key: say("reasons", f"summary.{key}", language, n=count, count=number(count, language))
        for key, count in counts.items()
        if count
    }
    said["size"] = say("reasons", "summary.size", language, **sizes)
    if facts.broker is not None:
        broker = name_of(Ref(Noun.ACTOR, facts.broker))
        said["broker"] = say("reasons", "summary.broker", language, broker=broker)
    return tuple(said[key] for key in _ORDER if key in said)
