"""Every error graphsvc raises on purpose.

::

    GraphsvcError                  a sentence for people, and what to do about it
    ├── InputError                 the file or the request is wrong
    │   ├── UnreadableFile         the file as a whole can't be read (broken zip, not a workbook …)
    │   ├── UnknownFormat          no reader knows this file
    │   └── InvalidValue           one value is wrong (an id, a date, a kind …)
    ├── NotFound                   no such actor, collaboration, theme, place …
    ├── SettingsError              a setting is missing or wrong
    └── StoreError                 the graph store can't do it
        ├── StoreUnavailable       not reachable, wrong address, wrong password
        ├── StoreBusy              another process holds the embedded store
        ├── StoreTimeout           the statement took longer than allowed
        │   └── OutOfTime          the request as a whole had to wait too long
        ├── ConstraintViolated     a unique id would exist twice
        └── StatementError         a statement is missing, or the engine refuses its text

``api/problems.py`` has the one table from these to HTTP answers; ``cli.py`` prints ``str(error)`` and ends
with ``exit_code``.
"""

from __future__ import annotations


class GraphsvcError(Exception):
    """Root of the tree. ``message`` says what was wrong and where; ``remedy`` what to do about it."""

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(GraphsvcError):
    """The input is wrong; nothing was changed."""

    exit_code = 2


class UnreadableFile(InputError):
    """The file as a whole can't be read."""


class UnknownFormat(InputError):
    """No reader knows this kind of file."""


class InvalidValue(InputError, ValueError):
    """One value is wrong; a ``ValueError``, so that pydantic reports it with the field it stands in."""

    def __init__(self, message: str, *, remedy: str = "", field: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.field = field


class NotFound(GraphsvcError):
    """Nothing has this id. ``noun`` says what was looked for."""

    exit_code = 3

    def __init__(self, noun: str, id_: str, *, remedy: str = "") -> None:
        message = f"There is no {noun} {id_!r}." if remedy else f"There is no {noun} with the id {id_!r}."
        super().__init__(message, remedy=remedy or "Check the id, or search by name.")
        self.noun = noun
        self.id = id_


class SettingsError(GraphsvcError):
    """A setting is missing or wrong."""

    exit_code = 2


class StoreError(GraphsvcError):
    """The graph store can't do what was asked."""

    exit_code = 4


class StoreUnavailable(StoreError):
    """The store can't be reached or refuses us."""


class StoreBusy(StoreError):
    """Another process holds the embedded store. ``pid`` is that process where known."""

    def __init__(self, message: str, *, remedy: str = "", pid: int | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.pid = pid


class StoreTimeout(StoreError):
    """The statement took longer than allowed and was stopped."""


class OutOfTime(StoreTimeout):
    """The time of a request was up before the store had answered all of it. A change may still come through."""


class ConstraintViolated(StoreError):
    """A unique id would exist twice; the transaction left nothing behind."""


class StatementError(StoreError):
    """A named statement is missing, or the engine refuses its text: our mistake, not the user's."""
