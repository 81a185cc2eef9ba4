"""The whole graph as one file, from any engine into any engine: every node and relation with all that it holds.

A file is gzip over lines of JSON: a head, then pages of nodes and relations, then an end that counts them. Unlike a
copy of an engine's own files it is taken while the graph is in use, and it is not tied to an engine or its version.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from pydantic_core import to_json

from graphsvc import __version__
from graphsvc.errors import InvalidValue, StoreBusy, UnreadableFile
from graphsvc.store import content
from graphsvc.store.change import FORMAT
from graphsvc.store.engine import Row, Step
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.migrating import LAST, migrate

LAYOUT: Final = 1
"""How a backup is written. Raise it when this version would misread a file of the version before."""
_MADE_LAST: Final = ("change", "revision")
"""A graph counts its changes as its revision: one that was restored in part has none yet, and can be restored again."""
NODES: Final = (
    *("source", "place", "theme", "actor", "collaboration", "description", "record", "import", "content"),
    *("judgement", "proposal", "decision", "contact"),
    *_MADE_LAST,
)
"""In the order in which they are written."""
RELATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "actor_participates_in_collaboration": ("actor", "id"),
    "actor_same_as_actor": ("actor", "id"),
    "actor_unit_of_actor": ("actor", "id"),
    "actor_member_of_actor": ("actor", "id"),
    "actor_succeeded_by_actor": ("actor", "id"),
    "actor_located_in_place": ("actor", ""),
    "collaboration_about_theme": ("collaboration", "file"),
    "place_part_of_place": ("place", ""),
    "theme_part_of_theme": ("theme", ""),
    "description_describes_actor": ("description", ""),
    "description_describes_collaboration": ("description", ""),
    "description_describes_place": ("description", ""),
    "description_describes_source": ("description", ""),
    "description_describes_theme": ("description", ""),
}
"""Statement → the node that it starts at, and the property that tells two relations of one pair apart."""
_ENGINES_OWN: Final = {"title", "type"}
"""Properties that kglite adds to what is read; nothing of ours has these names (cypher/README.md)."""
_PLAIN: Final = frozenset({str, int, bool, float, list, type(None)})
PAGE: Final = 5_000
"""Relations that are asked for at a time. The statements of nodes say for themselves how many (cypher/README.md)."""
_TRIES: Final = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds."""

    revision: int
    made: datetime
    engine: str
    """Where the graph was, in words."""
    version: str
    """The graphsvc that wrote it."""
    counts: Mapping[str, int]
    """Kind of node or relation → number."""


def save(store: GraphStore, path: Path, progress: Progress | None = None) -> Held:
    """Write all that the graph holds to ``path``, whole or not at all.

    Reads are separate, so the revision is read before and after; when changes came in between, it is done again.
    :class:`StoreBusy` when they keep coming.
    """
    part = path.with_name(path.name + ".part")
    try:
        for _ in range(_TRIES):
            held = _write(store, part, progress)
            if store.revision() == held.revision:
                part.replace(path)
                return held
    finally:
        part.unlink(missing_ok=True)
    raise StoreBusy(
        f"The graph changed {_TRIES} times while it was saved.", remedy="Try again when no import is running."
    )


def look(path: Path) -> Held:
    """Read a backup to its end and say what it holds. :class:`UnreadableFile` where it is none, or not whole."""
    last: dict[str, Any] = {}
    for last in _lines(path):  # noqa: B007  # to the very end: gzip's checksum stands there
        pass
    if "end" not in last:
        raise _broken(path, "its end is missing")
    return _held(last)


def names(path: Path, is_in: Callable[[str], bool]) -> bool:
    """Say whether a backup names somebody, as ``is_in`` tells of a text. :class:`UnreadableFile` where it is none."""
    for line in _lines(path):
        for row in line.get("rows", ()):
            held = row[2] if isinstance(row, list) else row
            if line["kind"] == "content":
                held = {"said": content.unpack(held["packed"])}
            if is_in(json.dumps(held, default=str, ensure_ascii=False)):
                return True
    return False


def restore(store: GraphStore, path: Path, progress: Progress | None = None) -> Held:
    """Fill an empty graph with a backup. The file is read to its end before anything is written.

    Broken off, it can be done again. :class:`InvalidValue` for a graph that holds something already.
    """
    held = look(path)
    if held_already := store.revision():
        raise InvalidValue(
            f"The graph is at revision {held_already} already; a backup is restored into an empty one.",
            remedy="Let GRAPHSVC_STORE name a new graph.",
        )
    done, of = 0, sum(held.counts.values())
    for line in _lines(path):
        if "rows" in line:
            store.engine.write([_step(line["kind"], line["rows"])])
            done += len(line["rows"])
            if progress:
                progress(done, of)
    migrate(store.engine)
    return held


# ---- writing


