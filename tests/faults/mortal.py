"""A Neo4j of one's own that may be killed, paused and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from tests import neo4j_server

# As docs/how-to/use-neo4j.md and docker-compose.yml have them, and TLS for those who ask for it.
_AS_ADVISED: Final = """\
server.bolt.connection_keep_alive=2s
server.bolt.connection_keep_alive_probes=2
db.transaction.timeout=30s
"""
_TLS: Final = """\
server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.private_key=private.key
dbms.ssl.policy.bolt.public_certificate=public.crt
dbms.ssl.policy.bolt.client_auth=NONE
"""


class MortalServer:
    """A server process in a folder of its own. Only who made it ends it, by its process id."""

    def __init__(self) -> None:
        """Start it. :class:`tests.neo4j_server.NoServer` where there can be none."""
        self._release = neo4j_server.LONG_TERM
        self._java = neo4j_server.java_for(self._release.java)
        self._classpath = neo4j_server.classpath_of(self._release)
        self.home = Path(tempfile.mkdtemp(prefix="graphsvc-mortal-"))
        self.process: subprocess.Popen[bytes]
        try:
            (self.home / "conf").mkdir()
            self.port = neo4j_server.free_port()
            self.certificate = self._certificate()
            tls = _TLS.format(folder=self.home) if self.certificate else ""
            neo4j_server.configure(self.home, self.port, _AS_ADVISED + neo4j_server.PLANNED_SELDOM + tls)
            self.start()
        except BaseException:
            shutil.rmtree(self.home, ignore_errors=True)
            raise

    @property
    def uri(self) -> str:
        """Where it is."""
        return f"bolt://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it on what it left, and return when it answers."""
        self.process = neo4j_server.launch(self._release, self._java, self._classpath, self.home)
        try:
            neo4j_server.until_it_answers(self.uri, self.process, self.home)
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait(30)

    def leave(self) -> None:
        """End it as an administrator does."""
        self.process.terminate()
        self.process.wait(60)

    def pause(self) -> None:
        """Let it hang: it holds its connections and says nothing."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        os.kill(self.process.pid, signal.SIGCONT)

    def remove(self) -> None:
        """End it and all that it kept."""
        if self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def _certificate(self) -> Path | None:
        """Make a certificate for localhost that nobody has signed; None where there is no openssl."""
        openssl = shutil.which("openssl")
        if openssl is None:
            return None
        command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        certificate = self.home / "public.crt"
        command += ["-keyout", str(self.home / "private.key"), "-out", str(certificate)]
        subprocess.run(command, capture_output=True, check=True)
        return certificate
