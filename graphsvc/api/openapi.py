"""The OpenAPI 3.1 document, made from the endpoints and pydantic's own JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from graphsvc import __version__
from graphsvc.access.rights import Right
from graphsvc.api import cookies, problems, receiving, writing
from graphsvc.api.asking import is_many
from graphsvc.api.contract import JSON, Endpoint
from graphsvc.api.job_forms import JobGiven
from graphsvc.api.lists import SparsePage
from graphsvc.api.problems import Problem

_REF: Final = "#/components/schemas/{model}"
_HEADERS: Final = {
    "ETag": "Stands for this form of the answer at this revision; send it back in If-None-Match to get 304.",
    "X-Request-Id": "Names the request in the service's log; a request may bring its own.",
}
_ABOUT: Final = """Who works with whom in the region, what the network looks like, and which partnership is missing.

Every answer about the network names the `revision` of the graph it was made from; the same question at the same
revision has the same answer. Send an answer's `ETag` back in `If-None-Match` to be told `304` when nothing changed.
Lists come in pages: `next` is the `cursor` of the following page, or null. Errors are RFC 9457 problem details."""

_KEY: Final = """A key that whoever runs the service makes with `graphsvc keys make`. What it must be allowed, `read`,
`write` or `admin`, stands at each operation. An installation may let callers without a key read too."""

_SESSION: Final = """The cookie that the service sets when a person signs in on its pages; it may do what that person
may. A browser sends it by itself; a request that changes something must come from a page of this service."""

Schema = dict[str, Any]
_SCHEMES: Final[Mapping[str, Schema]] = {
    "key": {"type": "http", "scheme": "bearer", "description": _KEY},
    "session": {"type": "apiKey", "in": "cookie", "name": cookies.SECURE_NAME, "description": _SESSION},
    "session_over_http": {
        "type": "apiKey",
        "in": "cookie",
        "name": cookies.NAME,
        "description": "The same where the service is asked over plain http, on one's own machine.",
    },
}
"""Ways to say who asks; each is enough."""
_OF_WRITES: Final[list[Schema]] = [
    {
        "name": writing.KEY,
        "in": "header",
        "required": False,
        "description": "A key of your own for this request, such as a UUID. The same request again under it, within a"
        " day, is not done again but answered as before; another request under it is refused with 422.",
        "schema": {"type": "string", "pattern": writing.KEY_PATTERN},
    },
    {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of any answer about the graph, or its revision in quotes: write only while the graph"
        " is at that revision, else 412.",
        "schema": {"type": "string", "pattern": writing.TAG_PATTERN},
    },
]
_FILE: Final[Schema] = {
    receiving.RAW: {"schema": {"type": "string", "format": "binary", "description": "The file itself."}},
    receiving.FORM: {
        "schema": {
            "type": "object",
            "required": [receiving.PART],
            "properties": {receiving.PART: {"type": "string", "format": "binary", "description": "The file."}},
        }
    },
}
_Key = tuple[type[Any], JsonSchemaMode]
_JOB: Final[_Key] = (JobGiven, "serialization")
_SPARSE: Final[_Key] = (SparsePage, "serialization")


def document(endpoints: Iterable[Endpoint]) -> Schema:
    """Return the OpenAPI document of ``endpoints`` as plain data, the same for the same code."""
    found = sorted(endpoints, key=lambda each: each.path)
    asked: list[_Key] = [(each.parameters, "validation") for each in found]
    used: list[_Key] = [(each.body, "validation") for each in found if each.body]
    used += [(model, "serialization") for each in found for model in each.answers.values() if model]
    used += [(Problem, "serialization")]
    used += [_SPARSE for each in found if "fields" in each.parameters.model_fields]
    used += [_JOB for each in found if each.later != "never"]
    keys = list(dict.fromkeys(asked + used))
    refs, definitions = models_json_schema(keys, ref_template=_REF)
    schemas = definitions["$defs"]
    questions = {model: schemas.pop(_name(refs[model, mode])) for model, mode in dict.fromkeys(asked)}
    paths: Schema = {}
    for each in found:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, questions[each.parameters], refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "graphsvc",
            "version": __version__,
            "summary": "Stakeholder network graph service",
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(each.tag for each in found)],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {
                **({"202": _accepted(refs[_JOB])} if _JOB in refs else {}),
                **{str(status): _problem(status) for status in sorted({s for e in found for s in e.statuses})},
            },
            "securitySchemes": dict(_SCHEMES),
            "headers": {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()},
        },
    }


def _name(ref: Schema) -> str:
    return str(ref["$ref"]).rsplit("/", 1)[-1]


def _operation(endpoint: Endpoint, question: Schema, refs: dict[_Key, Schema]) -> Schema:
    headers = ["X-Request-Id", *(["ETag"] if endpoint.revised or endpoint.tagged else [])]
    given = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    content = {
        media_type: {"schema": _form(endpoint, refs, model)} if model else {}
        for media_type, model in endpoint.answers.items()
    }
    responses: Schema = {"200": {"description": "The answer.", "headers": given, "content": content}}
    if endpoint.later != "never":
        responses["202"] = {"$ref": "#/components/responses/202"}
    if endpoint.later == "always":
        responses = {"202": _accepted(refs[_JOB])}
    if endpoint.revised or endpoint.tagged:
        responses["304"] = {"description": "Nothing changed since the answer whose ETag was sent.", "headers": given}
    responses.update({str(status): {"$ref": f"#/components/responses/{status}"} for status in endpoint.statuses})
    operation: Schema = {
        "operationId": endpoint.name,
        "security": _security(endpoint.needs),
        "summary": endpoint.summary,
        "description": endpoint.description,
        "tags": [endpoint.tag],
        "parameters": list(_parameters(endpoint, question)),
        "responses": responses,
    }
    if endpoint.writes:
        operation["parameters"] += _OF_WRITES
    if endpoint.retiring:
        operation["deprecated"] = True
    if endpoint.body:
        body = {JSON: {"schema": refs[endpoint.body, "validation"]}}
        operation["requestBody"] = {"required": True, "content": body}
    if endpoint.takes_file:
        operation["requestBody"] = {"required": True, "content": _FILE}
    return operation


def _security(needs: Right) -> list[Schema]:
    """Return what opens an operation; nothing at all may be enough too, where an installation says so."""
    return [{}] if needs is Right.NOTHING else [*({name: [needs.value]} for name in _SCHEMES), {}]


def _form(endpoint: Endpoint, refs: dict[_Key, Schema], model: type[Any]) -> Schema:
    """Return the form of an answer; where `fields` chooses among them, it may also have fewer."""
    whole = refs[model, "serialization"]
    return {"anyOf": [whole, refs[_SPARSE]]} if "fields" in endpoint.parameters.model_fields else whole


def _parameters(endpoint: Endpoint, question: Schema) -> Iterable[Schema]:
    for name, schema in question.get("properties", {}).items():
        in_path = f"{{{name}}}" in endpoint.path
        parameter: Schema = {
            "name": name,
            "in": "path" if in_path else "query",
            "required": in_path or name in question.get("required", ()),
            "description": schema.get("description", ""),
            "schema": _without_null({key: schema[key] for key in schema if key not in ("title", "description")}),
        }
        if is_many(endpoint.parameters.model_fields[name].annotation):
            parameter |= {"style": "form", "explode": True}
        if name in endpoint.example:
            parameter["example"] = endpoint.example[name]
        yield parameter


def _without_null(schema: Schema) -> Schema:
    """A query has no null: ``X | None`` is a parameter that may be left out."""
    options = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if not options:
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf" and (key, value) != ("default", None)}
    return {**options[0], **rest} if len(options) == 1 else {"anyOf": options, **rest}


def _accepted(job: Schema) -> Schema:
    return {
        "description": "A job does it, as it takes long. Ask `Location` how far it is; when done, ask here again.",
        "headers": {
            "Location": {"description": "The job.", "schema": {"type": "string"}},
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
        },
        "content": {JSON: {"schema": job}},
    }


def _problem(status: int) -> Schema:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    titles = dict.fromkeys(kind.title for kind in problems.kinds() if kind.status == status)
    response: Schema = {"description": " · ".join(titles) + ".", "content": content}
    if any(kind.retry_after for kind in problems.kinds() if kind.status == status):
        response["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return response
