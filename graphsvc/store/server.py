"""A Neo4j server over Bolt. The only module that knows the Neo4j driver.

A managed transaction may be applied twice when the server stops in the middle (measured: the driver repeats it without
a word), so every statement is one that can be repeated, and an answer that got lost on the way is asked for again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import neo4j
from neo4j import exceptions, time

from graphsvc import deadline
from graphsvc.errors import ConstraintViolated, StatementError, StoreBusy, StoreError, StoreTimeout, StoreUnavailable
from graphsvc.store import queries
from graphsvc.store.engine import Row, Step

# What the driver logs goes wherever the service's log goes; without one it would land between the lines of a command.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
# Our statements speak of labels that an empty graph does not have yet; the server's hints about that help nobody.
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Profile:
    """How long to wait for a server that does not answer, and how often to try again."""

    retry_seconds: float
    """How long the driver repeats a transaction that failed for a passing reason."""
    repeats: int
    """How often a write is repeated whose commit got no answer."""
    time_factor: int = 1
    """By how much statements may take longer than their head says."""


REQUESTS: Final = Profile(retry_seconds=2, repeats=1)
"""Someone waits for the answer: an honest error within seconds is better than a thread that hangs."""
JOBS: Final = Profile(retry_seconds=60, repeats=5, time_factor=4)
"""An import in the background outlives a restart of the server."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where the server is, who we are there, and how we stand in line; no user means that it asks for none."""

    uri: str
    user: str = ""
    password: str = ""
    database: str = ""
    connections: int = 20
    """Most connections that one engine holds."""
    connect_seconds: float = 2
    """How long a new connection may take; one of the pool may take a second more to come free."""


class ServerEngine:
    """A graph in a Neo4j server, a cluster or Aura. Threads share one."""

    def __init__(
        self, access: Access, profile: Profile = REQUESTS, bookmarks: neo4j.BookmarkManager | None = None
    ) -> None:
        """Connect. :class:`StoreUnavailable` with what to check when the server can't be reached or refuses us.

        ``bookmarks`` are those of another engine whose writes this one is to see, on whichever member of a cluster.
        """
        self._access = access
        self._profile = profile
        self._bookmarks = bookmarks or neo4j.GraphDatabase.bookmark_manager()
        self._closed = False
        try:
            self._driver = neo4j.GraphDatabase.driver(
                access.uri,
                auth=(access.user, access.password) if access.user else None,
                user_agent="graphsvc",
                connection_timeout=access.connect_seconds,
                connection_acquisition_timeout=access.connect_seconds + 1,
                max_connection_pool_size=access.connections,
                liveness_check_timeout=5,
                max_transaction_retry_time=profile.retry_seconds,
                initial_retry_delay=0.25,
                retry_delay_multiplier=1.3,
                notifications_min_severity="OFF",
            )
        except Exception as error:
            raise translated(error, "Reading the address", access.uri) from error
        try:
            self._driver.verify_connectivity()
        except Exception as error:
            self._driver.close()
            raise translated(error, "Connecting", access.uri) from error

    def waiting(self, profile: Profile) -> ServerEngine:
        """Return a second engine on the same graph that waits otherwise; each sees what the other wrote."""
        return ServerEngine(self._access, profile, self._bookmarks)

    @property
    def name(self) -> str:
        """``Neo4j at <address>``."""
        return f"Neo4j at {self._access.uri}"

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one reading statement in a transaction that the server lets do nothing but read."""
        named = queries.statement(statement)
        seconds = float(named.seconds * self._profile.time_factor)

        @neo4j.unit_of_work(timeout=_allowed(seconds, statement))
        def work(transaction: neo4j.ManagedTransaction) -> list[Row]:
            deadline.at_most(seconds, statement)  # no further try when the time is up
            answer = transaction.run(_text(named), dict(parameters or {}))
            columns = answer.keys()
            return [dict(zip(columns, map(_plain, record.values()), strict=True)) for record in answer]

        try:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(work)
        except Exception as error:
            raise translated(error, statement, self._access.uri) from error

    def write(self, steps: Sequence[Step]) -> None:
        """Run the steps in one transaction; all or nothing, repeated when its commit got no answer."""
        named = [(queries.statement(step.statement), step.parameters) for step in steps]
        if not named:
            return
        seconds = float(max(statement.seconds for statement, _ in named) * self._profile.time_factor)
        doing = named[-1][0].name

        @neo4j.unit_of_work(timeout=_allowed(seconds, doing))
        def work(transaction: neo4j.ManagedTransaction) -> None:
            deadline.at_most(seconds, doing)
            for statement, parameters in named:
                transaction.run(_text(statement), dict(parameters)).consume()

        for attempt in range(self._profile.repeats + 1):
            try:
                with self._session(neo4j.WRITE_ACCESS) as session:
                    session.execute_write(work)
            except exceptions.IncompleteCommit as error:
                # Whether it was committed is unknown; repeating is right either way.
                if attempt == self._profile.repeats:
                    raise translated(error, doing, self._access.uri) from error
            except Exception as error:
                raise translated(error, doing, self._access.uri) from error
            else:
                return

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        if self._closed:
            raise StoreUnavailable("The graph was closed.", remedy="Open it again.")
        return self._driver.session(
            database=self._access.database or None,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            connection_acquisition_timeout=_allowed(self._access.connect_seconds + 1, "Connecting"),
            max_transaction_retry_time=_allowed(self._profile.retry_seconds, "Trying again"),
        )


def _allowed(seconds: float, doing: str) -> float:
    """Return how long something may take; never 0, which would be for ever to a server."""
    return max(0.01, deadline.at_most(seconds, doing))


def _text(named: queries.Statement) -> Any:
    # The driver's type wants a literal, so that nobody pastes values into a query; ours is a file of the package.
    return named.text


def _plain(value: Any) -> Any:
    """Turn what the driver hands out into plain Python; a node or relation is refused, a statement names columns."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, time.Date):
        return value.to_native()
    raise StatementError(f"A statement returned a {type(value).__name__}; it must return plain columns.")


