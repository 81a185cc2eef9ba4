"""One address chooses the engine: a Neo4j server, a file of this machine, or memory."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal
from urllib.parse import urlsplit

from graphsvc.errors import SettingsError, StoreUnavailable
from graphsvc.settings import Settings
from graphsvc.store.change import FORMAT
from graphsvc.store.embedded import MEMORY, EmbeddedEngine
from graphsvc.store.engine import Engine
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.guarded import GuardedEngine
from graphsvc.store.migrating import migrate, waiting
from graphsvc.store.watched import WatchedEngine

SERVER_SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

# A scheme has two letters at least, so that C:\graph.kgl is a path.
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")

_CHOICES: Final = (
    "It may be neo4j://, neo4j+s://, neo4j+ssc://, bolt://, bolt+s:// or bolt+ssc:// for a Neo4j server, a path for the"
    f" embedded engine, or {MEMORY} for a graph that is not kept."
)


def open_store(
    settings: Settings, *, work: Literal["requests", "jobs"] = "requests", upgrade: bool = True
) -> GraphStore:
    """Open the store that the settings name and see to its schema and its migrations.

    Without ``upgrade`` no migration is done, for who only looks: nothing may be written then.

    ``work`` says who waits: a person for the answer to a request, or a job that may outlive a restart of the server.
    Errors: :class:`SettingsError` for an address of no known kind, else those below
    :class:`graphsvc.errors.StoreError`: among them :class:`StoreUnavailable` for a graph in another format.
    """
    store = GraphStore(WatchedEngine(_engine(settings, work)))
    try:
        _refuse_other_format(store)
        waiting(store.engine)  # refuses what a newer version has done
        store.prepare()
        if upgrade:
            migrate(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_other_format(store: GraphStore) -> None:
    """Touch no graph that this version would misread: neither one of before ADR 0006 nor one of a later version."""
    for row in store.engine.read("revision/format"):
        format_, graph = row["format"], f"The graph ({store.engine.name}) was written by"
        if format_ is None or format_ < FORMAT:
            raise StoreUnavailable(
                f"{graph} an older graphsvc, which kept one word of all files only.",
                remedy="Let GRAPHSVC_STORE name a new graph and import the files into it again.",
            )
        if format_ > FORMAT:
            raise StoreUnavailable(
                f"{graph} a newer graphsvc (format {format_}; this one reads {FORMAT}).",
                remedy="Update graphsvc, or let GRAPHSVC_STORE name another graph.",
            )


def _path(text: str) -> str:
    """Return a path for the embedded engine; an address with a slip in it is not made into a file of that name."""
    if text.startswith(":") or text.partition(":")[0].lower() in SERVER_SCHEMES:
        raise SettingsError(f"GRAPHSVC_STORE is {text!r}, which is neither an address nor a path.", remedy=_CHOICES)
    return text


def _engine(settings: Settings, work: Literal["requests", "jobs"]) -> Engine:
    uri = settings.store_uri.strip()
    scheme = _SCHEME.match(uri)
    if scheme is None:
        return EmbeddedEngine(uri if uri == MEMORY else _path(uri))
    if scheme[1].lower() not in SERVER_SCHEMES:
        raise SettingsError(f"GRAPHSVC_STORE begins with {scheme[0]!r}, which no engine speaks.", remedy=_CHOICES)
    if urlsplit(uri).username or urlsplit(uri).password:
        raise SettingsError(
            "GRAPHSVC_STORE holds a user or a password; addresses are shown and logged.",
            remedy="Put them into GRAPHSVC_STORE_USER and GRAPHSVC_STORE_PASSWORD.",
        )
    # The driver takes 0.2 s to import, which a command on the embedded engine need not wait for.
    from graphsvc.store.server import JOBS, REQUESTS, Access, ServerEngine

    password = settings.store_password.get_secret_value()
    access = Access(
        uri=uri,
        user=settings.store_user if password else "",
        password=password,
        database=settings.store_database,
        connections=settings.store_connections,
        connect_seconds=settings.store_connect_seconds,
    )
    if work == "jobs":
        return ServerEngine(access, JOBS)
    engine = ServerEngine(access, replace(REQUESTS, retry_seconds=settings.store_retry_seconds))
    return GuardedEngine(engine, lambda: engine.waiting(JOBS))
