"""From an endpoint's answer to bytes and headers: the form agreed on, compression, ETag and caching."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from flask import Request, Response
from pydantic import BaseModel

from graphsvc.api.problems import RequestProblem

WORTH_PACKING: Final = 1400
"""Bytes below which an answer fits one packet anyway."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint function gives: a model that is sent as JSON, or finished bytes or text."""

    content: BaseModel | bytes | str
    revision: int | None = None
    """The graph's revision the content was made from; None for answers that are not about the graph."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer as it is sent."""

    plain: bytes
    packed: bytes | None
    """Compressed with gzip, where that pays."""
    revision: int | None
    headers: Mapping[str, str]


def encode(answer: Answer, *, pack: bool) -> Encoded:
    """Return the answer as bytes; compressed too if ``pack``: only worth its time where the bytes are kept."""
    content = answer.content
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
    """Return the answer to ``request``, compressed if it is there in that form and the request takes it."""
    packed = encoded.packed if request.accept_encodings.quality("gzip") > 0 else None
    content_type = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    response = Response(encoded.plain if packed is None else packed, content_type=content_type)
    response.headers["Cache-Control"] = "no-store" if encoded.revision is None else "no-cache"
    response.headers.update(encoded.headers)
    if encoded.revision is not None:
        response.set_etag(tags(key, encoded.revision)[packed is not None])
    if encoded.packed is not None:
        response.vary.add("Accept-Encoding")
    if packed is not None:
        response.headers["Content-Encoding"] = "gzip"
    return response
