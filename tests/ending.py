"""A run that is asked to end ends as after Ctrl-C: what its tests hold is closed, servers and folders too."""

from __future__ import annotations

import signal
import threading


def pytest_sessionstart() -> None:
    """Take SIGTERM as Ctrl-C. By itself it would end Python where it stands, and leave all there is."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
