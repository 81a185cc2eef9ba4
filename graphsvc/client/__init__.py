"""A typed client of the API, for programs elsewhere: nothing of the service comes with it (docs/how-to/use-the-api.md).

>>> from graphsvc.client import Client
>>> with Client("https://graph.example.org", key="gsv_…") as graph:  # doctest: +SKIP
...     for actor in graph.list_actors(place="FI197", sort="-partners"):
...         print(actor.name)
"""

from __future__ import annotations

from graphsvc.client.base import Pages
from graphsvc.client.operations import Client
from graphsvc.client.problems import (
    Busy,
    ClientError,
    GoneOn,
    JobFailed,
    NotAllowed,
    NotFound,
    Problem,
    TooSlow,
    Unreachable,
    WrongInput,
)

__all__ = [
    "Busy",
    "Client",
    "ClientError",
    "GoneOn",
    "JobFailed",
    "NotAllowed",
    "NotFound",
    "Pages",
    "Problem",
    "TooSlow",
    "Unreachable",
    "WrongInput",
]
