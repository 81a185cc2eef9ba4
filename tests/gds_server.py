"""A Neo4j with Graph Data Science for the tests: one that is given, or one started from Maven artifacts.

GRAPHSVC_TEST_GDS_URI         use this server; nothing is stored in it, graphs in its memory are made and dropped
GRAPHSVC_TEST_REQUIRE=gds     fail where no server can be had, instead of skipping

The jars of Graph Data Science lie in the server's plugin folder, where Neo4j looks for procedures, and on its class
path.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from tests import neo4j_server
from tests.neo4j_server import LONG_TERM, NoServer, Release, RunningServer

VERSION: Final = "2.13.9"
"""The last one on Maven Central for Neo4j 5.26."""
_GROUP: Final = "org.neo4j.gds"
_EXTENSION: Final = Path(__file__).parent / "gds" / "GdsExtension.java"
_SERVICE: Final = "META-INF/services/org.neo4j.kernel.extension.ExtensionFactory"


def start() -> RunningServer:
    """Return a running server, or raise :class:`NoServer`. The caller stops it; leaving the interpreter does too."""
    if uri := os.environ.get("GRAPHSVC_TEST_GDS_URI"):
        return RunningServer(uri)
    return neo4j_server.from_artifacts(RELEASE)


def _prepare(home: Path, java: str, classpath: str) -> str:
    plugins, classes = home / "plugins", home / "classes"
    plugins.mkdir()
    for jar in map(Path, classpath.split(os.pathsep)):
        if jar.match(f"org/neo4j/gds/*/{VERSION}/*.jar"):
            (plugins / jar.name).symlink_to(jar)
    # The compiler is a module of the Java that runs: Debian's JRE has it too, without the command javac.
    compiler = [java, "-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", classpath, "-d", str(classes)]
    done = subprocess.run([*compiler, str(_EXTENSION)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServer(f"needs a Java with its compiler for Graph Data Science:\n{(done.stdout + done.stderr)[-1500:]}")
    service = classes / _SERVICE
    service.parent.mkdir(parents=True)
    service.write_text("GdsExtension\n", encoding="utf-8")
    return os.pathsep.join([str(classes), classpath])


RELEASE: Final = Release(
    LONG_TERM.version,
    LONG_TERM.main,
    java=LONG_TERM.java,
    more=((_GROUP, "proc", VERSION), (_GROUP, "open-write-services", VERSION)),
    prepare=_prepare,
)
