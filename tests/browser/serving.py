"""An application served to a browser of the tests, from a thread of the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from graphsvc.app import create_app
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.working import dispatcher


class Quiet(WSGIRequestHandler):
    """Says nothing; the application logs by itself."""

    def log(self, type: str, message: str, *args: Any) -> None:  # Werkzeug's name
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve while the block runs, on a free port of loopback; give the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def worked(settings: Settings, service: Service) -> Iterator[str]:
    """Serve with a worker, as ``graphsvc serve`` does."""
    worker = dispatcher(service, threads=1)
    worker.start()
    try:
        with served(create_app(settings, service)) as address:
            yield address
    finally:
        worker.stop()
