"""Every error of the layer below becomes one of ours, with a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import kglite
import neo4j.exceptions
import pytest

from graphsvc import errors
from graphsvc.store import embedded, server

URI = "neo4j://db.example.org:7687"


def _family(root: type[BaseException]) -> Iterator[type[BaseException]]:
    yield root
    for child in root.__subclasses__():
        yield from _family(child)


def _named(module: object, root: type[BaseException]) -> list[type[BaseException]]:
    family = {error for error in _family(root) if error.__module__.startswith(("kglite", "neo4j"))}
    family |= {value for value in vars(module).values() if isinstance(value, type) and issubclass(value, root)}
    return sorted(family, key=lambda error: error.__name__)


DRIVER_ERRORS = [
    *_named(neo4j.exceptions, neo4j.exceptions.DriverError),
    *_named(neo4j.exceptions, neo4j.exceptions.Neo4jError),
]
EMBEDDED_ERRORS = _named(kglite, kglite.KgError)

UNAVAILABLE, BUSY, TIMEOUT = errors.StoreUnavailable, errors.StoreBusy, errors.StoreTimeout
VIOLATED, OURS = errors.ConstraintViolated, errors.StatementError

OF_DRIVER: dict[str, type[errors.StoreError]] = {
    "AuthConfigurationError": UNAVAILABLE,
    "AuthError": UNAVAILABLE,
    "BrokenRecordError": OURS,
    "CertificateConfigurationError": UNAVAILABLE,
    "ClientError": OURS,
    "ConfigurationError": UNAVAILABLE,
    "ConnectionAcquisitionTimeoutError": BUSY,
    "ConnectionPoolError": UNAVAILABLE,
    "ConstraintError": VIOLATED,
    "CypherSyntaxError": OURS,
    "CypherTypeError": OURS,
    "DatabaseError": UNAVAILABLE,
    "DatabaseUnavailable": UNAVAILABLE,
    "DriverError": OURS,
    "Forbidden": UNAVAILABLE,
    "ForbiddenOnReadOnlyDatabase": UNAVAILABLE,
    "IncompleteCommit": UNAVAILABLE,
    "Neo4jError": OURS,
    "NotALeader": BUSY,
    "ReadServiceUnavailable": UNAVAILABLE,
    "ResultConsumedError": OURS,
    "ResultError": OURS,
    "ResultFailedError": OURS,
    "ResultNotSingleError": OURS,
    "RoutingServiceUnavailable": UNAVAILABLE,
    "ServiceUnavailable": UNAVAILABLE,
    "SessionError": OURS,
    "SessionExpired": UNAVAILABLE,
    "TokenExpired": UNAVAILABLE,
    "TransactionError": OURS,
    "TransactionNestingError": OURS,
    "TransientError": BUSY,
    "UnsupportedServerProduct": UNAVAILABLE,
    "WriteServiceUnavailable": UNAVAILABLE,
}
OF_EMBEDDED: dict[str, type[errors.StoreError]] = {
    "ConstraintCreationError": VIOLATED,
    "ConstraintError": VIOLATED,
    "ConstraintViolationError": VIOLATED,
    "CypherTimeoutError": TIMEOUT,
    "FileError": UNAVAILABLE,
    "FileFormatError": UNAVAILABLE,
    "FileIoError": UNAVAILABLE,
    "LoadMemoryLimitError": UNAVAILABLE,
    "OntologyViolationError": VIOLATED,
    "TransactionConflictError": BUSY,
    "WriterLeaseHeldError": BUSY,
}
"""All others say that we asked for something wrong."""


def _made(error: type[BaseException]) -> Exception:
    made = error("what the layer below says")
    assert isinstance(made, Exception)
    return made


@pytest.mark.parametrize("error", DRIVER_ERRORS, ids=lambda error: error.__name__)
def test_every_driver_error_has_a_place(error: type[BaseException]) -> None:
    ours = server.translated(_made(error), "actors/all", URI)
    assert type(ours) is OF_DRIVER[error.__name__]
    assert ours.remedy


@pytest.mark.parametrize("error", EMBEDDED_ERRORS, ids=lambda error: error.__name__)
def test_every_embedded_error_has_a_place(error: type[BaseException]) -> None:
    ours = embedded.translated(_made(error), "actors/all")
    assert type(ours) is OF_EMBEDDED.get(error.__name__, OURS)
    assert ours.remedy


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("Neo.ClientError.Transaction.TransactionTimedOut", TIMEOUT),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", TIMEOUT),
        ("Neo.TransientError.Transaction.DeadlockDetected", BUSY),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", UNAVAILABLE),
        ("Neo.TransientError.General.DatabaseUnavailable", UNAVAILABLE),
        ("Neo.ClientError.Database.DatabaseNotFound", UNAVAILABLE),
        ("Neo.ClientError.Security.Unauthorized", UNAVAILABLE),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", VIOLATED),
        ("Neo.ClientError.Statement.SyntaxError", OURS),
        ("Neo.DatabaseError.General.UnknownError", UNAVAILABLE),
    ],
)
def test_what_the_server_says_is_told_apart_by_its_code(code: str, ours: type[errors.StoreError]) -> None:
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message="what the server says")
    assert type(server.translated(error, "actors/all", URI)) is ours


def test_sentences_say_what_to_check() -> None:
    refused = server.translated(_made(neo4j.exceptions.AuthError), "Connecting", URI)
    assert "GRAPHSVC_STORE_PASSWORD" in str(refused)
    gone = server.translated(_made(neo4j.exceptions.ServiceUnavailable), "Connecting", URI)
    assert URI in str(gone)
    assert "certificate" in str(gone)
    full = embedded.translated(OSError(28, "No space left on device"), "Opening")
    assert type(full) is UNAVAILABLE
    assert "disk" in str(full)
