"""Frozen results as JSON and back, without loss and without running anything that a file says.

What is written follows the type's own annotations, and so does what is read: a file can only become values of the type
that was asked for. Understood are dataclasses, mappings, tuples, frozen sets, enumerations, days, numpy arrays, bytes,
the scalars of JSON, and unions of these. Numbers come back as they were, to the last bit, NaN and the infinities too.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from graphsvc import pieces

T = TypeVar("T")

_PLAIN: Final = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type are written and read."""

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]
    plain: bool = False
    """JSON has such values itself."""


_AS_IT_IS: Final = _Form(lambda value: value, lambda value: value, plain=True)


def pack(value: Any, as_type: Any) -> str:
    """Return ``value`` as JSON text. :class:`TypeError` for a type that is not understood."""
    return pieces.text(plain(value, as_type))


def unpack(text: str | bytes, as_type: type[T]) -> T:
    """Return what :func:`pack` wrote. :class:`ValueError`, ``TypeError`` or ``KeyError`` for what it did not write."""
    return restored(json.loads(text), as_type)


def plain(value: Any, as_type: Any) -> Any:
    """Return ``value`` in the terms of JSON: dictionaries, lists, text, numbers."""
    return _form(as_type).dump(value)


def restored(value: Any, as_type: type[T]) -> T:
    """Return the value that :func:`plain` was given. Errors are those of :func:`unpack`."""
    return cast("T", _form(cast("Any", as_type)).load(value))


@cache
def _form(annotation: Any) -> _Form:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN or annotation is None:
        return _AS_IT_IS
    if origin in (Union, types.UnionType):
        return _of_union(arguments)
    if origin is tuple:
        return _of_tuple(arguments)
    if origin is frozenset:
        return _of_set(_form(arguments[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_mapping(arguments[0], _form(arguments[1]))
    if origin is not None and origin.__name__ == "ndarray":
        return _of_array()
    return _of_class(annotation)


def _of_class(cls: Any) -> _Form:
    if cls is bytes:  # JSON has text alone
        return _Form(_encoded, _decoded)
    if dataclasses.is_dataclass(cls):
        return _of_dataclass(cls)
    if issubclass(cls, Enum):
        return _Form(lambda value: value.value, cls)
    if issubclass(cls, date):  # a datetime is one too
        return _Form(lambda value: value.isoformat(), cls.fromisoformat)
    raise TypeError(f"no form is known for {cls}")


def _encoded(value: bytes) -> str:
    """Return bytes as base64: a map of 30 MB in pieces, so that others have their turn."""
    return "".join(base64.b64encode(some).decode("ascii") for some in pieces.cut(value, pieces.LONG))


def _decoded(text: str) -> bytes:
    return b"".join(map(base64.b64decode, pieces.cut(text, 4 * pieces.LONG)))


def _of_dataclass(cls: Any) -> _Form:
    hints = get_type_hints(cls)
    forms = {each.name: _form(hints[each.name]) for each in dataclasses.fields(cls)}

    def dump(value: Any) -> dict[str, Any]:
        return {name: form.dump(getattr(value, name)) for name, form in forms.items()}

    def load(value: Any) -> Any:
        return cls(**{name: form.load(value[name]) for name, form in forms.items()})

    return _Form(dump, load)


def _of_tuple(arguments: tuple[Any, ...]) -> _Form:
    if arguments[-1] is not Ellipsis:
        forms = [_form(each) for each in arguments]
        return _Form(
            lambda value: [form.dump(each) for form, each in zip(forms, value, strict=True)],
            lambda value: tuple(form.load(each) for form, each in zip(forms, value, strict=True)),
        )
    item = _form(arguments[0])
    if item.plain:
        return _Form(list, tuple)
    return _Form(lambda value: [item.dump(each) for each in value], lambda value: tuple(map(item.load, value)))


def _of_set(item: _Form) -> _Form:
    return _Form(
        lambda value: [item.dump(each) for each in sorted(value)], lambda value: frozenset(map(item.load, value))
    )


def _of_mapping(key: Any, item: _Form) -> _Form:
    if key is str and item.plain:
        return _Form(dict, dict)
    if key is str:
        return _Form(
            lambda value: {name: item.dump(each) for name, each in value.items()},
            lambda value: {name: item.load(each) for name, each in value.items()},
        )
    name = _form(key)  # JSON has text alone as keys
    return _Form(
        lambda value: [[name.dump(one), item.dump(each)] for one, each in value.items()],
        lambda value: {name.load(one): item.load(each) for one, each in value},
    )


def _of_union(members: tuple[Any, ...]) -> _Form:
    """A scalar of JSON stands for itself; anything else is written with its place among the others of the union."""
    forms = {each: _form(each) for each in members}
    others = [each for each, form in forms.items() if not form.plain]
    if not others:
        return _AS_IT_IS

    def dump(value: Any) -> Any:
        place = next((at for at, each in enumerate(others) if isinstance(value, get_origin(each) or each)), None)
        return value if place is None else {str(place): forms[others[place]].dump(value)}

    def load(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        ((place, inner),) = value.items()
        return forms[others[int(place)]].load(inner)

    return _Form(dump, load)


def _of_array() -> _Form:
    def dump(array: Any) -> dict[str, Any]:
        return {"dtype": array.dtype.name, "shape": list(array.shape), "values": array.reshape(-1).tolist()}

    def load(value: Any) -> Any:
        import numpy as np  # whoever packs arrays has it loaded

        return np.asarray(value["values"], dtype=value["dtype"]).reshape(value["shape"])

    return _Form(dump, load)
