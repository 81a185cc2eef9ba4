"""graphsvc: who works with whom in a region, and which partnership is missing."""

__version__ = "0.1.0"
