"""The documentation says what is so: generated pages are fresh, links lead somewhere, what is named exists."""

from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from graphsvc.analysis.features import Weights
from graphsvc.app import create_app
from graphsvc.cli import COMMANDS, cli
from graphsvc.service import Service
from graphsvc.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(page for form in ("*.md", "docs/**/*.md", "cypher/*.md", "graphsvc/**/*.md") for page in ROOT.glob(form))
HOUSE_VARIABLES = {"GRAPHSVC_SHARED", "GRAPHSVC_TEST_EXAMPLES", "GRAPHSVC_TEST_REQUIRE", "GRAPHSVC_TEST_SEED"}
"""Variables of tests and benchmarks, not of the service."""

each_page = pytest.mark.parametrize("page", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """Return the page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text(page), flags=re.DOTALL | re.MULTILINE)


def code(page: Path) -> Iterator[str]:
    """Yield the lines of the page's blocks of code, without prompt and remark."""
    for block in re.findall(r"^```\w*\n(.*?)^```$", text(page), flags=re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            yield line.strip().removeprefix("$ ").split("  #")[0].strip()


def anchors(page: Path) -> set[str]:
    """Return the names that a reader on the web can jump to: headings, as GitHub makes ids of them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_generated_pages_are_fresh(tool: Callable[[str], ModuleType]) -> None:
    for name, fresh in tool("write_reference").pages().items():
        page = ROOT / "docs" / "reference" / name
        assert page.exists(), f"docs/reference/{name} is missing: make reference"
        assert text(page) == fresh, f"docs/reference/{name} is not what the code says: make reference"


def test_every_command_option_and_setting_is_on_its_page() -> None:
    commands = text(ROOT / "docs" / "reference" / "commands.md")
    for name, command in cli.imported().items():
        section = commands.partition(f"## graphsvc {name}\n")[2].partition("\n## ")[0]
        assert command.help, f"graphsvc {name} has no help"
        for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
            assert option.help, f"graphsvc {name} {option.opts[0]} has no help"
            for spelling in [*option.opts, *option.secondary_opts]:
                assert spelling in section, f"graphsvc {name} {spelling} is not documented"
    settings = text(ROOT / "docs" / "reference" / "settings.md")
    for name, field in Settings.model_fields.items():
        assert f"`GRAPHSVC_{name.upper()}`" in settings
        assert field.description


def addresses(page: str, heading: str = "") -> set[str]:
    """Return the addresses that a page lists in its table."""
    table = text(ROOT / "docs" / "reference" / page).partition(heading)[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(/\S*)` \|", table, flags=re.MULTILINE))


def test_every_endpoint_and_every_page_is_documented_and_none_that_is_gone() -> None:
    settings = Settings.load(store=":memory:")
    service = Service.open(settings)
    try:
        rules = list(create_app(settings, service).url_map.iter_rules())
    finally:
        service.close()
    readable = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule): rule.endpoint.startswith("pages.")
        for rule in rules
        if rule.endpoint.startswith("api.") or "GET" in (rule.methods or ())
    }
    own = {"/api/v1/docs", "/api/v1/openapi.json", "/problems/{name}"}
    assert addresses("api.md", "## Endpoints") == {rule for rule, page in readable.items() if not page} | own
    served = {"/static/{filename}", "/favicon.ico"}
    assert addresses("pages.md", "# Pages") == {rule for rule, page in readable.items() if page} - own - served


def test_the_explanation_of_missing_partnerships_has_every_reason_with_its_weight() -> None:
    page = text(ROOT / "docs" / "explanation" / "missing-partnerships.md")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| ([\d.]+) \|$", page, flags=re.MULTILINE)
    assert {name: float(weight) for name, weight in rows} == dataclasses.asdict(Weights())


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in anchors(file), f"{target}: {file.name} has no such heading"


@each_page
def test_tests_that_are_named_exist(page: Path) -> None:
    for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text(page)):
        assert re.search(rf"^def {name}\(", text(ROOT / file), flags=re.MULTILINE), f"{file} has no {name}"


GOALS = {*(f"R{n}" for n in range(1, 8)), *(f"A{n}" for n in range(1, 6)), "P1", "P2", "P3"} | {
    *(f"S{n}" for n in range(1, 13)),
    *("O1", "C1"),
}


def test_each_goal_of_the_service_has_its_line() -> None:
    lines = re.findall(
        r"^\| ([A-Z]\d+) \| .+ \| (.+) \| (.+) \|$", text(ROOT / "docs/reference/service-goals.md"), re.M
    )
    assert [name for name, _, _ in lines] == sorted(GOALS, key=lambda each: ("RAPSOC".index(each[0]), int(each[1:])))
    for name, held, state in lines:
        assert "`tests/" in held or re.search(r"\d", held), name
        assert re.search(r"\bmet\b|\d", state), name


@each_page
def test_files_that_are_named_exist(page: Path) -> None:
    folders = "graphsvc|cypher|tests|docs|tools|benchmarks|notebooks"
    for name in re.findall(rf"`((?:{folders})/[\w./-]*|\.ci/run|[\w-]+\.(?:py|md|toml|yml))`", text(page)):
        beside = (ROOT / name, ROOT / "graphsvc" / name, page.parent / name)
        assert any(path.exists() for path in beside) or list(ROOT.glob(f"graphsvc/**/{name}")), f"there is no {name}"


@each_page
def test_variables_that_are_named_exist(page: Path) -> None:
    known = {f"GRAPHSVC_{name.upper()}" for name in Settings.model_fields} | HOUSE_VARIABLES
    assert set(re.findall(r"GRAPHSVC_[A-Z_]+[A-Z]", text(page))) <= known


@each_page
def test_commands_that_are_shown_can_be_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their options exist and take such values; what they do is tried by the tests of the commands."""
    monkeypatch.chdir(tmp_path)
    for line in code(page):
        match = re.match(
            r"(?:\w+=\S+ )*(?:docker compose (?:exec|run --rm) \S+ )?(?:graphsvc|python3 run\.py) (.+)", line
        )
        if not match:
            continue
        name, *arguments = shlex.split(re.split(r" [>|] ", match[1])[0])
        if (name in {"test", "dev"} and "run.py" in line) or "…" in line or name.startswith("-"):
            continue
        assert name in COMMANDS, f"{line}: there is no such command"
        for file in (argument for argument in arguments if re.fullmatch(r"[\w.-]+\.(xlsx|csv|zip)", argument)):
            Path(file).touch()  # the reader's file
        cli.imported()[name].make_context(name, arguments, parent=click.Context(cli, **cli.context_settings))


@each_page
def test_verbs_of_make_exist(page: Path) -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text(page))) <= verbs


