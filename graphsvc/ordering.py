"""Lists in an order that the reader asks for, ``-partners,name``, in pages that stay right while others write."""

from __future__ import annotations

import base64
import binascii
import bisect
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Any, Generic, TypeVar

from graphsvc.errors import InvalidValue

T = TypeVar("T")
Value = str | int | None
"""What is compared; None, for unknown, comes last in either direction."""


@dataclass(frozen=True, slots=True)
class Order:
    """Keys with their directions, the first one counting first."""

    text: str
    keys: tuple[tuple[str, bool], ...]
    """Name, and whether the largest comes first."""

    @classmethod
    def read(cls, text: str, known: Sequence[str]) -> Order:
        """Return the order that a text asks for. :class:`InvalidValue` for a key that is not ``known``.

        >>> Order.read("-partners,name", ["name", "partners"]).keys
        (('partners', True), ('name', False))
        """
        keys: dict[str, bool] = {}
        for part in text.split(","):
            name = part.removeprefix("-")
            if name not in known:
                raise InvalidValue(
                    f"{part!r} is no key to sort by.",
                    remedy=f"There are {', '.join(known)}; a minus before one turns it round.",
                    field="sort",
                )
            keys.setdefault(name, part.startswith("-"))
        return cls(",".join(f"{'-' if down else ''}{name}" for name, down in keys.items()), tuple(keys.items()))


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of an ordered list."""

    items: tuple[T, ...]
    next: str | None
    """Where it ended, as text for an address; None on the last page."""


def page(
    items: Sequence[T], order: Order, value_of: Callable[[T, str], Value], *, limit: int, after: str | None = None
) -> Part[T]:
    """Return one page of ``items`` in an order; ``value_of`` gives an item's value of a key, and of ``id`` its id.

    The page begins after the values and the id that ended the one before: what was on an earlier page comes again only
    if its own values changed meanwhile. :class:`InvalidValue` for a cursor that is not of this order.
    """

    def values(item: T) -> list[Value]:
        return [*(value_of(item, name) for name, _ in order.keys), value_of(item, "id")]

    placed = _sorted(items, order, value_of)
    wanted = _key(_read(after, order), order) if after else []
    begin = bisect.bisect_right(placed, wanted, key=lambda item: _key(values(item), order)) if after else 0
    shown = placed[begin : begin + limit]
    more = begin + limit < len(placed)
    return Part(tuple(shown), _text(order, values(shown[-1])) if more else None)


def _sorted(items: Sequence[T], order: Order, value_of: Callable[[T, str], Value]) -> list[T]:
    """Return items in an order, key by key from the last to the first: what is compared is then plain values."""
    placed = sorted(items, key=lambda item: value_of(item, "id"))  # type: ignore[arg-type,return-value]  # never None
    for name, down in reversed(order.keys):

        def key(item: T, name: str = name, down: bool = down) -> tuple[bool, Value]:
            value = value_of(item, name)
            return ((value is not None) if down else (value is None), value)

        placed.sort(key=key, reverse=down)
    return placed


def _key(values: Sequence[Value], order: Order) -> list[tuple[bool, Any]]:
    downs = [*(down for _, down in order.keys), False]
    return [(value is None, _Down(value) if down else value) for value, down in zip(values, downs, strict=True)]


@total_ordering
@dataclass(frozen=True, slots=True)
class _Down:
    """A value that is smaller, the larger it is."""

    value: Any

    def __lt__(self, other: _Down) -> bool:
        return bool(self.value is not None and other.value is not None and self.value > other.value)


def _text(order: Order, values: Sequence[Value]) -> str:
    said = json.dumps([order.text, *values], ensure_ascii=False)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read(text: str, order: Order) -> list[Value]:
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(said, list) and said[0] == order.text and len(said) == len(order.keys) + 2:
            return list(said[1:])
    except (ValueError, TypeError, IndexError, binascii.Error):
        pass
    raise InvalidValue(
        f"{text[:40]!r} is not a cursor of ours in this order.",
        remedy="Take it from the `next` of the page before, and keep `sort` as it was.",
        field="cursor",
    )
