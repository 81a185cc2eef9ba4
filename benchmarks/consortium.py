"""How fast a consortium is proposed and checked in CORDIS H2020, for every call, with nobody and with one who is in.

``python -m benchmarks.consortium``. The theme is the second most frequent: some thousand actors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import TypeVar, cast

from benchmarks.common import peak_megabytes, show
from benchmarks.missing import snapshot
from graphsvc import rulebook
from graphsvc.consortium import CheckAsk, ConsortiumAsk, check_consortium, find_partners
from graphsvc.model import Snapshot
from graphsvc.outlook import Outlook
from graphsvc.rulebook import Rulebook
from graphsvc.store.graph_store import GraphStore

T = TypeVar("T")


def worked(work: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds that ``work`` takes, and its result."""
    began = process_time()
    result = work()
    return process_time() - began, result


class Held:
    """A snapshot in the place of a store."""

    def __init__(self, held: Snapshot) -> None:
        self._held = held

    def revision(self) -> int:
        """Return the only revision there is."""
        return self._held.revision

    def snapshot(self) -> Snapshot:
        """Return the snapshot."""
        return self._held


def main() -> None:
    """Print the table."""
    held = snapshot()
    outlook = Outlook(cast(GraphStore, Held(held)), lambda: date(2026, 1, 1))
    [_, (theme, _)] = Counter(each for one in held.collaborations for each in one.themes).most_common(2)
    count = Counter(each.actor for each in held.participations)
    busy = max(sorted(count), key=lambda id_: count[id_])
    book = rulebook.read()
    first, _ = worked(lambda: outlook.network(ConsortiumAsk(theme, "horizon-europe").view).affiliation.shared)
    ground, _ = worked(lambda: find_partners(outlook, ConsortiumAsk(theme, "horizon-europe", top=1), book))
    rows = [_row(outlook, book, ConsortiumAsk(theme, call, some)) for call in book.calls for some in ((), (busy,))]
    header = ["call", "in", "candidates", "refused", "seats", "stands", "s", "s in words", "s to check"]
    title = f"Consortia in CORDIS, {len(held.actors):,} actors; CPU seconds"
    show(f"{title}; the network {first:.1f}, the first question {ground:.1f}", header, rows)
    print(f"\nPeak memory {peak_megabytes():,.0f} MB")


def _row(outlook: Outlook, book: Rulebook, ask: ConsortiumAsk) -> list[object]:
    seconds, answer = worked(lambda: find_partners(outlook, ask, book))
    telling, _ = worked(lambda: answer.tell("fi"))
    proposal = answer.found.proposal
    check = CheckAsk(ask.call, tuple(seat.partner for seat in proposal.seats))
    checking, _ = worked(lambda: check_consortium(outlook, check, book))
    stands = "yes" if proposal.stands else ", ".join(f"{each.rule.id}: {each.why}" for each in proposal.unmet)
    counts = (len(ask.already), answer.found.candidates, answer.found.refused, len(proposal.seats))
    return [ask.call, *counts, stands, seconds, telling, checking]


if __name__ == "__main__":
    main()
