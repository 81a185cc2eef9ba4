"""A real Neo4j for the tests: one that is given, one in Docker, or one started from its own Maven artifacts.

GRAPHSVC_TEST_NEO4J_URI (and _PASSWORD)   use this server; every node in it is deleted between tests
GRAPHSVC_TEST_REQUIRE=neo4j               fail where no server can be had, instead of skipping; neo4j-calendar likewise

The contract runs on a calendar release (2026.x) too where there is a Java 21 or newer.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import neo4j
import platformdirs
from neo4j.exceptions import DriverError, Neo4jError

START_SECONDS: Final = 600
_QUICK: Final = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""Half the processor time for a start: 17 s, where it took 34."""
_OPENED: Final = ["--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED"]
_CONFIGURATION: Final = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
"""
_POM: Final = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>graphsvc.tests</groupId><artifactId>neo4j</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
{more}  </dependencies>
</project>
"""
_DEPENDENCY: Final = (
    "    <dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>\n"
)
_CLASSPATH_GOAL: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath"


PLANNED_ONCE: Final = "dbms.cypher.min_replan_interval=1d\n"
"""For a server whose graph stays small: a statement keeps its plan when the graph is emptied and filled again."""
PLANNED_SELDOM: Final = "dbms.cypher.min_replan_interval=5m\n"
"""Planned anew as the graph changes, some statements in a run; by itself Neo4j does so every ten seconds."""


class NoServer(Exception):
    """No Neo4j can be had here; the text says what would help."""


@dataclass(frozen=True, slots=True)
class Release:
    """A Neo4j release and what it needs."""

    version: str
    main: str
    java: int
    more: tuple[tuple[str, str, str], ...] = ()
    """Further artifacts: group, name and version of each."""
    prepare: Callable[[Path, str, str], str] = lambda home, java, classpath: classpath
    """Makes the server's home ready, with which Java, and returns the class path that it starts with."""

    @property
    def label(self) -> str:
        """Names the release with what is added to it."""
        return "-".join(["neo4j", self.version, *sorted({f"{group}-{version}" for group, _, version in self.more})])


LONG_TERM: Final = Release("5.26.0", "org.neo4j.server.CommunityEntryPoint", java=17)
CALENDAR: Final = Release("2026.09.0", "org.neo4j.server.Neo4jCommunity", java=21)


@dataclass(slots=True)
class RunningServer:
    """A server that answers."""

    uri: str
    password: str = ""
    stop: Callable[[], None] = field(default=lambda: None)
    prepared: bool = False
    """Whether it has the constraints and indexes of a store, which stay when it is emptied."""

    def wipe(self) -> None:
        """Delete every node; constraints and indexes stay."""
        auth = ("neo4j", self.password) if self.password else None
        with neo4j.GraphDatabase.driver(self.uri, auth=auth) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")


def start(release: Release = LONG_TERM, more: str = "") -> RunningServer:
    """Return a running server, or raise :class:`NoServer`. The caller stops it; leaving the interpreter does too.

    Further lines of settings are for a server that is started from its artifacts.
    """
    if release is LONG_TERM:
        if uri := os.environ.get("GRAPHSVC_TEST_NEO4J_URI"):
            return RunningServer(uri, os.environ.get("GRAPHSVC_TEST_NEO4J_PASSWORD", ""))
        if server := _in_docker(release):
            return server
    return from_artifacts(release, more)


def _in_docker(release: Release) -> RunningServer | None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "info"], capture_output=True, check=False).returncode:
        return None
    try:
        container = importlib.import_module("testcontainers.neo4j").Neo4jContainer(f"neo4j:{release.version}-community")
    except ImportError:
        return None
    container.start()
    return RunningServer(container.get_connection_url(), container.password, container.stop)


def from_artifacts(release: Release, more: str = "") -> RunningServer:
    """Start a server from its Maven artifacts, with further lines of settings, or raise :class:`NoServer`."""
    java = java_for(release.java)
    classpath = classpath_of(release)
    home = Path(tempfile.mkdtemp(prefix="graphsvc-neo4j-"))
    try:
        (home / "conf").mkdir()
        classpath = release.prepare(home, java, classpath)
        port = free_port()
        configure(home, port, more)
        process = launch(release, java, classpath, home)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise

    def stop() -> None:
        atexit.unregister(stop)
        process.kill()  # nobody opens again what it kept, and an orderly end takes 13 s
        process.wait()
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    server = RunningServer(f"bolt://127.0.0.1:{port}", stop=stop)
    try:
        until_it_answers(server.uri, process, home)
    except BaseException:
        stop()
        raise
    return server


