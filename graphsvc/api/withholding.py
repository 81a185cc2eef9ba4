"""What the public is not shown: taken out of answers on the server, by the file that GRAPHSVC_PUBLIC_HIDES names.

The file is that of a published map (:mod:`graphsvc.render.redaction`). Only the answers of :data:`SHOWN` are given at
all, in the forms that can be searched through; every other address asks the public for a key. An item that names
someone hidden, by id, identifier, address or any name, is left out; where nothing is left, the answer is that there is
no such thing. Hidden fields are emptied, and what would tell them by asking (a filter) can't be asked.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from graphsvc import working
from graphsvc.api.problems import RequestProblem
from graphsvc.api.sending import Answer
from graphsvc.errors import NotFound
from graphsvc.model import EVERYTHING, Actor, Snapshot
from graphsvc.outlook import Outlook
from graphsvc.render.map import render_map
from graphsvc.render.map_redaction import without
from graphsvc.render.redaction import Concealed, Field, Redaction, concealed
from graphsvc.wishes import MapAsked

if TYPE_CHECKING:
    from graphsvc.api.contract import Asked

MAP: Final = "get_map"
SHOWN: Final = frozenset(
    {
        MAP,
        "get_network",
        "list_actors",
        "get_actor",
        "list_records_of_actor",
        "list_collaborations",
        "get_collaboration",
        "list_records_of_collaboration",
        "list_records_of_source",
        "get_record",
        "list_missing_partnerships",
        "list_themes",
        "list_places",
    }
)
"""Operations whose answers the public gets, without what is hidden."""
FORMS: Final = frozenset({"application/json", "text/html"})
_KEYS: Final[dict[Field, frozenset[str]]] = {
    Field.OTHER_NAMES: frozenset({"names", "also", "entries", "differences", "said_by", "title"}),
    Field.PLACES: frozenset({"place", "place_name", "places"}),
    Field.WEBSITES: frozenset({"website", "address"}),
    Field.THEMES: frozenset({"themes", "theme", "topic"}),
    Field.YEARS: frozenset({"start", "end", "since", "until", "first", "last", "years"}),
    Field.COLLABORATIONS: frozenset({"participations", "collaborations", "collaboration", "shared", "reasons"}),
    Field.SUGGESTIONS: frozenset(),
    Field.REASONS_AGAINST: frozenset({"against", "reasons_against"}),
    Field.SOURCES: frozenset({"sources", "source", "source_name", "record", "file", "said_by", "differences"}),
}
"""Hidden field → the keys of answers that tell it."""
_LOOSE: Final = frozenset({"values", "attributes", "description"})
"""Keys under which anything may be told: cells as they came. Empty wherever a field is hidden."""
_ASKS: Final[dict[Field, frozenset[str]]] = {
    Field.OTHER_NAMES: frozenset({"q"}),
    Field.PLACES: frozenset({"place"}),
    Field.THEMES: frozenset({"theme"}),
    Field.YEARS: frozenset({"since", "until", "as_of", "active_on"}),
    Field.COLLABORATIONS: frozenset({"actor"}),
    Field.SOURCES: frozenset({"source"}),
}
"""Hidden field → the parameters that would tell it."""
_OPERATIONS: Final[dict[Field, frozenset[str]]] = {
    Field.SUGGESTIONS: frozenset({"list_missing_partnerships"}),
    Field.PLACES: frozenset({"list_places"}),
    Field.THEMES: frozenset({"list_themes"}),
    Field.COLLABORATIONS: frozenset({"list_collaborations", "get_collaboration", "list_records_of_collaboration"}),
    Field.SOURCES: frozenset(
        {"list_records_of_source", "list_records_of_actor", "list_records_of_collaboration", "get_record"}
    ),
}
"""Hidden field → the operations that are about nothing else."""
_MORE: Final = (0, 1, 3, 7, 15, 31, 63, 127, 255, 511)
"""How many more items a page may take, tried in turn until it ends on one that is shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who is hidden at one revision."""

    hidden: Concealed
    ids: re.Pattern[str] | None
    """Finds ids, identifiers and addresses of who is hidden."""

    def named_in(self, text: str) -> bool:
        """Return whether a text, or the cursor that it may be, names someone hidden."""
        said = f"{text} {_plain(text)}"
        return bool(self.ids and self.ids.search(said)) or bool(self.hidden.names.first_in(said))


@dataclass(frozen=True)
class Withholding:
    """What the public of an installation is not shown."""

    redaction: Redaction

    def check(self, operation: str, asked: Asked[Any]) -> None:
        """Raise :class:`RequestProblem` 401 where an answer can't be given without telling what is hidden."""
        wanted = asked.parameters
        order = {word.removeprefix("-") for word in getattr(wanted, "sort", "").split(",")}
        for field in self.redaction.fields:
            told = wanted.model_fields_set & _ASKS.get(field, frozenset()) or order & _KEYS[field]
            if told or operation in _OPERATIONS.get(field, frozenset()):
                raise _refusal()
        if getattr(wanted, "like_day", None) is not None:
            raise _refusal()  # where someone hidden stood then would show in where the others stand
        if asked.media_type not in FORMS:
            raise _refusal()

    def answer(self, operation: str, function: Callable[[Asked[Any]], Any], asked: Asked[Any]) -> Answer:
        """Return what ``function`` answers, without what is hidden. :class:`NotFound` where nothing is left."""
        found = self.found(asked.service.outlook)
        if operation == MAP:
            return self._map(asked, found)
        for more in _MORE:
            answer = function(_longer(asked, more))
            if not isinstance(answer, Answer):
                raise _refusal()
            told = self._filtered(answer, found)
            if told is not None:
                return told
            if not hasattr(asked.parameters, "limit"):
                break
        raise NotFound("such thing", getattr(asked.parameters, "id", operation))

    def found(self, outlook: Outlook) -> Found:
        """Return who is hidden now, with all entries of the same body."""
        return outlook.recall(f"withheld {self.redaction.model_dump_json()}", EVERYTHING, lambda _: self._find(outlook))

    def _find(self, outlook: Outlook) -> Found:
        snapshot = outlook.snapshot()
        hidden = concealed(self.redaction, snapshot, outlook.identity().canonical, _of_no_actor(snapshot))
        words = hidden.actors | hidden.collaborations
        words |= {text for each in snapshot.actors if each.id in hidden.actors for text in _identifiers(each)}
        return Found(hidden, _pattern(words))

    def _filtered(self, answer: Answer, found: Found) -> Answer | None:
        content = answer.content
        if callable(content):  # a large answer that comes in parts: all of it must be seen before any is sent
            content = b"".join(content())
        text = content.model_dump_json() if isinstance(content, BaseModel) else _text(content)
        kept = self._without(json.loads(text), found, "")
        if kept is _GONE:
            return None
        told = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        if found.named_in(told):
            return None  # the net under all of it
        return replace(answer, content=told, headers={k: v for k, v in answer.headers.items() if k != "Link"})

    def _without(self, value: Any, found: Found, key: str) -> Any:
        """Return a value without what is hidden; :data:`_GONE` where it names someone hidden itself."""
        if self._is_empty(key):
            return type(value)() if isinstance(value, list | dict | str) else None
        if key == "total":
            return None  # tells whether something hidden was found
        if isinstance(value, list):
            kept = [self._without(each, found, "") for each in value]
            return [each for each in kept if each is not _GONE]
        if isinstance(value, dict):
            told = {name: self._without(each, found, name) for name, each in value.items()}
            gone = any(found.named_in(name) for name in value) or any(each is _GONE for each in told.values())
            return _GONE if gone else told
        return _GONE if isinstance(value, str) and found.named_in(value) else value

    def _is_empty(self, key: str) -> bool:
        fields = self.redaction.fields
        return (bool(fields) and key in _LOOSE) or any(key in _KEYS[field] for field in fields)

    def _map(self, asked: Asked[Any], found: Found) -> Answer:
        wanted, service = asked.parameters, asked.service
        wish = MapAsked.of(wanted, wanted.view, asked.language)
        if not working.is_quick(service, "map", wish):  # the public has no jobs
            raise RequestProblem(422, "This map is too large to be made at once. Ask for a part: a place or a theme.")
        content = service.map_content(wish.ask.map)
        named = (each for each in content.sources if not found.named_in(" ".join(map(str, _said(each)))))
        text = render_map(without(replace(content, sources=tuple(named)), found.hidden))
        ending = {"Content-Security-Policy": "frame-ancestors 'self'", "Content-Language": asked.language}
        return Answer(text, content.revision, ending)


