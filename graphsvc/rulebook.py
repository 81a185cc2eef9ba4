"""Calls and their rules, read from TOML files: those that ship with graphsvc and those of the user's own.

Read strictly: a key that nothing knows, a place that is none, a rule that asks for nothing is said with file, table and
key. Rules are judgements about money: half-read ones would be worse than none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from graphsvc.analysis.calls import Area, Call, Rule, RuleKind, Weight
from graphsvc.errors import InputError, NotFound
from graphsvc.ingest import places
from graphsvc.model import ActorKind, Helix, PlaceKind, WebAddress

FOLDER: Final = "calls"
"""In the data folder: where the user's own files are."""
AREAS: Final = "areas.toml"
TEMPLATE: Final = "template.toml"
_LARGEST: Final = 1_000_000
"""Bytes of a file at most; rules are pages, not books."""

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")

Named = Annotated[str, StringConstraints(pattern=f"^{_NAME.pattern}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
PlaceOf = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{1,79}$")]
KnownKind = Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other"]


class RuleFileError(InputError):
    """A file of rules is wrong; the message names file, table and key."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Texts(_Strict):
    fi: Words | None = None
    sv: Words | None = None
    en: Words | None = None

    @model_validator(mode="after")
    def _some(self) -> _Texts:
        if not self.said:
            raise ValueError("it says nothing: write it in fi, sv or en")
        return self

    @property
    def said(self) -> dict[str, str]:
        return {key: text for key, text in (("fi", self.fi), ("sv", self.sv), ("en", self.en)) if text}


class _AreaForm(_Strict):
    name: _Texts
    source: WebAddress
    checked: date
    includes: tuple[Named, ...] = ()
    places: tuple[PlaceOf, ...] = ()
    partly: tuple[PlaceOf, ...] = ()
    without: tuple[PlaceOf, ...] = ()


_KEYS: Final[Mapping[RuleKind, frozenset[str]]] = {
    RuleKind.PARTNERS: frozenset({"min", "max"}),
    RuleKind.COUNTRIES: frozenset({"min", "area"}),
    RuleKind.INCLUDING: frozenset({"min", "kinds", "helix", "unclear", "area"}),
    RuleKind.ONLY: frozenset({"allowed", "unclear", "area"}),
    RuleKind.INDEPENDENT: frozenset({"min", "area", "different_countries"}),
    RuleKind.LEAD: frozenset({"allowed", "unclear", "area"}),
    RuleKind.BY_HAND: frozenset(),
}
"""Kind of rule → the keys it may have besides those that every rule has."""
_COMMON: Final = frozenset({"id", "kind", "weight", "title", "text", "source", "checked", "quote"})


class _RuleForm(_Strict):
    id: Named
    kind: RuleKind
    title: _Texts
    text: _Texts
    source: WebAddress
    checked: date
    quote: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""
    weight: Weight = Weight.MUST
    min: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    max: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    kinds: tuple[KnownKind, ...] = ()
    helix: tuple[Helix, ...] = ()
    allowed: tuple[KnownKind, ...] = ()
    unclear: tuple[KnownKind, ...] = ()
    area: Named | None = None
    different_countries: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> _RuleForm:
        known = _KEYS[self.kind]
        if strange := sorted(self.model_fields_set - _COMMON - known):
            may = ", ".join(sorted(known)) or "no keys of its own"
            raise ValueError(f"a rule of kind {self.kind.value} has no {strange[0]}; it may have {may}")
        if "min" in known and self.min is None and self.max is None:
            raise ValueError(f"a rule of kind {self.kind.value} needs min")
        if self.min and self.max and self.max < self.min:
            raise ValueError(f"max ({self.max}) is less than min ({self.min})")
        if self.kind in (RuleKind.ONLY, RuleKind.LEAD) and not (self.allowed or self.area):
            raise ValueError(f"a rule of kind {self.kind.value} needs allowed or area")
        if self.kind is RuleKind.INCLUDING and not (self.kinds or self.helix or self.area):
            raise ValueError("a rule of kind including needs kinds, helix or area")
        if self.unclear and not (self.allowed or self.kinds or self.helix):
            raise ValueError("unclear says which kinds may be allowed: say which are, too")
        if both := sorted({*self.allowed, *self.kinds} & set(self.unclear)):
            raise ValueError(f"{both[0]} can't be both allowed and unclear")
        return self


class _CallForm(_Strict):
    name: _Texts
    address: WebAddress
    programmes: tuple[Words, ...] = ()
    rules: Annotated[tuple[_RuleForm, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _each_once(self) -> _CallForm:
        ids = [rule.id for rule in self.rules]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"two rules have the id {twice[0]}")
        return self


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The calls that there are, and what is wrong in files of the user's own."""

    calls: Mapping[str, Call]
    """By id, sorted."""
    faults: tuple[RuleFileError, ...]
    folder: Path | None
    """Where the user's own files are, or would be."""

    def call(self, id_: str) -> Call:
        """Return a call. :class:`NotFound` with the ids that there are; what is wrong in its file, if that is why."""
        if found := self.calls.get(id_):
            return found
        for fault in self.faults:
            if fault.message.startswith((f"{id_}.toml", AREAS)):
                raise fault
        raise NotFound("call", id_, remedy=f"There are {', '.join(self.calls)}; graphsvc calls lists them.")


def read(folder: Path | None = None) -> Rulebook:
    """Return the calls that ship with graphsvc and those of ``folder``, whose files and areas take the place of ours.

    A file of the folder that is wrong is a fault, and what it was to replace is not there: nobody is to get an answer
    by rules that they believe to have changed. Areas that are wrong leave no call at all.
    """
    own = sorted(folder.glob("*.toml")) if folder and folder.is_dir() else []
    try:
        areas = _areas([_folder().joinpath(AREAS), *(path for path in own if path.name == AREAS)])
    except RuleFileError as error:
        return Rulebook({}, (error,), folder)
    calls = {call.id: call for call in (_call(file, areas, own=False) for file in _shipped())}
    faults = []
    for path in own:
        if path.name in (AREAS, TEMPLATE):
            continue
        try:
            calls[path.stem] = _call(path, areas, own=True)
        except RuleFileError as error:
            faults.append(error)
            calls.pop(path.stem, None)
    return Rulebook(dict(sorted(calls.items())), tuple(faults), folder)


def template() -> str:
    """Return the file to copy for a call of one's own."""
    return _folder().joinpath(TEMPLATE).read_text(encoding="utf-8")


def _folder() -> Traversable:
    return resources.files("graphsvc").joinpath("calls")


def _shipped() -> list[Traversable]:
    files = [each for each in _folder().iterdir() if each.name.endswith(".toml")]
    return sorted((each for each in files if each.name not in (AREAS, TEMPLATE)), key=lambda each: each.name)


def _call(file: Traversable | Path, areas: Mapping[str, Area], *, own: bool) -> Call:
    name = file.name.removesuffix(".toml")
    if not _is_name(name):
        raise RuleFileError(f"{file.name}: a call's file is named with small letters, digits and hyphens.")
    form = _checked(_CallForm, _toml(file), file.name)
    rules = tuple(_rule(rule, number, areas, file.name) for number, rule in enumerate(form.rules, start=1))
    return Call(name, form.name.said, form.address, rules, form.programmes, own, str(file))


def _rule(form: _RuleForm, number: int, areas: Mapping[str, Area], file: str) -> Rule:
    if form.area is not None and form.area not in areas:
        known = ", ".join(sorted(areas))
        raise RuleFileError(
            f"{file}: rule {number} ({form.id}), area: there is no area {form.area}.",
            remedy=f"There are {known}; {AREAS} beside your calls may add more.",
        )
    return Rule(
        id=form.id,
        kind=form.kind,
        titles=form.title.said,
        texts=form.text.said,
        source=form.source,
        checked=form.checked,
        quote=form.quote,
        weight=form.weight,
        min=form.min or 0,
        max=form.max,
        kinds=_kinds(form.kinds),
        helix=frozenset(form.helix),
        allowed=_kinds(form.allowed),
        unclear=_kinds(form.unclear),
        area=areas[form.area] if form.area else None,
        different_countries=form.different_countries,
    )


def _kinds(values: Iterable[str]) -> frozenset[ActorKind]:
    return frozenset(map(ActorKind, values))


def _areas(files: Iterable[Traversable | Path]) -> dict[str, Area]:
    """Return the areas of the files; one of a later file takes the place of an earlier one of that name."""
    tables = {id_: (file.name, table) for file in files for id_, table in _toml(file).items()}
    found: dict[str, Area] = {}
    for id_, (file, table) in tables.items():
        if not _is_name(id_):
            raise RuleFileError(f"{file}: [{id_}]: an area is named with small letters, digits and hyphens.")
        if not isinstance(table, dict):
            raise RuleFileError(f"{file}: {id_} stands outside of any table; areas are tables: [my-area].")
        form: _AreaForm = _checked(_AreaForm, table, f"{file}: [{id_}]")
        for other in form.includes:
            if other not in found:
                raise RuleFileError(
                    f"{file}: [{id_}], includes: there is no area {other}.", remedy="It has to stand before this one."
                )
        found[id_] = _area(id_, form, [found[other] for other in form.includes], file)
    return found


def _area(id_: str, form: _AreaForm, included: list[Area], file: str) -> Area:
    whole = {_place(each, id_, file) for each in form.places}.union(*(area.places for area in included))
    partly = {_place(each, id_, file) for each in form.partly}.union(*(area.partly for area in included))
    without = {_place(each, id_, file) for each in form.without}.union(*(area.without for area in included))
    if not whole | partly:
        raise RuleFileError(f"{file}: [{id_}] holds no place.", remedy="Fill in places, partly or includes.")
    if both := sorted(whole & (partly | without)):
        raise RuleFileError(f"{file}: [{id_}]: {both[0]} can't belong to it as a whole, and not.")
    known = form.name.said, frozenset(whole), form.source, form.checked
    needs_region, needs_town = _around(whole | without)
    return Area(id_, *known, frozenset(partly), frozenset(without), needs_region, needs_town)


def _place(text: str, area: str, file: str) -> str:
    """Return a place as the graph has it: ``de`` for a country, ``FI197`` for a region, ``de-munchen`` for a town."""
    for id_ in (text.lower(), text.upper()):
        if places.by_id(id_):
            return id_
    land, _, town = text.lower().partition("-")
    if town and places.by_id(land):
        return text.lower()
    raise RuleFileError(
        f"{file}: [{area}]: {text} is no place.",
        remedy="Write a country (fi), a region of Finland (FI197) or a town of a country (de-munchen).",
    )


def _around(some: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the countries in which a town needs a region, and the places that are too wide to tell.

    Of some regions the tables list all towns, with their villages: a town that is none of them lies outside, whatever
    its own region.
    """
    needs_region, needs_town = set(), set()
    for id_ in some:
        place = places.by_id(id_)
        if place is None:
            needs_town.add(id_.partition("-")[0])
        elif place.kind is not PlaceKind.COUNTRY:
            needs_town |= {each.id for each in places.chain(place)[:-1]}
            if place.kind is PlaceKind.REGION and id_ not in places.WITH_VILLAGES:
                needs_region |= {each.id for each in places.chain(place)[:-1]}
    return frozenset(needs_region), frozenset(needs_town)


def _is_name(text: str) -> bool:
    return (
        bool(text) and len(text) <= 80 and text.isascii() and text.replace("-", "").isalnum() and text == text.lower()
    )


def _toml(file: Traversable | Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
    except OSError as error:
        raise RuleFileError(f"{file.name} can't be read: {error.strerror or error}.") from error
    if len(raw) > _LARGEST:
        raise RuleFileError(f"{file.name} is larger than {_LARGEST:,} bytes.", remedy="Is it a file of rules?")
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RuleFileError(f"{file.name} is not UTF-8 text.", remedy="Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise RuleFileError(
            f"{file.name} is no TOML: {error}.", remedy="Compare with the file that graphsvc calls --template writes."
        ) from error


def _checked(form: type[Any], values: Mapping[str, Any], where: str) -> Any:
    try:
        return form.model_validate(values)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise RuleFileError(
            f"{where}: {_where(fault['loc'], values)}{_said(fault)}.",
            remedy="The file that graphsvc calls --template writes shows every key.",
        ) from error


def _where(loc: tuple[int | str, ...], values: Mapping[str, Any]) -> str:
    """Return where a fault is, as people see it in the file: ``rule 2 (countries), min: ``."""
    words = []
    parts = list(loc)
    if parts[:1] == ["rules"] and len(parts) > 1 and isinstance(parts[1], int):
        number = parts[1]
        rule = values["rules"][number]
        id_ = rule.get("id") if isinstance(rule, dict) else None
        words.append(f"rule {number + 1} ({id_})" if isinstance(id_, str) and len(id_) <= 80 else f"rule {number + 1}")
        parts = parts[2:]
    words += [str(each + 1) if isinstance(each, int) else str(each) for each in parts]
    return f"{', '.join(words)}: " if words else ""


def _said(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "there is no such key"
    if fault["type"] == "missing":
        return "it is missing"
    if fault["type"] == "string_pattern_mismatch":
        return "write it with small letters, digits and hyphens"
    message = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    return message[:1].lower() + message[1:]
