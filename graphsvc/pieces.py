"""Large values of JSON, written and read in pieces.

One call of ``json.dumps`` or ``json.loads`` for millions of numbers holds up every other thread of a process for half a
second. A call for a few thousand of them takes milliseconds, and between two calls the others have their turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

T = TypeVar("T", str, bytes, Sequence[Any])

PIECE: Final = 4096
"""Members of an object or array that one call takes."""
LONG: Final = 3 << 20
"""Characters of a text, or bytes, that one call takes: base64 makes four of three."""
_OF: Final = "\x00pieces"
"""Key of an object that stands for a longer one; no value of ours has it."""


def text(value: Any) -> str:
    """Return a value of JSON as one text, as ``json.dumps(value, ensure_ascii=False, separators=(",", ":"))`` does."""
    return "".join(_written(value))


def cut(value: T, size: int) -> Iterator[T]:
    """Yield a text, bytes or another sequence in slices of ``size`` at most."""
    return (value[at : at + size] for at in range(0, len(value), size))


def sorted_text(value: Any, **how: Any) -> str:
    """Return a value of JSON as ``json.dumps(value, **how)`` does, if ``how`` sorts keys and leaves out spaces.

    Of an object with texts as keys its long arrays are cut; nothing else is.
    """
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        return json.dumps(value, **how)
    members = []
    for key, each in sorted(value.items()):
        some = _cut_list(each) if isinstance(each, list) and len(each) > PIECE else None
        body = ",".join(json.dumps(one, **how)[1:-1] for one in some) if some else json.dumps(each, **how)
        members.append(f"{json.dumps(key, **how)}:{f'[{body}]' if some else body}")
    return f"{{{','.join(members)}}}"


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and _is_large(value, value.values()):
        yield "{"
        for number, some in enumerate(_cut(value)):
            parts = ([_dumped(str(key)), ":", *_written(each)] for key, each in some.items())
            body = [_dumped(some)[1:-1]] if len(value) > PIECE else _joined(parts)
            yield from ([","] if number else [])
            yield from body
        yield "}"
    elif isinstance(value, list | tuple) and _is_large(value, value):
        yield "["
        for number, some_ in enumerate(_cut_list(value)):
            body = [_dumped(some_)[1:-1]] if len(value) > PIECE else _joined(_written(each) for each in some_)
            yield from ([","] if number else [])
            yield from body
        yield "]"
    else:
        yield _dumped(value)


def lines(value: Any) -> Iterator[str]:
    """Yield a value of JSON as lines, none of which takes long to read: long parts first, what holds them last."""
    written: list[str] = []
    whole = _taken_apart(value, written)
    yield from written
    yield _dumped(whole)


def read(given: Iterable[str]) -> Any:
    """Return the value that :func:`lines` wrote. :class:`ValueError` for anything else."""
    parts = [json.loads(line) for line in given]
    if not parts:
        raise ValueError("there is nothing to read")
    return _put_together(parts[-1], parts[:-1])


def _taken_apart(value: Any, written: list[str]) -> Any:
    if isinstance(value, dict):
        if len(value) > PIECE:
            return {_OF: [_put(some, written) for some in _cut(value)]}
        return {key: _taken_apart(each, written) for key, each in value.items()}
    if isinstance(value, list | tuple):
        if len(value) > PIECE:
            return {_OF: [_put(some, written) for some in _cut_list(value)]}
        return [_taken_apart(each, written) for each in value] if _is_large(value, value) else value
    if isinstance(value, str) and len(value) > LONG:
        return {_OF: [_put(some, written) for some in cut(value, LONG)]}
    return value


def _put_together(value: Any, parts: list[Any]) -> Any:
    if isinstance(value, dict):
        if _OF not in value:
            return {key: _put_together(each, parts) for key, each in value.items()}
        if isinstance(parts[value[_OF][0]], str):
            return "".join(parts[number] for number in value[_OF])
        whole: Any = type(parts[value[_OF][0]])()
        for number in value[_OF]:
            whole.update(parts[number]) if isinstance(whole, dict) else whole.extend(parts[number])
        return whole
    if isinstance(value, list) and _is_large(value, value):
        return [_put_together(each, parts) for each in value]
    return value


def _put(some: Any, written: list[str]) -> int:
    written.append(_dumped(some))
    return len(written) - 1


def _is_large(value: Any, members: Iterable[Any]) -> bool:
    """Whether a value is long, or holds what may be."""
    return len(value) > PIECE or any(isinstance(each, dict | list | tuple) for each in members)


def _cut(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    members = iter(value.items())
    while some := dict(islice(members, PIECE)):
        yield some


def _cut_list(value: list[Any] | tuple[Any, ...]) -> Iterator[list[Any]]:
    return map(list, cut(value, PIECE))


def _joined(parts: Iterable[Iterable[str]]) -> Iterator[str]:
    for number, part in enumerate(parts):
        yield from ([","] if number else [])
        yield from part


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
