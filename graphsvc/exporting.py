"""Everything out again: which formats there are, what each is for, and how one is made.

``workbook`` and ``tables`` hold the whole graph as recorded and can be imported without loss
(docs/decisions/0013-lossless-export.md); all others hold the network of a view, for other tools.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from graphsvc.errors import InvalidValue
from graphsvc.ingest.reading import Progress
from graphsvc.ingest.tables_out import beyond
from graphsvc.ingest.workbook_out import STYLES, check_rows, write_tables, write_workbook
from graphsvc.model import EVERYTHING, Snapshot, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared
from graphsvc.render.exports import MEDIA_TYPES, parts
from graphsvc.render.hidden_parts import without_hidden
from graphsvc.render.kumu import kumu_json, kumu_workbook
from graphsvc.render.redaction import HIDES_NOTHING, NOTHING, Concealed, Redaction
from graphsvc.wording import say

if TYPE_CHECKING:
    from graphsvc.render.exports import Graph
    from graphsvc.render.network_rows import RowByRow

Format = Literal["workbook", "tables", "kumu", "kumu-json", "graphml", "gexf", "json", "csv"]
Whole = Literal["workbook", "tables", "kumu"]
"""Formats of which a file must be made whole before it can be sent."""
Style = Literal["finnish", "plain"]

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ROW: Final[Mapping[str, float]] = {"workbook": 1.2e-4, "tables": 3e-5, "kumu": 8e-5}
"""Seconds of one core that a row takes in a file that must be whole before it can be sent."""


@dataclass(frozen=True, slots=True)
class Form:
    """One format."""

    ending: str
    media_type: str
    purpose: str
    """What it is for, for the help."""
    whole: bool = False
    """Whether it holds the whole graph as recorded, rather than the network of a view."""


FORMS: Final[Mapping[Format, Form]] = {
    "workbook": Form("xlsx", _XLSX, "everything, in the shape of our template: import it again, nothing is lost", True),
    "tables": Form("zip", "application/zip", "the same as CSV files, also for what is too large for a workbook", True),
    "kumu": Form("xlsx", _XLSX, "Kumu: a workbook with the sheets Elements and Connections"),
    "kumu-json": Form("json", "application/json", "Kumu: a JSON blueprint"),
    "graphml": Form("graphml", MEDIA_TYPES["graphml"], "Gephi, yEd, Cytoscape, R, NetworkX"),
    "gexf": Form("gexf", MEDIA_TYPES["gexf"], "Gephi and Gephi Lite (GEXF 1.3)"),
    "json": Form("json", MEDIA_TYPES["json"], "node-link JSON: D3, NetworkX, programs of one's own"),
    "csv": Form("csv", MEDIA_TYPES["csv"], "the list of ties"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """Which export is asked for."""

    format: Format
    language: str = "en"
    """Of headings, kinds and the Readme."""
    view: View = EVERYTHING
    two_mode: bool = False
    """Actors and collaborations as nodes, rather than actors tied to one another. Not for whole exports."""
    style: Style = "finnish"
    """Separator and decimal sign of ``tables``."""
    redaction: Redaction = NOTHING
    """What is left out. Not for whole exports."""

    @property
    def shared(self) -> Shared[Made]:
        """The question as processes share its answer."""
        hidden = [f"{name}={sorted(value)}" for name, value in self.redaction]
        return Shared(f"{replace(self, redaction=NOTHING)} {hidden}", self.view, Made)

    @property
    def form(self) -> Form:
        """What is known of the format."""
        return FORMS[self.format]

    def file_name(self, revision: int | None) -> str:
        """Return a good name for the file."""
        what = ("everything" if self.format == "workbook" else self.format) + ("-two-mode" if self.two_mode else "")
        return f"graphsvc-{what}{f'-revision-{revision}' if revision is not None else ''}.{self.form.ending}"


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export."""

    content: bytes
    beyond: tuple[str, ...] = ()
    """What of it would not be read back, as sentences; nothing for all but enormous graphs."""


@dataclass(frozen=True, slots=True)
class Made:
    """The file of an export as processes share it."""

    content: bytes
    revision: int