class _Gone:
    """Stands for a value that names someone hidden."""


_GONE: Final = _Gone()


def _refusal() -> RequestProblem:
    return RequestProblem(
        401,
        "The public is not shown this. Sign in, or show a key.",
        headers={"WWW-Authenticate": 'Bearer realm="graphsvc"'},
    )


def _longer(asked: Asked[Any], more: int) -> Asked[Any]:
    """Return a question for a longer page, which may end on an item that is shown."""
    if not more:
        return asked
    parameters = asked.parameters.model_copy(update={"limit": asked.parameters.limit + more})
    return replace(asked, parameters=parameters)


def _said(source: Any) -> Iterator[Any]:
    """Return all that a map says of a source: who publishes one may be hidden."""
    return (getattr(source, each.name) for each in fields(source))


def _identifiers(actor: Actor) -> Iterator[str]:
    schemes = (actor.business_id, actor.vat, actor.pic, actor.ror, actor.isni, actor.wikidata, actor.website)
    yield from (text for text in schemes if text)


def _of_no_actor(snapshot: Snapshot) -> set[str]:
    """Return the names of places and themes, which tell nobody."""
    themes = {text for theme in snapshot.themes for text in (theme.name, theme.name_fi, theme.name_sv) if text}
    return themes | {place.name for place in snapshot.places}


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the ids standing by itself; the longest first."""
    known = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    joined = "|".join(map(re.escape, known))
    return re.compile(rf"(?<![\w])(?:{joined})(?![\w])", re.IGNORECASE) if known else None


def _plain(text: str) -> str:
    """Return what a cursor says; nothing for a text that is none."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,12000}", text):
        return ""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode()
