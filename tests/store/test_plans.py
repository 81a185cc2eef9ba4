"""What a page asks of Neo4j begins at what it is about: no plan of it looks through all there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import neo4j
import pytest

from graphsvc.store import queries
from graphsvc.store.graph_store import GraphStore
from tests.neo4j_server import RunningServer
from tests.store.made_up import region

LISTS: Final = frozenset(
    {
        *("actors/search", "actors/count", "actors/about", "actors/said_by"),
        *("collaborations/search", "collaborations/count"),
    }
)
"""Searches of everything; ``store/by_name.py`` asks them for the first question, and for themes and sources.
``actors/about`` asks of many actors at once, and Neo4j looks through all themes where these are few."""
LOGS: Final = frozenset(
    {"changes/after", "contacts/past", "imports/of_source", "descriptions/of_other_files", "links/of_other_files"}
)
"""What looks at all changes, contact persons, imports, or what other files say; no page about one thing asks these."""
OF_FILES: Final = frozenset({"participations/of_file"})
"""What an import compares itself with."""
ASKED: Final = [
    name
    for name in queries.portable_names()
    if (statement := queries.statement(name)).mode == "read"
    and statement.parameters
    and not name.startswith("backup/")  # it reads all there is; where little is, Neo4j goes through it from its start
    and name not in LISTS | LOGS | OF_FILES
]
VALUES: Final = {"text": "x", "integer": 1, "iso date": "2020-02-29", "list of text": ["x"]}


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for each in plan.get("children", ()):
        yield from _operators(each)


@pytest.mark.neo4j
def test_what_is_asked_of_one_thing_scans_nothing(neo4j_running: RunningServer, neo4j_store: GraphStore) -> None:
    neo4j_store.apply(region())
    auth = ("neo4j", neo4j_running.password) if neo4j_running.password else None
    scanning = {}
    with neo4j.GraphDatabase.driver(neo4j_running.uri, auth=auth) as driver, driver.session() as session:
        session.run("CALL db.awaitIndexes(60)").consume()
        for name in ASKED:
            statement = queries.statement(name)
            asked = {key: VALUES[kind.removesuffix("?")] for key, kind in statement.parameters.items()}
            plan = session.run("EXPLAIN " + statement.text, asked).consume().plan
            if scans := [each for each in _operators(dict(plan or {})) if "Scan" in each]:
                scanning[name] = scans
    assert len(ASKED) > 30
    assert scanning == {}
