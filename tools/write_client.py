"""Write graphsvc/client/{models,operations}.py from docs/reference/openapi.json: ``make reference``.

A test compares the files with what this would write, so the client and the promise of the API say the same.
"""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENT: Final = ROOT / "docs" / "reference" / "openapi.json"
CLIENT: Final = ROOT / "graphsvc" / "client"
NOTE: Final = "Written by `make reference` from docs/reference/openapi.json; changes made here are lost."
FORM: Final = ("fields", "format", "style", "cursor")
"""Parameters that are about the form of a list; the client goes through its pages by itself."""
_SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS: Final = {"date": "date", "date-time": "datetime"}
Schema = dict[str, Any]


def files() -> dict[str, str]:
    """Return file name → text of each file that is made."""
    document = _document()
    made = {"models.py": models(document), "operations.py": operations(document)}
    return {name: _formatted(text) for name, text in made.items()}


def models(document: Schema) -> str:
    """Return the module with a model for each form of the document."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    lines = [
        f'"""The forms of what is sent and answered. {NOTE}"""',
        "# ruff: noqa: E501",
        "from __future__ import annotations",
        "from datetime import date, datetime",
        "from typing import Any",
        "import pydantic",
        "from graphsvc.client.base import Model",
    ]
    for name, schema in schemas.items():
        if "properties" not in schema:  # a closed set of words
            continue
        lines += ["", "", f"class {_class(name)}(Model):", f'    """{_sentence(schema, name)}"""', ""]
        required = schema.get("required", ())
        for key, each in schema["properties"].items():
            lines += [f"    {_field(key, each, key in required)}"]
            if said := each.get("description"):
                lines += [f'    """{_docstring(said)}"""']
    return "\n".join(lines) + "\n"


def _field(key: str, schema: Schema, required: bool) -> str:
    kind = _type(schema)
    name = _identifier(key)
    if name != key:
        return f'{name}: {kind} = pydantic.Field({"" if required else "default=None, "}alias="{key}")'
    if required:
        return f"{name}: {kind}"
    return f"{name}: {kind if 'None' in kind.split(' | ') else f'{kind} | None'} = None"


def operations(document: Schema) -> str:
    """Return the module with a method for each operation of the document."""
    methods = [
        line
        for path, found in document["paths"].items()
        for method, operation in found.items()
        for line in _methods(path, method, operation)
    ]
    return "\n".join(
        [
            f'"""Every operation of the API as a method. {NOTE}"""',
            "# ruff: noqa: E501",
            "from __future__ import annotations",
            "from collections.abc import Mapping, Sequence",
            "from datetime import date, datetime",
            "from typing import Any, Literal",
            "from graphsvc.client import models",
            "from graphsvc.client.base import Base, Pages, part",
            "",
            "",
            "class Client(Base):",
            '    """A service, at its address; every operation of its API is a method."""',
            *methods,
        ]
    )


def _methods(path: str, method: str, operation: Schema) -> Iterator[str]:
    responses = operation["responses"]
    content = (responses.get("200") or responses.get("202") or {}).get("content", {})
    if not content:  # a job, in the components
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/JobGiven"}}}
    form = content.get("application/json", {}).get("schema")
    others = [media_type for media_type in content if media_type != "application/json" or not form]
    if "text/event-stream" in content:
        return  # the client asks how far a job is instead
    if form:
        yield from _method(path, method, operation, form["anyOf"][0] if "anyOf" in form else form)
    if others and method == "get":
        name = operation["operationId"] + ("_file" if form else "")
        yield from _file_method(path, operation, name, others)


def _method(path: str, method: str, operation: Schema, form: Schema) -> Iterator[str]:
    answer = _type(form, prefix="models.")
    body = operation.get("requestBody")
    names = {each["name"] for each in operation["parameters"]}
    paged = method == "get" and "cursor" in names and {"items", "next"} <= _fields_of(answer).keys()
    hidden = FORM if "fields" in names or paged else ()
    yield from _signature(operation, hidden, body, f"Pages[{_item(answer)}]" if paged else answer)
    where, query = _address(path, operation), _query(operation, hidden)
    if paged:
        yield f"        return Pages(self, {where}, {answer}, {query})"
    elif not answer.startswith("models."):
        yield f"        return self.read({where}, {query})"
    elif method == "get":
        yield f"        return self.get({where}, {answer}, {query})"
    else:
        sent = ", body" if body else ""
        yield f'        return self.send("{method.upper()}", {where}, {answer}, {query}{sent})'


def _item(page: str) -> str:
    """Return the type of the items of a page."""
    return _type(_fields_of(page)["items"]["items"], prefix="models.")


def _fields_of(answer: str) -> Schema:
    schemas = {_class(name): schema for name, schema in _document()["components"]["schemas"].items()}
    return dict(schemas.get(answer.removeprefix("models."), {}).get("properties", {}))


def _file_method(path: str, operation: Schema, name: str, media_types: list[str]) -> Iterator[str]:
    about = {**operation, "operationId": name, "summary": f"{operation['summary']}, as a file"}
    yield from _signature(about, (), None, "bytes")
    accept = f', "{media_types[0]}"' if len(media_types) == 1 else ""
    yield f"        return self.file({_address(path, operation)}, {_query(operation, ())}{accept})"


def _signature(operation: Schema, hidden: Iterable[str], body: Schema | None, answer: str) -> Iterator[str]:
    needed, optional = [], []
    for each in operation["parameters"]:
        name = _identifier(each["name"])
        if each["name"] in hidden or each["in"] == "header":  # headers are the client's own business
            continue
        kind = _taken(each["schema"])
        if each["required"]:
            needed.append(f"{name}: {kind}")
        else:
            optional.append(f"{name}: {kind} | None = None")
    if body:
        needed.append(f"body: {_body(body)}")
    star = ["*"] if optional else []
    yield ""
    yield f"    def {operation['operationId']}({', '.join(['self', *needed, *star, *optional])}) -> {answer}:"
    yield f'        """{_docstring(operation["summary"])}."""'


def _body(body: Schema) -> str:
    form = body["content"].get("application/json")
    return f"{_type(form['schema'], prefix='models.')} | Mapping[str, Any]" if form else "bytes"


def _address(path: str, operation: Schema) -> str:
    for each in operation["parameters"]:
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", f"{{part({_identifier(each['name'])})}}")
    return f'{"f" if "{" in path else ""}"{path}"'


def _query(operation: Schema, hidden: Iterable[str]) -> str:
    names = [each["name"] for each in operation["parameters"] if each["in"] == "query" and each["name"] not in hidden]
    return "{" + ", ".join(f'"{name}": {_identifier(name)}' for name in names) + "}"


def _taken(schema: Schema) -> str:
    """Return the type of a parameter: closed sets are said, so that a checker finds what is not in one."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_taken(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(each) for each in schema['enum'])}]"
    if schema.get("type") == "array":
        return f"Sequence[{_taken(schema['items'])}]"
    return _taken(_schema(schema)) if "$ref" in schema else _type(schema)


