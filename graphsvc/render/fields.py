"""The fields of nodes and edges that may go to a map: what is not listed here can't be published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NODE_FIELDS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "key": str,
    "label": str,
    "group": int,
    "x": int,
    "y": int,
    "size": (int, float),
    "community": int,
    "place": int,
    "themes": tuple,
    "also": str,
    "site": str,
}
"""What a node may say, in the order in which the page has it: what is often empty comes last."""
EDGE_FIELDS: Final[Mapping[str, type | tuple[type, ...]]] = {
    "value": (int, float),
    "via": tuple,
    "quiet": bool,
    "dashes": bool,
    "rank": int,
}
