"""A Neo4j of the tests starts soon, and ends with the process that started it, also when that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests import neo4j_server

STARTER = """
import sys, time
from pathlib import Path
from tests import neo4j_server
server = neo4j_server.launch(neo4j_server.LONG_TERM, sys.argv[1], "", Path(sys.argv[2]))
print(server.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_it_is_gone_with_who_started_it(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    java.chmod(0o755)
    command = [sys.executable, "-c", STARTER, str(java), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as starter:
        assert starter.stdout
        pid = int(starter.stdout.readline())
        assert runs(pid)
        starter.kill()
    over = time.monotonic() + 30
    while runs(pid):
        assert time.monotonic() < over, "it outlives who started it"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Return whether a process is there, and not only its end that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_signed_jar_is_copied_without_its_signature_and_others_are_taken_as_they_are(tmp_path: Path) -> None:
    (maven := tmp_path / "maven").mkdir()
    (kept := tmp_path / "kept").mkdir()
    plain, signed, no_jar = maven / "plain.jar", maven / "signed.jar", maven / "bom.pom"
    head, service = b"Manifest-Version: 1.0\r\nMulti-Release: true\r\n", b"org.example.Tool\n"
    parts = {"META-INF/MANIFEST.MF": head, "META-INF/services/org.example.Tool": service, "org/": b""}
    with zipfile.ZipFile(plain, "w") as jar:
        for name, content in parts.items():
            jar.writestr(name, content)
    with zipfile.ZipFile(signed, "w") as jar:
        digests = b"\r\nName: META-INF/services/org.example.Tool\r\nSHA-256-Digest: x\r\n\r\n"
        for name, content in (parts | {"META-INF/MANIFEST.MF": head + digests}).items():
            jar.writestr(name, content)
        jar.writestr("META-INF/ECLIPSE_.SF", b"x")
        jar.writestr("META-INF/ECLIPSE_.RSA", b"x")
    no_jar.write_text("<project/>", encoding="utf-8")
    assert [neo4j_server._unsigned(str(each), kept) for each in (plain, no_jar)] == [str(plain), str(no_jar)]
    copy = neo4j_server._unsigned(str(signed), kept)
    assert Path(copy) == kept / "signed.jar"
    assert list(kept.iterdir()) == [Path(copy)]
    with zipfile.ZipFile(copy) as jar:
        assert {name: jar.read(name).strip() for name in jar.namelist()} == {
            name: content.strip() for name, content in parts.items()
        }