def configure(home: Path, port: int, more: str = "") -> None:
    """Write the settings of a server, with further lines of them."""
    text = _CONFIGURATION.format(port=port) + more
    (home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def launch(release: Release, java: str, classpath: str, home: Path) -> subprocess.Popen[bytes]:
    """Start the process of a server; what it prints goes to ``output.log`` in its home.

    On Linux it ends with the thread that starts it, however that ends: call it in the main thread.
    """
    arguments = [f"--home-dir={home}", f"--config-dir={home}/conf"]
    with (home / "output.log").open("ab") as log:
        return subprocess.Popen(
            [java, "-Xmx512m", *_QUICK, *_OPENED, "-cp", classpath, release.main, *arguments],
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_ends_with_its_parent if _PRCTL else None,
        )


_PRCTL: Final = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
_PR_SET_PDEATHSIG: Final = 1


def _ends_with_its_parent() -> None:
    """In the child, before it is the server: have it killed when its parent is gone, killed itself or not."""
    if _PRCTL:
        _PRCTL(_PR_SET_PDEATHSIG, int(signal.SIGKILL))


def until_it_answers(uri: str, process: subprocess.Popen[bytes], home: Path) -> None:
    """Return when the server answers; :class:`RuntimeError` with the end of what it printed when it doesn't."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with neo4j.GraphDatabase.driver(uri, connection_timeout=2, max_transaction_retry_time=0) as driver:
                driver.execute_query("RETURN 1")
                return
        except (DriverError, Neo4jError) as error:
            if process.poll() is not None or time.monotonic() > end:
                tail = (home / "output.log").read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"Neo4j did not come up; the end of what it printed:\n{tail}") from error
        time.sleep(0.3)


def classpath_of(release: Release) -> str:
    """Resolve the artifacts with Maven, once; later runs take the kept answer while its files are there.

    One process at a time: another one waits, and finds what the first has fetched.
    """
    folder = platformdirs.user_cache_path("graphsvc-tests", appauthor=False) / release.label
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder.parent / "lock.sqlite"):  # of all releases: they share Maven's repository
        return _resolved(release, folder)


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process has this lock, and hold it."""
    with contextlib.closing(sqlite3.connect(lock, timeout=900, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")  # works on every system, and ends with the process that holds it
        yield


def _resolved(release: Release, folder: Path) -> str:
    kept = folder / "unsigned.txt"
    if classpath := _whole(kept):
        return classpath
    jars = _fetched(release, folder).split(os.pathsep)
    kept.write_text(os.pathsep.join(_unsigned(jar, folder.parent) for jar in jars), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _whole(kept: Path) -> str:
    """Return a class path that was kept; empty where it was not, or a file of it is gone."""
    classpath = kept.read_text(encoding="utf-8").strip() if kept.exists() else ""
    return classpath if all(Path(jar).exists() for jar in classpath.split(os.pathsep)) else ""


_SIGNATURE: Final = re.compile(r"META-INF/[^/]+\.(?:SF|RSA|DSA|EC)")


def _unsigned(jar: str, folder: Path) -> str:
    """Return a jar, or for one that is signed a copy that is not, in a folder for all releases.

    Java checks a jar's signatures each time it looks up a service there, 255 times in Eclipse Collections: a sixth of
    what the start of a server takes.
    """
    if not zipfile.is_zipfile(jar):  # a class path of Maven holds descriptions too
        return jar
    with zipfile.ZipFile(jar) as signed:
        names = signed.namelist()
        if not any(map(_SIGNATURE.fullmatch, names)):
            return jar
        copy = folder / Path(jar).name
        if copy.exists():
            return str(copy)
        part = copy.with_suffix(".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as unsigned:
            for name in names:
                content = signed.read(name)
                if name == "META-INF/MANIFEST.MF":
                    content = re.sub(rb"(?<=\n)\r?\n.*", b"\n", content, flags=re.DOTALL)  # a digest of each file
                if not _SIGNATURE.fullmatch(name):
                    unsigned.writestr(name, content)
    part.replace(copy)
    return str(copy)


def _fetched(release: Release, folder: Path) -> str:
    kept = folder / "classpath.txt"
    if classpath := _whole(kept):
        return classpath
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("needs a Neo4j server: set GRAPHSVC_TEST_NEO4J_URI, or install Docker, or Java and Maven")
    more = "".join(_DEPENDENCY.format(*each) for each in release.more)
    (folder / "pom.xml").write_text(_POM.format(version=release.version, more=more), encoding="utf-8")
    done = subprocess.run(
        [maven, "-q", "-B", "-f", str(folder / "pom.xml"), _CLASSPATH_GOAL, f"-Dmdep.outputFile={kept}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoServer(f"needs {release.label}, which Maven could not fetch:\n{(done.stdout + done.stderr)[-1500:]}")
    return kept.read_text(encoding="utf-8").strip()


def java_for(at_least: int) -> str:
    """Return the oldest Java here that is new enough: the one that the release was made for."""
    homes = [Path(value) for name, value in sorted(os.environ.items()) if name.startswith("JAVA_HOME")]
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    if java := shutil.which("java"):
        homes.append(Path(java).resolve().parents[1])
    found = {(version, str(home / "bin" / "java")) for home in homes if (version := _java_version(home)) >= at_least}
    if not found:
        raise NoServer(f"needs Java {at_least} or newer for this Neo4j; set JAVA_HOME to one")
    return min(found)[1]


def _java_version(home: Path) -> int:
    release = home / "release"
    if not release.is_file() or not (home / "bin" / "java").is_file():
        return 0
    match = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"), re.MULTILINE)
    return int(match[1]) if match else 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