def test_the_index_leads_to_every_page() -> None:
    index = text(ROOT / "docs" / "README.md")
    linked = {(ROOT / "docs" / target.partition("#")[0]).resolve() for target in re.findall(r"\]\(([^)\s]+)\)", index)}
    assert {page for page in PAGES if (ROOT / "docs") in page.parents} - linked == {ROOT / "docs" / "README.md"}


def test_each_dependency_has_its_reason_and_its_way_out() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    decision = text(ROOT / "docs" / "decisions" / "0002-dependencies.md")
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    tools = [line for line in text(ROOT / "tools" / "release-tools.txt").splitlines() if not line.startswith("#")]
    wanted = {re.split(r"[<>=\[ ]", line)[0] for line in [*project["dependencies"], *optional, *tools]} - {"graphsvc"}
    rows = re.findall(r"^\| ([a-z][\w-]*) \|(.+)\|$", decision, flags=re.MULTILINE)
    assert {name for name, _ in rows} == wanted | {"package"}
    assert all(cell.strip() for _, rest in rows for cell in rest.split("|"))


def test_exact_versions_cover_all_that_is_asked_for() -> None:
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    lines = [line for line in text(ROOT / "constraints.txt").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+-]+", line) for line in lines)
    pinned = {re.sub(r"[-_.]+", "-", line.partition("==")[0].lower()) for line in lines}
    wanted = {re.split(r"[<>=\[ ]", line)[0] for line in [*project["dependencies"], *optional]} - {"graphsvc"}
    assert wanted <= pinned


def test_no_page_names_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("needs a git checkout")
    for name in listed.stdout.split("\n"):
        if name.endswith((".md", ".py", ".toml", ".yml", ".txt", ".ipynb", "run", "Makefile")):
            found = re.search(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/", (ROOT / name).read_text(encoding="utf-8"))
            assert not found, f"{name} names {found}"
