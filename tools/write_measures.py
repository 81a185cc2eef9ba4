"""Write docs/explanation/measures.md anew from the catalogue and its English words: ``make reference`` does it too.

A test compares the page with what this would write, so it can't say what isn't so.
"""

from __future__ import annotations

from pathlib import Path

from graphsvc.analysis.catalogue import CATALOGUE, CostClass, Definition, Scope
from graphsvc.analysis.effort import EXACT_WORK, PIVOTS
from graphsvc.wording import say

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "measures.md"
NOTE = "<!-- Written by tools/write_measures.py from the catalogue; changes made here are lost. -->"
PARTS = ("name", "meaning", "high", "low", "misleads")
SCOPES = {
    Scope.ACTOR: "Actors",
    Scope.TIE: "Ties",
    Scope.COMMUNITY: "Communities",
    Scope.NETWORK: "The network as a whole",
}
COSTS = {
    CostClass.LINEAR: "grows with the ties",
    CostClass.ROUNDS: "many passes over the ties",
    CostClass.DIVISION: "the search for communities",
    CostClass.TRIANGLES: "grows with the triangles",
    CostClass.DISTANCES: "grows with actors × ties, 64 actors at a time",
    CostClass.PATHS: "grows with actors × ties",
}
INTRODUCTION = f"""# Measures

{NOTE}

What each number says, how it is computed, and when it misleads. The network is the actor–actor network of a view: two
actors are tied when they share a collaboration, and the tie weighs Σ 1/(size − 1) over the collaborations they share
(Newman 2001), so that forty participants of one project are not as close as two partners. N(i) are the partners of i, k
their number, n the actors, m the ties. The same words in Finnish and Swedish are in `graphsvc/wordings/measures.toml`.

Every number is the same in every process, whatever the order in which the data came: ids are sorted, seeds are fixed.
A number is exact unless it says otherwise. Betweenness is estimated where n·m is above {EXACT_WORK:,}: from {PIVOTS:,}
actors drawn by lot as starting points, with the half width of the 95 % interval of the worst known value as its error.

Those marked *shown* are computed when nobody says which. What the others cost is told beforehand, and any of them can
be watched and stopped; figures are in [what to use at which size](scale.md). How they are computed, and why so, is
[decision 7](../decisions/0007-kernels.md).
"""


def page() -> str:
    """Return the text of the page."""
    parts = [INTRODUCTION]
    for scope, title in SCOPES.items():
        parts.append(f"## {title}\n")
        parts += [section(each) for each in CATALOGUE.values() if each.scope is scope]
    return "\n".join(parts)


def section(each: Definition) -> str:
    """Describe one measure."""
    words = {
        part: say("measures", f"{each.id}.{part}", "en") for part in ("name", "meaning", "high", "low", "misleads")
    }
    properties = [COSTS[each.cost], "exact, or sampled with its error" if each.sampled else "exact"]
    properties += ["seeded"] if each.seeded else []
    properties += ["shown"] if each.shown else []
    return "\n".join(
        [
            f"### {words['name']}",
            "",
            words["meaning"],
            "",
            f"- id: `{each.id}`, version {each.version}",
            f"- formula: `{each.formula}`",
            f"- source: {each.source}",
            f"- high: {words['high']}",
            f"- low: {words['low']}",
            f"- when it misleads: {words['misleads']}",
            f"- cost: {'; '.join(properties)}",
            "",
        ]
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"docs/explanation/{PAGE.name}: {len(CATALOGUE)} measures.")


if __name__ == "__main__":
    main()