def translated(error: Exception, doing: str, uri: str) -> StoreError:
    """Return our error for one of the driver's."""
    text = " ".join(str(error).split())
    match error:
        case StoreError():
            return error
        case exceptions.AuthError() | exceptions.AuthConfigurationError():
            return StoreUnavailable(
                f"The Neo4j server at {uri} refuses the user or the password.",
                remedy="Check GRAPHSVC_STORE_USER and GRAPHSVC_STORE_PASSWORD.",
            )
        case exceptions.CertificateConfigurationError():
            return StoreUnavailable(
                f"The certificate of the Neo4j server at {uri} can't be used. ({text})",
                remedy="neo4j+s:// wants one that this machine trusts; neo4j+ssc:// takes any.",
            )
        case exceptions.Forbidden() | exceptions.ForbiddenOnReadOnlyDatabase():
            return StoreUnavailable(
                f"{doing}: the Neo4j server does not allow it. ({text})",
                remedy="Give the user the right to read, write and make indexes in this database.",
            )
        case exceptions.ConstraintError():
            return ConstraintViolated(f"{doing}: {text}", remedy="Nothing was changed.")
        case exceptions.ConnectionAcquisitionTimeoutError():
            return StoreBusy(f"{doing}: every connection to {uri} is in use.", remedy="Try again in a moment.")
        case exceptions.ServiceUnavailable() | exceptions.SessionExpired() | exceptions.ConnectionPoolError():
            return _unreachable(uri, text)
        case exceptions.ConfigurationError() | ValueError():
            return StoreUnavailable(
                f"The address {uri} can't be used. ({text})", remedy="Write it as neo4j://host:7687 or neo4j+s://host."
            )
        case exceptions.Neo4jError():
            return _refused(error, doing, uri)
        case OSError():
            return _unreachable(uri, text)
        case _:
            return StatementError(f"{doing}: {text}", remedy="This is a fault of graphsvc: please report it.")


def _refused(error: exceptions.Neo4jError, doing: str, uri: str) -> StoreError:
    code = error.code or ""
    text = " ".join((error.message or str(error)).split())
    if "TransactionTimedOut" in code or "LockClientStopped" in code:
        return StoreTimeout(f"{doing} took longer than allowed and was stopped.", remedy="Ask for less at a time.")
    if "DatabaseNotFound" in code:
        return StoreUnavailable(
            f"The Neo4j server at {uri} has no such database. ({text})", remedy="Check GRAPHSVC_STORE_DATABASE."
        )
    if "MemoryPool" in code or "OutOfMemory" in code:
        return StoreUnavailable(
            f"{doing}: the Neo4j server ran out of memory. ({text})", remedy="Give it more, or load in smaller batches."
        )
    if isinstance(error, exceptions.DatabaseUnavailable) or "DatabaseUnavailable" in code:
        return _unreachable(uri, text)
    if isinstance(error, exceptions.TransientError):
        return StoreBusy(f"{doing}: the Neo4j server is busy. ({text})", remedy="Try again in a moment.")
    if isinstance(error, exceptions.DatabaseError):
        return StoreUnavailable(f"{doing}: the Neo4j server failed. ({text})", remedy="Its log says why (debug.log).")
    return StatementError(f"{doing}: {text}", remedy="This is a fault of graphsvc: please report it.")


def _unreachable(uri: str, text: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"The Neo4j server at {uri} does not answer. ({text})",
        remedy="Check that it runs, that the address and port in GRAPHSVC_STORE are right, and for neo4j+s:// its"
        " certificate.",
    )
