"""From an endpoint's answer to bytes and headers: the form agreed on, compression, ETag and caching."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask import Request, Response
from pydantic import BaseModel

from graphsvc.api.problems import RequestProblem

WORTH_PACKING: Final = 1400
"""Bytes below which an answer fits one packet anyway."""


PACKED_AT_ONCE: Final = 1_000_000
"""Bytes up to which an answer that isn't kept is packed as it is sent: some five milliseconds."""
_WORDS: Final = ("text/", "application/json", "application/graphml+xml", "application/gexf+xml", "image/svg+xml")
"""How media types begin that are worth packing; others are packed already."""
Parts = Callable[[], Iterator[bytes]]
"""Makes a large answer anew each time, part by part, so that it is never held whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint function gives: a model sent as JSON, finished bytes or text, or the parts of a large answer."""

    content: BaseModel | bytes | str | Parts
    revision: int | None = None
    """The graph's revision the content was made from; None for answers that are not about the graph."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer as it is sent."""

    plain: bytes | Parts
    packed: bytes | None
    """Compressed with gzip, where that pays."""
    revision: int | None
    headers: Mapping[str, str]


def encode(answer: Answer, *, pack: bool) -> Encoded:
    """Return the answer as bytes; compressed too if ``pack``: only worth its time where the bytes are kept."""
    content = answer.content
    if callable(content):
        return Encoded(content, None, answer.revision, answer.headers)
    if isinstance(content, BaseModel):
        content = content.model_dump_json()
    plain = content.encode() if isinstance(content, str) else content
    packed = gzip.compress(plain, 6, mtime=0) if pack and len(plain) > WORTH_PACKING else None
    return Encoded(plain, packed, answer.revision, answer.headers)


def agree(request: Request, offered: Sequence[str], chosen: str | None) -> str:
    """Return the media type to answer in; ``chosen`` by a parameter wins over Accept. 406 when there is none."""
    if chosen is None and not request.headers.get("Accept"):
        return offered[0]
    chosen = chosen or request.accept_mimetypes.best_match(offered)
    if chosen is None:
        raise RequestProblem(406, f"The header Accept rules out all there is: {', '.join(offered)}.")
    return chosen


def tags(key: str, revision: int) -> tuple[str, str]:
    """Return the strong ETags of the answer to ``key`` at ``revision``: plain, and compressed."""
    tag = f"{revision}-{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    return tag, f"{tag}-gzip"


def unchanged(request: Request, key: str, revision: int) -> Response | None:
    """Return the answer 304 if the request names an ETag of ``revision``."""
    for tag in tags(key, revision):
        if request.if_none_match.contains(tag):
            response = Response(status=304)
            response.set_etag(tag)
            response.headers["Cache-Control"] = "no-cache"
            return response
    return None


def respond(request: Request, encoded: Encoded, media_type: str, key: str) -> Response:
    """Return the answer to ``request``, compressed if it takes that and it pays."""
    takes = request.accept_encodings.quality("gzip") > 0
    pays = _pays(encoded, media_type)
    body: bytes | Iterator[bytes]
    if callable(encoded.plain):
        body = _packed_on_the_way(encoded.plain()) if takes and pays else encoded.plain()
    elif takes and pays:
        body = encoded.packed or gzip.compress(encoded.plain, 1, mtime=0)
    else:
        body = encoded.plain
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-store" if encoded.revision is None else "no-cache"
    response.headers.update(encoded.headers)
    if encoded.revision is not None:
        response.set_etag(tags(key, encoded.revision)[takes and pays])
    if pays:
        response.vary.add("Accept-Encoding")
    if takes and pays:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _pays(encoded: Encoded, media_type: str) -> bool:
    """Whether an answer is worth packing: it is packed already, comes in parts, or is of words and of middle length."""
    if encoded.packed is not None:
        return True
    if not media_type.startswith(_WORDS):
        return False
    return callable(encoded.plain) or WORTH_PACKING < len(encoded.plain) <= PACKED_AT_ONCE


def _packed_on_the_way(parts: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for part in parts:
        if made := packer.compress(part):
            yield made
    yield packer.flush()
