"""Keep a copy of all actors that follows the graph: python examples/keep_in_step.py ADDRESS FILE [KEY].

Run it as often as you like, from cron for one. It asks only for what changed since it ran last.
"""

import json
import sys
from pathlib import Path
from typing import Any

from graphsvc.client import Client, NotFound
from graphsvc.client.models import GraphChange

KEPT = {"id", "name", "kind", "place", "business_id", "website", "names", "links"}
"""What is said of the actor itself. What follows from others, such as partners, is not told by changes."""


def main(address: str, file: str, key: str | None = None) -> None:
    """Bring the copy to the graph's revision."""
    path = Path(file)
    copy: dict[str, Any] = {"revision": 0, "actors": {}}
    if path.exists():
        copy = json.loads(path.read_text(encoding="utf-8"))
    asked = 0
    with Client(address, key) as graph:
        since: int | None = copy["revision"]
        while since is not None:
            page = graph.list_changes(since)
            for change in page.items:
                asked += follow(graph, copy["actors"], change)
                copy["revision"] = change.revision
            since = page.next
    path.write_text(json.dumps(copy, ensure_ascii=False), encoding="utf-8")
    print(f"revision {copy['revision']}: {len(copy['actors'])} actors, {asked} asked for")


def follow(graph: Client, actors: dict[str, Any], change: GraphChange) -> int:
    """Do to a copy what a change did to the graph; return how many actors were asked for."""
    ids = set(change.changed.actors)
    if not change.complete:  # anything may have changed: look at all
        ids = {actor.id for actor in graph.list_actors(identity="recorded", limit=500)}
    # Entries that are one body show the same: those that were, and those that are now.
    ids |= {entry for id_ in ids if id_ in actors for entry in actors[id_]["entries"]}
    wanted, seen = sorted(ids), set[str]()
    while wanted:
        id_ = wanted.pop()
        seen.add(id_)
        try:
            actor = graph.get_actor(id_)
        except NotFound:  # it went in the meantime; a later change says so too
            actors.pop(id_, None)
            continue
        entries = [entry.id for entry in actor.entries]
        actors[id_] = {**actor.model_dump(mode="json", include=KEPT), "entries": entries}
        wanted += [entry for entry in entries if entry not in seen and entry not in wanted]
    for id_ in change.gone.actors:
        actors.pop(id_, None)
    return len(seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