def make(ask: Ask, source: Snapshot | Network, concealed: Concealed = HIDES_NOTHING) -> Exported:
    """Return an export: the same bytes for the same graph and question. Errors: those of :func:`content`."""
    made = content(ask, source, concealed)
    if isinstance(source, Network):
        return Exported(made)
    return Exported(made, tuple(beyond(source, workbook=ask.format == "workbook")))


def content(
    ask: Ask, source: Snapshot | Network, concealed: Concealed = HIDES_NOTHING, progress: Progress | None = None
) -> bytes:
    """Return the file of an export, of the snapshot where it holds the whole graph, else of the network of the view.

    ``progress`` is told how many rows are written, where that takes long. Raises :class:`InvalidValue` for a view, two
    modes, or anything hidden, of what holds the whole graph, for what is too large for a workbook, and what
    :func:`graphsvc.render.hidden_parts.without_hidden` refuses.
    """
    _rows(ask, source)
    if not isinstance(source, Network):
        return _whole(ask, source, progress)
    if ask.format == "kumu":
        graph, meta = _graph(ask, source, concealed)
        return kumu_workbook(graph, ask.language, meta=meta, progress=progress)
    return b"".join(parts_of(ask, source, concealed))


def seconds(ask: Ask, outlook: Outlook) -> float:
    """Return about how many seconds of one core a file takes that can't be sent as it is made.

    :class:`InvalidValue` for what is too large for a workbook.
    """
    source = outlook.snapshot() if ask.form.whole else outlook.network(ask.view)
    return _rows(ask, source) * _ROW[ask.format]


def _rows(ask: Ask, source: Snapshot | Network) -> int:
    """Return how many rows a file has, about. :class:`InvalidValue` where no sheet holds those of one kind."""
    if isinstance(source, Network):
        ties = sum(map(len, source.members.values())) if ask.two_mode else source.arrays.edges
        kinds = [len(source.actors) + ask.two_mode * len(source.collaborations), ties]
    else:
        kinds = [*map(len, (source.actors, source.collaborations, source.participations, source.links))]
    if ask.form.media_type == _XLSX:
        check_rows(max(kinds), for_kumu=ask.format == "kumu")
    return sum(kinds)


def parts_of(ask: Ask, found: Network, concealed: Concealed = HIDES_NOTHING) -> Iterator[bytes]:
    """Yield the file of the network of the view part by part. Not for the whole graph, nor a workbook for Kumu."""
    graph, meta = _graph(ask, found, concealed)
    if ask.format == "kumu-json":
        return kumu_json(graph, ask.language, meta=meta)
    return parts(graph, ask.format, meta=meta)


def _graph(ask: Ask, found: Network, concealed: Concealed) -> tuple[Graph | RowByRow, dict[str, str]]:
    """Return the network that is asked for, without what is hidden, and what it is."""
    graph: Graph | RowByRow = found
    if ask.two_mode:
        graph = found.two_mode
    if concealed:
        graph = without_hidden(found.two_mode if ask.two_mode else found.projection, concealed, found.shared)
    meta = {"revision": str(found.revision), "mode": "two-mode" if ask.two_mode else "projection"}
    meta |= {name: str(value) for name, value in ask.view.model_dump(mode="json", exclude_defaults=True).items()}
    return graph, meta


def _whole(ask: Ask, snapshot: Snapshot, progress: Progress | None) -> bytes:
    if ask.view != EVERYTHING or ask.two_mode or ask.redaction != NOTHING:
        raise InvalidValue(
            f"The format {ask.format} holds the whole graph as recorded, not a view of it.",
            remedy="Leave out what chooses or hides a part, or take another format.",
        )
    file, about = io.BytesIO(), _about(snapshot, ask.language)
    if ask.format == "workbook":
        write_workbook(file, snapshot, ask.language, about, progress)
    else:
        write_tables(file, snapshot, ask.language, about, STYLES[ask.style], progress)
    return file.getvalue()


def _about(snapshot: Snapshot, language: str) -> list[str]:
    counts = {
        "revision": snapshot.revision,
        "actors": len(snapshot.actors),
        "collaborations": len(snapshot.collaborations),
        "participations": len(snapshot.participations),
        "sources": len(snapshot.sources),
        "judgements": len(snapshot.judgements),
    }
    keys = ("title", "revision", "holds", "back", "without", "marked")
    return [say("exports", f"readme.{key}", language, **counts) for key in keys]
