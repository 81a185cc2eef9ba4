"""A backtest as sentences in Finnish, Swedish or English, from ``wordings/backtest.toml``."""

from __future__ import annotations

from collections.abc import Callable

from graphsvc.analysis.backtest import LINES, MODEL, Backtest, Scope
from graphsvc.wording import day, number, say, table

BETTER, PERHAPS, NO_BETTER = "better", "perhaps", "no_better"


def verdict(found: Backtest, scope: str, lines: int) -> str:
    """Say whether the model beats the best baseline there: ``better``, ``perhaps`` within chance, or ``no_better``.

    ``better`` when the lower end of the model's 95 % interval is above what the best baseline reached.
    """
    mine = found.listed(MODEL, scope).precision[lines]
    other = found.best_baseline(scope, lines).precision[lines]
    if mine.value <= other.value:
        return NO_BETTER
    return BETTER if mine.low > other.value else PERHAPS


def track_record(found: Backtest, language: str, name_of: Callable[[str], str]) -> tuple[str, ...]:
    """Return what a backtest found, sentence by sentence. ``name_of`` names a place that is a scope."""

    def counted(value: int) -> str:
        return number(value, language)

    first = say(
        "backtest",
        "told.past",
        language,
        cut=day(found.cut, language),
        until=day(found.until, language),
        known=counted(found.known),
        new=counted(len(found.window.a)),
        reached=number(100 * found.reached, language),
        candidates=counted(found.candidates),
    )
    window = found.window
    bounds = {"unknown": window.unknown, "kin": window.kin, "undated": found.undated}
    limits = say("backtest", "told.limits", language, **{name: counted(value) for name, value in bounds.items()})
    told = [_of_scope(found, each, lines, language, name_of) for each in found.scopes for lines in LINES]
    return (first, limits, *told, _of_actors(found, language))


def scope_name(scope: str, language: str, name_of: Callable[[str], str]) -> str:
    """Return the name of a scope: of a part of all pairs, or of a place."""
    return say("backtest", f"scope.{scope}", language) if f"scope.{scope}" in table("backtest") else name_of(scope)


def _of_scope(found: Backtest, scope: Scope, lines: int, language: str, name_of: Callable[[str], str]) -> str:
    mine = found.listed(MODEL, scope.name).precision[lines]
    best = found.best_baseline(scope.name, lines)
    other = best.precision[lines]
    name = scope_name(scope.name, language, name_of)
    key = verdict(found, scope.name, lines)
    return say(
        "backtest",
        f"told.{key}" if other.value or key == NO_BETTER else f"told.{key}_alone",
        language,
        scope=name[:1].upper() + name[1:],
        lines=number(lines, language),
        value=number(100 * mine.value, language, 1),
        low=number(100 * mine.low, language, 1),
        high=number(100 * mine.high, language, 1),
        baseline=say("backtest", f"scorer.{best.scorer}", language),
        other=number(100 * other.value, language, 1),
        times=number(mine.value / other.value, language, 2) if other.value else "",
    )


def _of_actors(found: Backtest, language: str) -> str:
    by_scorer = {each.scorer: each.precision_10 for each in found.per_actor}
    mine = by_scorer.pop(MODEL)
    best = max(by_scorer, key=lambda scorer: by_scorer[scorer])
    return say(
        "backtest",
        "told.per_actor",
        language,
        n=number(found.actors, language),
        value=number(100 * mine, language, 1),
        baseline=say("backtest", f"scorer.{best}", language),
        other=number(100 * by_scorer[best], language, 1),
    )
