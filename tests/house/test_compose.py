"""What can be said of the container files without a container engine, which the machines of the project don't have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import neo4j
import pytest
import yaml

from graphsvc import __version__
from graphsvc.app import create_app
from graphsvc.jobs.dispatcher import LEAVE
from graphsvc.service import Service
from graphsvc.serving import PATIENCE
from graphsvc.settings import Settings
from tests import neo4j_server
from tests.house.conftest import Installed, dockerfile_sources
from tests.neo4j_server import RunningServer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    assert isinstance(loaded, dict)
    return loaded


def filled_in(value: object) -> str:
    """Return a value as compose fills it in: ``${NAME:-default}``, and the password for ``${NAME:?message}``."""

    def fill(match: re.Match[str]) -> str:
        name, kind, rest = match["name"], match["kind"], match["rest"]
        if kind == ":-":
            return str(rest)
        assert kind == ":?", f"{name} has neither a default nor a message for who forgot it"
        return "a-long-password"

    return re.sub(r"\$\{(?P<name>\w+)(?P<kind>:[-?])(?P<rest>[^}]*)\}", fill, str(value))


def graphsvc_settings(compose: dict[str, Any]) -> dict[str, str]:
    return {name: filled_in(value) for name, value in compose["services"]["graphsvc"]["environment"].items()}


def test_every_setting_is_set_and_none_is_invented(compose: dict[str, Any]) -> None:
    assert set(graphsvc_settings(compose)) == {f"GRAPHSVC_{name.upper()}" for name in Settings.model_fields}


def test_the_settings_are_valid(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in graphsvc_settings(compose).items():
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert settings.store_uri == "bolt://neo4j:7687"
    assert settings.store_password.get_secret_value() == "a-long-password"
    (published,) = compose["services"]["graphsvc"]["ports"]
    assert filled_in(published) == f"127.0.0.1:8050:{settings.port}"
    assert settings.host == "0.0.0.0"  # noqa: S104  # inside the container; published on loopback only


def test_both_services_name_one_password_and_only_graphsvc_is_published(compose: dict[str, Any]) -> None:
    services = compose["services"]
    secret = services["graphsvc"]["environment"]["GRAPHSVC_STORE_PASSWORD"]
    assert services["neo4j"]["environment"]["NEO4J_AUTH"] == f"neo4j/{secret}"
    assert services["graphsvc"]["environment"]["GRAPHSVC_STORE_USER"] == "neo4j"
    assert "ports" not in services["neo4j"]


def test_nothing_gets_round_the_network_of_its_own(compose: dict[str, Any]) -> None:
    """Each sees the other and what is published, and nothing of the machine."""
    shared = {
        "network_mode",
        "networks",
        "pid",
        "ipc",
        "uts",
        "userns_mode",
        "devices",
        "cap_add",
        "group_add",
        "links",
    }
    for name, service in compose["services"].items():
        assert not shared & set(service), name
        assert not any("/" in mount.split(":")[0] for mount in service["volumes"]), f"{name} sees the machine"
    assert set(compose["services"]) == {"graphsvc", "neo4j"}


def test_an_end_has_more_time_than_it_takes(compose: dict[str, Any]) -> None:
    service = compose["services"]["graphsvc"]
    assert int(service["stop_grace_period"].removesuffix("s")) >= PATIENCE + LEAVE + 2
    assert service["init"] is True, "the signal reaches graphsvc as it would anywhere"


def test_what_must_last_lies_in_a_named_volume(compose: dict[str, Any]) -> None:
    mounted = {name: service["volumes"] for name, service in compose["services"].items()}
    names = {mount.split(":")[0] for mounts in mounted.values() for mount in mounts}
    assert names == set(compose["volumes"])
    assert f"graphsvc-data:{graphsvc_settings(compose)['GRAPHSVC_HOME']}" in mounted["graphsvc"]
    assert "neo4j-data:/data" in mounted["neo4j"]


def test_graphsvc_waits_until_its_database_answers(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["graphsvc"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert "cypher-shell" in " ".join(services["neo4j"]["healthcheck"]["test"])


def test_the_database_is_the_one_that_the_tests_run_against(compose: dict[str, Any]) -> None:
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{neo4j_server.LONG_TERM.version}-community"


def test_nothing_runs_as_root_or_may_become_it(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not service.get("privileged")
    assert not compose["services"]["neo4j"]["user"].startswith(("0", "root"))  # of graphsvc the image says it


def test_graphsvc_writes_into_its_volume_and_nowhere_else(compose: dict[str, Any]) -> None:
    service = compose["services"]["graphsvc"]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108  # inside the container, and gone with it
    assert service["volumes"] == ["graphsvc-data:/data"]


def test_each_has_a_sign_of_health(compose: dict[str, Any]) -> None:
    assert "healthcheck" in compose["services"]["neo4j"]
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert all(service["restart"] == "unless-stopped" for service in compose["services"].values())


@pytest.mark.neo4j
def test_neo4j_knows_every_setting_that_is_named(compose: dict[str, Any], neo4j_running: RunningServer) -> None:
    """A misspelt one would keep the container from starting."""
    auth = ("neo4j", neo4j_running.password) if neo4j_running.password else None
    with neo4j.GraphDatabase.driver(neo4j_running.uri, auth=auth) as driver:
        known = {record["name"] for record in driver.execute_query("SHOW SETTINGS YIELD name").records}
    variables = set(compose["services"]["neo4j"]["environment"]) - {"NEO4J_AUTH"}
    in_compose = {
        name.removeprefix("NEO4J_").replace("__", " ").replace("_", ".").replace(" ", "_") for name in variables
    }
    page = (ROOT / "docs" / "how-to" / "use-neo4j.md").read_text(encoding="utf-8")
    on_page = set(re.findall(r"^\| `([a-z][\w.]+)` \| `", page, flags=re.MULTILINE))
    assert on_page
    assert on_page <= in_compose <= known


def test_the_image_copies_what_exists_and_nothing_keeps_it_out() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    sources = [name for stage in (0, 1) for name in dockerfile_sources(ROOT / "Dockerfile", stage)]
    assert sources
    for name in sources:
        assert (ROOT / name).exists(), name
        assert name in allowed, f"{name} is kept out by .dockerignore"


def test_the_image_is_made_of_named_versions(compose: dict[str, Any]) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert len(bases) == 2
    assert len(set(bases)) == 1, "what is built on one Python runs on it"
    assert re.fullmatch(r"python:3\.\d+(\.\d+)?-slim\S*", bases[0])
    (installs,) = re.findall(r"pip install .*", text)
    assert "-c /tmp/constraints.txt" in installs
    assert compose["services"]["graphsvc"]["image"] == f"graphsvc:{__version__}"


def test_the_image_runs_as_a_user_of_its_own_on_the_settings_of_compose(compose: dict[str, Any]) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    instructions = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    users = [argument for word, argument in instructions if word == "USER"]
    assert users == ["graphsvc"]
    last_root_step = max(index for index, (word, _) in enumerate(instructions) if word in {"RUN", "COPY"})
    assert last_root_step < next(index for index, (word, _) in enumerate(instructions) if word == "USER")
    (environment,) = (argument for word, argument in instructions if word == "ENV")
    said = dict(pair.split("=", 1) for pair in shlex.split(environment))
    for name, value in graphsvc_settings(compose).items():
        assert said.get(name, value) == value


def test_the_image_asks_an_address_that_exists() -> None:
    asked = re.search(r"http://127\.0\.0\.1:8050(/[\w/]+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    settings = Settings.load(store=":memory:", host="0.0.0.0", host_names="graph.example.org")  # noqa: S104
    service = Service.open(settings)
    try:
        client = create_app(settings, service).test_client()
        assert asked
        answer = client.get(asked[1], base_url="http://127.0.0.1:8050")  # by this name, whatever people call it
        assert answer.status_code == 200
    finally:
        service.close()


def test_what_the_image_runs_works_from_the_wheel(installed: Installed) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["graphsvc"]' in text
    assert 'CMD ["serve"]' in text
    program = str(installed.python.with_name("graphsvc"))
    start = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    assert "Usage:" in installed.run("-c", start, program, "serve", "--help")
    assert installed.run("-c", start, program, "status", GRAPHSVC_STORE=":memory:")
