"""The runner as a process: it says where it listens, and at a signal it answers who is inside and leaves."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from graphsvc.errors import SettingsError
from graphsvc.serving import serve

# The application waits until it is told to go on, so that a request is surely in flight when the signal comes.
PROGRAM = """
import os
from graphsvc.serving import serve

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/wait":
        os.write(1, b"inside\\n")  # one write: print makes two of it, and four threads mix them
        os.read(0, 1)
    return [b"x" * 3_000_000 if environ["PATH_INFO"] == "/big" else b"answered"]

serve(app, "127.0.0.1", 0, lambda address: print(address, flush=True))
print("closed", flush=True)
"""


@contextmanager
def running(program: str = PROGRAM) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            address = urlsplit(process.stdout.readline().strip())
            assert address.hostname
            assert address.port
            yield process, address.hostname, address.port
        finally:
            process.kill()


def get(host: str, port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_who_is_inside_is_answered(number: signal.Signals) -> None:
    with running() as (process, host, port), ThreadPoolExecutor() as pool:
        assert process.stdin
        assert process.stdout
        waiting = [pool.submit(get, host, port, "/wait") for _ in range(4)]
        assert [process.stdout.readline().strip() for _ in waiting] == ["inside"] * 4
        process.send_signal(number)
        while _accepts(host, port):  # the door closes while four are still inside
            assert process.poll() is None
        assert not any(each.done() for each in waiting)
        process.stdin.write("\n" * 4)
        process.stdin.flush()
        assert [each.result(timeout=30) for each in waiting] == [(200, b"answered")] * 4
        assert process.stdout.readline() == "closed\n", "the caller goes on, and closes its store"
        assert process.wait(timeout=30) == 0
        socket.create_server((host, port)).close()  # the port is free again


def _accepts(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError:
        return False
    return True


def test_an_answer_half_sent_is_sent_whole() -> None:
    with running() as (process, host, port), socket.create_connection((host, port), timeout=30) as connection:
        connection.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = len(connection.recv(1000))
        process.send_signal(signal.SIGTERM)
        while block := connection.recv(1 << 16):
            received += len(block)
        assert received > 3_000_000
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\rX-C: d\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n", b"431"),
    ],
    ids=["too large", "two lengths", "unknown coding", "bare carriage return", "endless header"],
)
def test_what_is_not_http_is_refused_before_the_application(head: bytes, status: bytes) -> None:
    with running() as (_, host, port), socket.create_connection((host, port), timeout=30) as connection:
        connection.sendall(head)
        assert connection.recv(1000).split(b" ")[1] == status


def test_forty_half_sent_bodies_hold_nobody_up() -> None:
    with running() as (_, host, port), ExitStack() as stack:
        for _each in range(40):
            connection = stack.enter_context(socket.create_connection((host, port), timeout=30))
            connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
        assert get(host, port, "/") == (200, b"answered")


HURRIED = PROGRAM.replace(
    "def app(",
    """
import graphsvc.serving
graphsvc.serving.GRACE, graphsvc.serving.SLOWEST = 1.0, 1_000_000
BIG = [b"x" * 1_000_000] * 40

def app(""",
).replace("return [", 'return BIG if environ["PATH_INFO"] == "/big" else [')


def test_answers_that_nobody_takes_hold_no_thread() -> None:
    """Twice as many as there are threads ask for more than waitress keeps for one, and take nothing."""
    with running(HURRIED) as (_, host, port), ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection((host, port), timeout=30)) for _ in range(16)]
        for connection in slow:
            connection.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        assert get(host, port, "/") == (200, b"answered"), "or it waits until its time is up"
        assert sum(_taken(connection) < 40_000_000 for connection in slow) >= 8, "the first of them were hung up on"


def _taken(connection: socket.socket) -> int:
    """Return how many bytes come until the other side hangs up."""
    received = 0
    with suppress(ConnectionResetError):
        while block := connection.recv(1 << 20):
            received += len(block)
    return received


def test_who_takes_its_time_and_takes_it_all_gets_it_all() -> None:
    hurried = HURRIED.replace("1.0, 1_000_000", "1.0, 1_000")
    with running(hurried) as (_, host, port), socket.create_connection((host, port), timeout=30) as connection:
        connection.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = 0
        while block := connection.recv(1 << 20):
            received += len(block)
            time.sleep(0.05)
        assert received > 40_000_000


def test_a_port_in_use_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port}: another process listens there.*GRAPHSVC_PORT"):
            serve(_nothing, "127.0.0.1", port, _never)


def test_an_address_that_is_not_ours_is_said() -> None:
    with pytest.raises(SettingsError, match="GRAPHSVC_HOST"):
        serve(_nothing, "192.0.2.1", 0, _never)  # TEST-NET-1: no machine has it


def test_signal_handlers_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM)

    def stop(_address: str) -> None:
        threading.Timer(0.1, signal.raise_signal, [signal.SIGTERM]).start()

    serve(_nothing, "127.0.0.1", 0, stop)
    assert signal.getsignal(signal.SIGTERM) is before


def _nothing(_environ: object, start_response: object) -> list[bytes]:
    raise AssertionError("nobody asks")


def _never(_address: str) -> None:
    raise AssertionError("it must not be said to listen")
