"""JSON read whole, within limits on its bytes and on the number of values: each small value costs a hundred bytes."""

from __future__ import annotations

import json
from typing import Any, Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest import faults
from graphsvc.ingest.streams import Stream, encoding_of

MAX_JSON_BYTES: Final = 32_000_000
MAX_JSON_VALUES: Final = 3_000_000
_AGAIN: Final = "Export it again in the tool that made it."


def load_json(stream: Stream) -> Any:
    """Return the document. Raises :class:`UnreadableFile` where it is broken, too large or nested too deep."""
    encoding = encoding_of(stream)
    with stream.opened() as file:
        data = file.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        raise UnreadableFile(
            f"{stream.file} is larger than {MAX_JSON_BYTES // 1_000_000} MB, more than is read as JSON.",
            remedy="Filter the network, or export it as GEXF or as a list of links, which are read in a stream.",
        )
    text = data.decode(encoding)
    values = sum(map(text.count, ",[{"))  # more than there are, where texts hold commas
    if values > MAX_JSON_VALUES:
        raise UnreadableFile(
            f"{stream.file} holds about {values:,} values; {MAX_JSON_VALUES:,} are read.",
            remedy="Filter the network, or export it as GEXF or as a list of links.",
        )
    try:
        return json.loads(text.lstrip("\ufeff"))
    except RecursionError as error:
        raise UnreadableFile(f"{stream.file} is nested too deep for a network.", remedy=_AGAIN) from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{stream.file} is damaged: it is not JSON"
            f" (line {error.lineno:,}, character {error.colno:,}: {faults.of_json(error)}).",
            remedy=_AGAIN,
        ) from error
    except ValueError as error:
        raise UnreadableFile(f"{stream.file} holds a number that is too long.", remedy=_AGAIN) from error


def entries(document: Any, name: str) -> list[Any]:
    """Return the list that an object holds under a name; an empty one where it holds none."""
    found = document.get(name) if isinstance(document, dict) else None
    return found if isinstance(found, list) else []
