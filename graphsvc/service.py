"""The straight line: file → records → graph → network → measures and gaps → map. Read this first.

Everything that a command, an endpoint or a notebook does is one call here; this is the only place that knows the order
of the rooms. Answers are cached per revision of the graph, so that the same number is the same everywhere.
"""

from __future__ import annotations