@cache
def _document() -> Schema:
    document: Schema = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return document


def _schema(ref: Schema) -> Schema:
    found: Schema = _document()["components"]["schemas"][ref["$ref"].rsplit("/", 1)[-1]]
    return found


def _type(schema: Schema, *, prefix: str = "") -> str:
    """Return the type of a value. Closed sets are text: a newer service may know more values."""
    if "$ref" in schema:
        found = _schema(schema)
        name = _class(schema["$ref"].rsplit("/", 1)[-1])
        return f"{prefix}{name}" if "properties" in found else _type(found, prefix=prefix)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(_type(each, prefix=prefix) for each in schema[key]))
    kind = schema.get("type")
    if kind == "array":
        if "prefixItems" in schema:
            return f"tuple[{', '.join(_type(each, prefix=prefix) for each in schema['prefixItems'])}]"
        return f"tuple[{_type(schema.get('items', {}), prefix=prefix)}, ...]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_type(inner, prefix=prefix) if isinstance(inner, dict) else 'Any'}]"
    if kind is None:
        return "Any"
    return _FORMATS.get(schema.get("format", ""), _SCALARS[kind])


def _class(name: str) -> str:
    return name.replace("-", "")


def _identifier(name: str) -> str:
    made = name.replace("-", "_")
    return f"{made}_" if keyword.iskeyword(made) or made == "self" else made


def _sentence(schema: Schema, name: str) -> str:
    return _docstring(schema.get("description", f"{name}.").split("\n\n")[0])


def _docstring(text: str) -> str:
    said = " ".join(text.split()).replace("\\", "\\\\").replace('"', "'")
    return "\n    ".join(textwrap.wrap(said, 108))


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "made.py", "-"]
    sorted_ = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "I,F401",
        "--fix",
        "-q",
        "--stdin-filename",
        "made.py",
        "-",
    ]
    found = subprocess.run(sorted_, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return subprocess.run(command, input=found, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def main() -> None:
    """Write the files."""
    for name, text in files().items():
        (CLIENT / name).write_text(text, encoding="utf-8")
        print(f"graphsvc/client/{name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
