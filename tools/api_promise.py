"""Hold the API to its promise (docs/reference/api-promise.md): what is in docs/reference/openapi.json stays.

``python tools/api_promise.py`` writes the document anew, and refuses where that would break the promise.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graphsvc.api import openapi, problems, routes

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"
PROBLEMS: Final = "x-problem-types"
Schema = dict[str, Any]
_RIGHTS: Final = ("read", "write", "admin")
_LOWEST: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HIGHEST: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")


def current() -> Schema:
    """Return the document as the code makes it now, with the types of problems."""
    made = openapi.document(each for noun in routes.NOUNS for each in noun)
    return {**made, PROBLEMS: sorted({kind.name for kind in problems.kinds()})}


def text(document: Schema) -> str:
    """Return the document as JSON with a line for each address and each form, for people who compare two of them."""
    lines = []
    for key, value in document.items():
        if key == "components":
            parts = ",\n".join(f"  {json.dumps(name)}: {_lines(part, 3)}" for name, part in value.items())
            lines.append(f' "components": {{\n{parts}\n }}')
        else:
            lines.append(f" {json.dumps(key)}: {_lines(value, 2) if key == 'paths' else _line(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(value: Schema, indent: int) -> str:
    inside = ",\n".join(f"{' ' * indent}{json.dumps(name)}: {_line(each)}" for name, each in value.items())
    return f"{{\n{inside}\n{' ' * (indent - 1)}}}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def broken(before: Schema, after: Schema) -> list[str]:
    """Return what ``after`` takes away from, or changes of, what ``before`` promised; nothing if it only adds."""
    return sorted(set(_Comparison(before, after).found()))


class _Comparison:
    def __init__(self, before: Schema, after: Schema) -> None:
        self.before = before
        self.after = after
        self.seen: set[tuple[str, str, bool]] = set()

    def found(self) -> Iterator[str]:
        for path, methods in self.before["paths"].items():
            for method, operation in methods.items():
                where = f"{method.upper()} {path}"
                now = self.after["paths"].get(path, {}).get(method)
                if now is None:
                    yield f"{where} is gone"
                else:
                    yield from self._operation(where, operation, now)
        for name in set(self.before.get(PROBLEMS, ())) - set(self.after.get(PROBLEMS, ())):
            yield f"the problem type {name} is gone"

    def _operation(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{where} has another operationId"
        if _right(new) > _right(old):
            yield f"{where} needs a greater right"
        yield from self._parameters(where, old, new)
        old_body, new_body = old.get("requestBody"), new.get("requestBody")
        if new_body and not old_body and new_body.get("required"):
            yield f"{where} needs a body"
        for media_type, content in (old_body or {}).get("content", {}).items():
            now = (new_body or {}).get("content", {}).get(media_type)
            if now is None:
                yield f"{where} takes no {media_type}"
            else:
                yield from self._taken(f"{where} body", content.get("schema", {}), now.get("schema", {}))
        for status in (each for each in old["responses"] if each.startswith("2")):
            then, now = (self._resolved(each, doc) for each, doc in self._pair(old, new, status))
            if not now:
                yield f"{where} answers no {status}"
                continue
            for media_type, content in then.get("content", {}).items():
                form = now.get("content", {}).get(media_type)
                if form is None:
                    yield f"{where} gives no {media_type}"
                else:
                    yield from self._given(f"{where} {status}", content.get("schema", {}), form.get("schema", {}))

    def _pair(self, old: Schema, new: Schema, status: str) -> tuple[tuple[Schema, Schema], tuple[Schema, Schema]]:
        return (old["responses"][status], self.before), (new["responses"].get(status, {}), self.after)

    def _parameters(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        then = {(each["in"], each["name"]): each for each in old["parameters"]}
        now = {(each["in"], each["name"]): each for each in new["parameters"]}
        for key, each in then.items():
            name = f"{where} {key[1]}"
            if key not in now:
                yield f"{name} is gone"
                continue
            if now[key].get("required") and not each.get("required"):
                yield f"{name} must be given"
            if each["schema"].get("default") != now[key]["schema"].get("default"):
                yield f"{name} has another default"
            yield from self._taken(name, each["schema"], now[key]["schema"])
        for key in now.keys() - then.keys():
            if now[key].get("required"):
                yield f"{where} {key[1]} is new and must be given"

    def _taken(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """What is sent: everything that was taken is taken still."""
        if self._known(where, old, new, taken=True):
            return
        old, new = self._resolved(old, self.before), self._resolved(new, self.after)
        yield from self._narrower(where, old, new)
        for name in set(new.get("required", ())) - set(old.get("required", ())):
            yield f"{where}.{name} must be given"
        for name, each in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                yield f"{where}.{name} is gone"
            else:
                yield from self._taken(f"{where}.{name}", each, new["properties"][name])
        if "items" in old and "items" in new:
            yield from self._taken(f"{where}[]", old["items"], new["items"])
        yield from self._options(where, old, new, self._taken)

    def _narrower(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if missing := _types(old) - _types(new):
            yield f"{where} takes no {', '.join(sorted(missing))}"
        if "enum" in new and set(map(str, old.get("enum", ["?"]))) - set(map(str, new["enum"])):
            yield f"{where} takes fewer values"
        for name in _LOWEST:
            if name in new and (name not in old or new[name] > old[name]):
                yield f"{where} takes less: {name}"
        for name in _HIGHEST:
            if name in new and (name not in old or new[name] < old[name]):
                yield f"{where} takes less: {name}"

    def _given(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """What is answered: every field is there still, and is what it was."""
        if self._known(where, old, new, taken=False):
            return
        old, new = self._resolved(old, self.before), self._resolved(new, self.after)
        if "type" in old and (more := _types(new) - _types(old)):
            yield f"{where} may be {', '.join(sorted(more))}"
        if old.get("format") != new.get("format"):
            yield f"{where} has another format"
        for name, each in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                yield f"{where}.{name} is gone"
            else:
                yield from self._given(f"{where}.{name}", each, new["properties"][name])
        for name in set(old.get("required", ())) - set(new.get("required", ())):
            yield f"{where}.{name} may be missing"
        for key in ("items", "additionalProperties"):
            if isinstance(old.get(key), dict) and isinstance(new.get(key), dict):
                yield from self._given(f"{where}[]", old[key], new[key])
        yield from self._options(where, old, new, self._given)
        if len(new.get("anyOf", ())) > len(old.get("anyOf", ())) and old.get("anyOf"):
            yield f"{where} may be of another form"

    def _options(self, where: str, old: Schema, new: Schema, compare: Any) -> Iterator[str]:
        then, now = old.get("anyOf", []), new.get("anyOf", [])
        if len(then) > len(now):
            yield f"{where} has fewer forms"
        for before, after in zip(then, now, strict=False):
            yield from compare(where, before, after)

    def _known(self, where: str, old: Schema, new: Schema, *, taken: bool) -> bool:
        """Whether two named forms were compared already, which also ends the comparison of one that holds itself."""
        if "$ref" not in old or "$ref" not in new:
            return False
        key = (old["$ref"], new["$ref"], taken)
        if key in self.seen:
            return True
        self.seen.add(key)
        return False

    def _resolved(self, schema: Schema, document: Schema) -> Schema:
        while "$ref" in schema:
            found: Any = document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema


def _types(schema: Schema) -> set[str]:
    said = schema.get("type")
    return {said} if isinstance(said, str) else set(said or ())


def _right(operation: Schema) -> int:
    named = [right for each in operation.get("security", ()) for right in each.get("key", ())]
    return max((_RIGHTS.index(right) + 1 for right in named if right in _RIGHTS), default=0)


def main() -> None:
    """Write the document, unless the promise would be broken."""
    made = current()
    if PAGE.exists() and (found := broken(json.loads(PAGE.read_text(encoding="utf-8")), made)):
        print("\n".join(found))
        sys.exit("The API would break its promise (docs/reference/api-promise.md); nothing is written.")
    PAGE.write_text(text(made), encoding="utf-8")
    print(f"docs/reference/{PAGE.name}: {len(made['paths'])} addresses")


if __name__ == "__main__":
    main()
