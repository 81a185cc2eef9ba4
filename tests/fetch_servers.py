"""Fetch the servers of the tests beforehand, while nothing waits for them: ``python -m tests.fetch_servers``.

What can't be had here the tests themselves say.
"""

from __future__ import annotations

import contextlib

from tests import gds_server, neo4j_server

if __name__ == "__main__":
    for release in (neo4j_server.LONG_TERM, neo4j_server.CALENDAR, gds_server.RELEASE):
        with contextlib.suppress(neo4j_server.NoServer):
            neo4j_server.java_for(release.java)
            neo4j_server.classpath_of(release)