def _write(store: GraphStore, path: Path, progress: Progress | None) -> Held:
    head = {
        "graphsvc": "backup",
        "layout": LAYOUT,
        "format": FORMAT,
        "migrated": LAST,
        "revision": store.revision(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": store.engine.name,
        "version": __version__,
    }
    counts: dict[str, int] = {}
    kinds = len(NODES) + len(RELATIONS)
    # No time and no name in the gzip head: a graph has one backup, but for the moment that its own head names.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        packed.write(_line(head))
        for page in pages(store):
            packed.write(_line(page))
            counts[page["kind"]] = counts.get(page["kind"], 0) + len(page["rows"])
            if progress:
                progress(len(counts), kinds)
        packed.write(json.dumps({"end": counts, **head}).encode() + b"\n")
    return _held({"end": counts, **head})


def pages(store: GraphStore) -> Iterator[dict[str, Any]]:
    """Yield all that the graph holds, in pages of one kind of node or relation; changes and the revision last.

    One page is in memory at a time. Values are as JSON has them, a day as ``{"$date": …}``.
    """
    ends: dict[str, list[str]] = {}
    for kind in NODES:
        if kind not in _MADE_LAST:
            for rows in _nodes(store, kind):
                ends.setdefault(kind, []).append(rows[-1]["id"])
                yield _page(kind, rows)
    for kind, (start, _) in RELATIONS.items():
        for rows in _relations(store, kind, ends.get(start, ())):
            found = [[row["a"], row["b"], _own(row["properties"])] for row in rows]
            yield {"kind": kind, "rows": found}
    for kind in _MADE_LAST:
        yield from (_page(kind, rows) for rows in _nodes(store, kind))


def _nodes(store: GraphStore, kind: str) -> Iterator[list[Row]]:
    after = ""
    while rows := store.engine.read(f"backup/{kind}", {"after": after}):
        yield rows
        after = rows[-1]["id"]


def _relations(store: GraphStore, kind: str, ends: Sequence[str]) -> Iterator[list[Row]]:
    """Yield pages of the relations that start at slices of nodes, each ``until`` one of ``ends``."""
    key = RELATIONS[kind][1]
    last = ""
    for until in ends:
        after = {"after": last, "after_b": None, **({"after_key": None} if key else {})}
        while rows := store.engine.read(f"backup/{kind}", {**after, "until": until, "limit": PAGE}):
            yield rows
            if len(rows) < PAGE:
                break
            a, b, own = rows[-1]["a"], rows[-1]["b"], rows[-1]["properties"]
            after = {"after": a, "after_b": b, **({"after_key": own[key]} if key else {})}
        last = until


def _page(kind: str, rows: list[Row]) -> dict[str, Any]:
    return {"kind": kind, "rows": [_own(row["properties"]) for row in rows]}


def _line(line: Mapping[str, Any]) -> bytes:
    return to_json(line) + b"\n"


def _own(properties: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: properties[name] for name in sorted(properties.keys() - _ENGINES_OWN)}
    if _PLAIN.issuperset(map(type, own.values())):
        return own
    return {name: value if type(value) in _PLAIN else _day(value) for name, value in own.items()}


def _day(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} is nothing that the graph holds")


# ---- reading


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a backup, the head first. :class:`UnreadableFile` where it is none."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, text in enumerate(file):
                line = json.loads(text, object_hook=_from_day)
                if number == 0:
                    _check_head(path, line)
                elif not _is_page(line) and "end" not in line:
                    raise _broken(path, f"line {number + 1} is of no kind that a backup has")
                yield line
    except OSError as error:
        raise _broken(path, error.strerror or str(error)) from error
    except (ValueError, EOFError, zlib.error, TypeError) as error:
        raise _broken(path, str(error)) from error


def _check_head(path: Path, line: Any) -> None:
    if not isinstance(line, dict) or line.get("graphsvc") != "backup":
        raise _broken(path, "it does not begin as one")
    if line["layout"] > LAYOUT or line["format"] > FORMAT or line.get("migrated", 0) > LAST:
        raise UnreadableFile(
            f"{path.name} was written by a newer graphsvc ({line['version']}).", remedy="Update graphsvc."
        )
    if line["format"] < FORMAT:
        raise UnreadableFile(
            f"{path.name} holds a graph as graphsvc {line['version']} wrote it.",
            remedy="Restore it with that version, and import the files anew with this one.",
        )


def _is_page(line: Any) -> bool:
    return isinstance(line, dict) and line.get("kind") in {*NODES, *RELATIONS} and isinstance(line.get("rows"), list)


def _from_day(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["$date"]) if set(value) == {"$date"} else value


def _broken(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} is no backup of graphsvc, or not a whole one: {why}.", remedy="Take another copy of it."
    )


def _held(end: Mapping[str, Any]) -> Held:
    made = datetime.fromisoformat(end["made"])
    return Held(end["revision"], made, end["engine"], end["version"], dict(end["end"]))


def _step(kind: str, rows: list[Any]) -> Step:
    if kind in NODES:
        nodes = [{"id": row["id"], "name": row["name"], "properties": row} for row in rows]
        return Step(f"restore/{kind}", {"rows": nodes})
    _, key = RELATIONS[kind]
    found = [{"a": a, "b": b, "properties": own, **({"key": own[key]} if key else {})} for a, b, own in rows]
    return Step(f"restore/{kind}", {"rows": found})
