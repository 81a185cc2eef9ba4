"""The statements: their heads say what their texts do, and the texts stay within the portable subset."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from graphsvc.analysis.catalogue import CATALOGUE
from graphsvc.errors import StatementError
from graphsvc.identifiers import SCHEMES
from graphsvc.store import backup, descriptions, queries, rows
from graphsvc.store.change import Change, steps
from tests.store.made_up import AT, region

NAMES: Final = queries.names()
GDS: Final = queries.names("gds")
_TYPES: Final = re.compile(r"(text|integer|iso date|date|decimal text|json text|list of text|list of maps|map)\??")
_TYPES_OF_GDS: Final = re.compile(r"text|integer|number|list of integer|list of number")
_TEXT: Final = re.compile(r"'[^']*'")
_NODE: Final = re.compile(
    r"\((\w*)((?::\w+(?:\|\w+)*)?)\s*(?:\{[^}]*\})?\)(?=\s*<?-)|(?<=[->])\((\w*)((?::\w+)?)\s*(?:\{[^}]*\})?\)"
)
_STARTS: Final = re.compile(r"(?:MATCH|MERGE)\s*\((\w*)((?::\w+)?)")
_FORBIDDEN: Final = ("title", "type", "label", "labels", "node_type")


def _text(name: str) -> str:
    """The statement without its literals, so that words in them are not taken for Cypher."""
    return _TEXT.sub("''", queries.statement(name).text)


def test_there_are_statements_for_every_noun() -> None:
    areas = {name.split("/")[0] for name in NAMES}
    assert areas >= {"actors", "collaborations", "participations", "links", "records", "sources", "schema"}
    assert len(NAMES) > 70


@pytest.mark.parametrize("name", NAMES)
def test_the_head_has_the_parameters_of_the_text(name: str) -> None:
    statement, text = queries.statement(name), _text(name)
    used = set(re.findall(r"\$(\w+)", text)) | {f"rows.{key}" for key in re.findall(r"\brow\.(\w+)", text)}
    assert set(statement.parameters) == used
    types = _TYPES_OF_GDS if name in GDS else _TYPES
    assert all(types.fullmatch(type_) for type_ in [*statement.parameters.values(), *statement.columns.values()])


@pytest.mark.parametrize("name", NAMES)
def test_the_head_has_the_columns_of_the_text(name: str) -> None:
    statement, text = queries.statement(name), _text(name)
    returned = re.search(r"\bRETURN\b(.*?)(?:\bORDER BY\b|$)", text, re.DOTALL)
    columns = [part.split()[-1] for part in re.split(r",(?![^()]*\))", returned[1])] if returned else []
    assert list(statement.columns) == columns
    assert bool(columns) == (statement.mode == "read")


@pytest.mark.parametrize("name", NAMES)
def test_the_mode_is_right(name: str) -> None:
    statement, text = queries.statement(name), _text(name)
    writes = re.search(r"\b(MERGE|SET|DELETE|REMOVE)\b", text) is not None
    changes_schema = re.search(r"\bCREATE (CONSTRAINT|INDEX|FULLTEXT INDEX) \w+ IF NOT EXISTS\b", text) is not None
    assert statement.mode == ("schema" if changes_schema else "write" if writes else "read")
    assert name.startswith("schema/") == changes_schema


@pytest.mark.parametrize("name", [name for name in queries.portable_names() if not name.startswith("schema/")])
def test_nothing_is_created_but_by_merge(name: str) -> None:
    text = _text(name)
    assert not re.search(r"\b(CREATE|CALL|LOAD|FOREACH|APOC)\b", text, re.IGNORECASE)
    for properties in re.findall(r"MERGE \(\w+:\w+ \{([^}]*)\}", text):
        assert re.fullmatch(r"id: \S+", properties), "a node is merged by its id and nothing else"


@pytest.mark.parametrize("name", GDS)
def test_what_is_for_graph_data_science_only_asks_it(name: str) -> None:
    statement, text = queries.statement(name), _text(name)
    assert statement.mode == "read"
    assert not re.search(r"\b(MERGE|CREATE|SET|DELETE|REMOVE|MATCH|LOAD|FOREACH|APOC)\b", text, re.IGNORECASE)
    called = re.findall(r"\bCALL ([\w.]+)", text)
    assert all(procedure.startswith("gds.") for procedure in called)
    assert len(called) == (0 if name in ("gds/procedures", "gds/project") else 1)


def test_only_graph_data_science_is_for_one_engine() -> None:
    assert set(NAMES) - set(queries.portable_names()) == set(GDS)
    assert GDS


@pytest.mark.parametrize("name", queries.portable_names())
def test_every_pattern_names_its_label(name: str) -> None:
    text = _text(name)
    nodes = [(match[1] or match[3] or "", match[2] or match[4] or "") for match in _NODE.finditer(text)]
    nodes += [(match[1], match[2]) for match in _STARTS.finditer(text)]
    labelled = {variable for variable, label in nodes if label and variable}
    assert all(label or variable in labelled for variable, label in nodes), nodes
    assert all(re.match(r"\[\w*:[A-Z_|]+", relation) for relation in re.findall(r"-(\[[^\]]*\])", text))


@pytest.mark.parametrize("name", NAMES)
def test_no_property_has_a_name_that_an_engine_keeps_for_itself(name: str) -> None:
    assert not re.search(rf"\b(?!row\b)\w+\.({'|'.join(_FORBIDDEN)})\b", _text(name))
    assert not re.search(rf"\{{\s*({'|'.join(_FORBIDDEN)})\s*:", _text(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_value_is_reckoned_from_its_own_past(name: str) -> None:
    """A driver may apply a transaction twice: n.x = n.x + 1 would count twice."""
    for assignments in re.findall(r"\bSET\b(.*?)(?=\bSET\b|\bRETURN\b|\bWITH\b|$)", _text(name), re.DOTALL):
        for target, value in re.findall(r"(\w+\.\w+) = (.*?)(?=,\s*\w+\.\w+ = |$)", assignments, re.DOTALL):
            assert target not in value or not re.search(r"[-+*/%]", value), f"{target} = {value}"


@pytest.mark.parametrize("name", [name for name in NAMES if queries.statement(name).mode == "write"])
def test_a_node_that_is_made_gets_a_name(name: str) -> None:
    for variable in re.findall(r"MERGE \((\w+):\w+", _text(name)):
        assert re.search(rf"\b{variable}\.name = ", _text(name))


def test_every_unique_label_has_its_constraint() -> None:
    merged = {label for name in NAMES for label in re.findall(r"MERGE \(\w+:(\w+) \{id", _text(name))}
    unique = {
        label for name in NAMES for label in re.findall(r"FOR \(\w+:(\w+)\) REQUIRE \w+\.id IS UNIQUE", _text(name))
    }
    assert merged == unique


def test_every_row_of_a_change_has_the_keys_of_its_statement() -> None:
    seen = set()
    for step in steps(region()):
        statement = queries.statement(step.statement)
        wanted = {name.removeprefix("rows.") for name in statement.parameters if name.startswith("rows.")}
        if wanted:
            seen.add(step.statement)
            assert all(set(row) == wanted for row in step.parameters["rows"]), step.statement
        else:
            assert set(step.parameters) == set(statement.parameters), step.statement
    assert "participations/upsert" in seen
    assert "records/upsert" in seen


def test_every_statement_is_used() -> None:
    package = Path(queries.__file__).parents[1]
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py")))
    built = {f"links/{kind}" for kind in ("same_as", "unit_of", "member_of", "succeeded_by")}
    built |= {f"actors/by_{scheme}" for scheme in SCHEMES}
    built |= {
        f"records/{verb}_{about}" for verb in ("of", "count_of") for about in ("actor", "collaboration", "source")
    }
    built |= {f"{verb}/{kind}" for verb in ("backup", "restore") for kind in (*backup.NODES, *backup.RELATIONS)}
    built |= {f"{area}/rank" for area in ("participations", "links", "judgements")}
    built |= {f"{area}/forget" for area in ("participations", "links", "records", "descriptions", "judgements")}
    built |= {
        f"{area}/{verb}"
        for area in descriptions.AREAS
        for verb in ("describe", "outdate", "mention", "forget_unspoken", "rank")
    }
    built |= {f"{area}/{verb}" for area in ("actors", "collaborations") for verb in ("search", "count")}
    built |= {f"{area}/known" for area in ("actors", "collaborations", "places", "themes")}
    built |= {f"gds/{measure}" for measure in CATALOGUE}
    unused = [name for name in NAMES if f'"{name}"' not in source and name not in built and "schema/" not in name]
    assert unused == []


def test_a_large_change_is_cut_into_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphsvc.store.change.BATCH", 3)
    assert max(len(step.parameters.get("rows", ())) for step in steps(region())) == 3


def test_equal_rows_are_written_once() -> None:
    work = dict(rows.of_claims([*region().claims, *region().claims], descriptions.Tag("f")))
    once = dict(rows.of_claims(region().claims, descriptions.Tag("f")))
    assert work == once


def test_a_change_that_finishes_names_its_import() -> None:
    with pytest.raises(ValueError, match="which import"):
        Change("k", "n", finishes=True, at=AT)


@pytest.mark.parametrize("name", ["", "actors", "actors/none", "../actors/all", "actors/ALL", "/etc/passwd", "a/b/c"])
def test_an_unknown_name_is_a_statement_error(name: str) -> None:
    with pytest.raises(StatementError, match="statement"):
        queries.statement(name)


@pytest.mark.parametrize(
    "head",
    [
        "// Purpose only.",
        "// mode: read",
        "// Purpose.\n// mode: sometimes",
        "// Purpose.\n// mode: read\n//   id: text",
        "// Purpose.\n// mode: read\n// colour: red",
    ],
)
def test_a_broken_head_is_a_statement_error(head: str) -> None:
    with pytest.raises(StatementError, match="head of the statement 'x/y'"):
        queries.parse("x/y", f"{head}\nRETURN 1 AS one")
