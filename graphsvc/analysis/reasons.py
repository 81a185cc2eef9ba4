"""Evidence → a sentence in Finnish, Swedish or English, from ``wordings/reasons.toml``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from graphsvc.analysis.results import Evidence, How, Noun, Ref, Unsuggested
from graphsvc.wording import day, listed, number, say, table

NameOf = Callable[[Ref], str]

NAMED: Final = 3
"""Names a sentence lists at most before it says how many more there are."""
_SUBJECT: Final = {
    "shared_partners": Noun.ACTOR,
    "shared_themes": Noun.THEME,
    "active_in_themes": Noun.THEME,
    "may_compete": Noun.THEME,
    "same_community": Noun.THEME,
    "same_place": Noun.PLACE,
}
"""The nouns of which a kind of evidence lists the names."""


def reason(evidence: Evidence, language: str, name_of: NameOf) -> str:
    """Return the evidence as one sentence. ``name_of`` names a thing in that language; names come out as they are.

    Names are data: whoever puts the sentence into markup must escape it.
    """
    key = f"{evidence.side.value}.{evidence.kind}"
    parameters = _parameters(evidence, language, name_of)
    if evidence.kind == "same_community" and not parameters["names"]:
        key += "_unnamed"
    if evidence.kind == "bridges_communities" and not parameters["n"]:
        key += "_none"
    return say("reasons", key, language, **parameters)


def method(how: How, language: str) -> str:
    """Return how a list of missing partnerships was made as one sentence without its full stop."""
    sides: dict[str, list[str]] = {"for": [], "against": []}
    for kind, weight in how.weights.items():
        side = "for" if f"for.{kind}" in table("reasons") else "against"
        sides[side].append(_weight(kind, weight, language))
    text = say(
        "reasons",
        "method.sum",
        language,
        speaks_for=", ".join(sides["for"]),
        against=", ".join(sides["against"]),
        day=_text(how.on, language),
        years=number(how.half_life, language, 1),
    )
    if how.few_partners:
        few = ", ".join(_weight(kind, weight, language) for kind, weight in how.few_partners.items())
        text += f"; {say('reasons', 'method.few_partners', language, weights=few)}"
    text += f"; {say('reasons', 'method.balance', language, balance=number(how.balance, language, 1))}"
    if how.per_actor is None:
        return text
    return f"{text}; {say('reasons', 'method.cap', language, n=how.per_actor)}"


def _weight(kind: str, weight: float, language: str) -> str:
    digits = next(digits for digits in range(3) if digits == 2 or round(weight, digits) == round(weight, 2))
    return f"{say('reasons', f'method.feature.{kind}', language)} {number(weight, language, digits)}"


def silence(found: Unsuggested, language: str) -> tuple[str, ...]:
    """Return whom a list is silent about: in all, then by kind and by number of partners."""
    sentences = [
        say(
            "reasons",
            "silence.all",
            language,
            n=found.actors,
            all=number(found.actors, language),
            without=number(found.without_line, language),
            out=number(found.without_candidate, language),
        )
    ]
    kinds = {say("kinds", f"actor.{kind}", language): each for kind, each in found.by_kind.items()}
    strata = {say("reasons", f"silence.stratum.{name}", language): each for name, each in found.by_partners.items()}
    for key, groups in (("kind", kinds), ("partners", strata)):
        shares = [
            f"{group} {number(each.without_line, language)}/{number(each.actors, language)}"
            for group, each in groups.items()
        ]
        if shares:
            sentences.append(say("reasons", f"silence.by_{key}", language, shares=", ".join(shares)))
    return tuple(sentences)


def listing(names: Sequence[str], total: int, language: str, most: int = NAMED) -> str:
    """Return up to ``most`` names as ``a, b and c``, or ``a, b, c and 4 more`` where ``total`` is larger."""
    shown = list(names[:most])
    more = total - len(shown)
    if more <= 0:
        return listed(shown, language)
    return say("reasons", "more.names", language, names=", ".join(shown), n=more, count=number(more, language))


def _parameters(evidence: Evidence, language: str, name_of: NameOf) -> dict[str, object]:
    count = evidence.numbers.get("n", 0)
    parameters: dict[str, object] = {"n": count, "count": _text(count, language)}
    actors = [ref for ref in evidence.refs if ref.noun is Noun.ACTOR]
    collaborations = [ref for ref in evidence.refs if ref.noun is Noun.COLLABORATION]
    if evidence.kind == "dormant":
        names = [
            f"{name_of(ref)} ({_text(evidence.numbers[f'ended_{at}'], language)})" for at, ref in enumerate(actors)
        ]
        return parameters | {"names": listed(names, language)}
    if evidence.kind == "known_from_one":
        names = [f"{name_of(who)} ({name_of(what)})" for who, what in zip(actors, collaborations, strict=True)]
        return parameters | {"names": listed(names, language)}
    if subject := _SUBJECT.get(evidence.kind):
        names = [name_of(ref) for ref in evidence.refs if ref.noun is subject]
        # The size of a community is no number of themes.
        total = len(names) if evidence.kind == "same_community" else max(int(str(count)), len(names))
        parameters["names"] = listing(names, total, language)
        if evidence.kind != "active_in_themes":
            return parameters
    if evidence.kind in ("kinds_meet", "kinds_seldom_meet"):
        return _kinds(evidence, language)
    parameters["topic"] = evidence.numbers.get("topic", "")
    for side, ref in zip("ab", actors, strict=False):
        parameters[side] = name_of(ref)
        parameters[f"{side}_count"] = _text(evidence.numbers.get(f"{side}_n", 0), language)
        parameters[f"{side}_of"] = _text(evidence.numbers.get(f"{side}_of", 0), language)
        if helix := evidence.numbers.get(f"helix_{side}"):
            parameters[f"helix_{side}"] = say("kinds", f"helix.{helix}", language)
    for side, ref in zip("ab", collaborations, strict=False):
        parameters[f"{side}_latest"] = name_of(ref)
    return parameters


def _kinds(evidence: Evidence, language: str) -> dict[str, object]:
    kinds = {side: say("kinds", f"actor.{evidence.numbers[side]}", language) for side in ("kind_a", "kind_b")}
    return {**kinds, "ratio": number(float(str(evidence.numbers["ratio"])), language, 1)}


def _text(value: float | str | date, language: str) -> str:
    """Return a value as people of that language write it; dates as d.m.yyyy in Finnish, else as ISO 8601."""
    if isinstance(value, date):
        return day(value, language)
    return value if isinstance(value, str) else number(value, language)
