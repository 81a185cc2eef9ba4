"""What a change of an import said, packed as text, so that this version of a file can be put back without the file."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from graphsvc.model import Actor, Claim, Collaboration, Judgement, Link, Participation, Place, Record, Source, Theme

_TYPES: Final[dict[str, type[Claim]]] = {
    each.__name__: each for each in (Source, Place, Theme, Actor, Collaboration, Participation, Link)
}


class Content(NamedTuple):
    """What one change of an import said."""

    claims: tuple[Claim, ...] = ()
    records: tuple[Record, ...] = ()
    judgements: tuple[Judgement, ...] = ()


def dump(claims: Sequence[Claim], records: Sequence[Record], judgements: Sequence[Judgement] = ()) -> str:
    """Return what is said as JSON; a claim that says what was last said of its thing is left out."""
    said: list[str] = []
    last: dict[tuple[str, str], str] = {}
    for claim in claims:
        noun = type(claim).__name__
        text = claim.model_dump_json(exclude_defaults=True)
        thing = (noun, text if isinstance(claim, Participation | Link) else claim.id)
        if last.get(thing) != text:
            last[thing] = text
            said.append(f'["{noun}",{text}]')
    rows = (record.model_dump_json(exclude_defaults=True) for record in records)
    words = ",".join(judgement.model_dump_json(exclude_defaults=True) for judgement in judgements)
    # Left out where there are none: an import that was broken off is gone on with under the keys of its time.
    more = f',"judgements":[{words}]' if words else ""
    return f'{{"claims":[{",".join(said)}],"records":[{",".join(rows)}]{more}}}'


def load(text: str) -> Content:
    """Return what :func:`dump` was given."""
    said: dict[str, Any] = json.loads(text)
    return Content(
        tuple(_TYPES[name].model_validate(values) for name, values in said["claims"]),
        tuple(map(Record.model_validate, said["records"])),
        tuple(map(Judgement.model_validate, said.get("judgements", ()))),
    )


def plain(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield noun and values of each claim and judgement as they are kept, some five times sooner than :func:`load`."""
    said: dict[str, Any] = from_json(text, cache_strings="keys")
    yield from ((noun, values) for noun, values in said["claims"])
    yield from ((Judgement.__name__, values) for values in said.get("judgements", ()))


def pack(text: str) -> str:
    """Return text compressed, in characters that every engine can store."""
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode("ascii")


def unpack(packed: str) -> str:
    """Return the text of :func:`pack`."""
    return zlib.decompress(base64.b64decode(packed)).decode()
