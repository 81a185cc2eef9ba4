"""The same facts give the same measures and the same list in every process, in whatever order they come."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import random, sys
from datetime import date, timedelta
from graphsvc.analysis.catalogue import ALL
from graphsvc.analysis.effort import Effort
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import Kin, Question, find_missing
from graphsvc.model import EVERYTHING, Actor, ActorKind, Collaboration, IdentityLevel, Link, LinkKind, Participation
from graphsvc.model import Snapshot, Theme
from graphsvc.network import build_network
from graphsvc.resolve.identity import identify

draw = random.Random(11)
themes = [Theme(id=f"t{n}", name=f"T{n}") for n in range(9)]
kinds = list(ActorKind)
actors = [Actor(id=f"actor-{n:03}", name=f"A{n}", kind=kinds[n % len(kinds)]) for n in range(160)]
collaborations, claims = [], []
for n in range(120):
    start = date(2015, 1, 1) + timedelta(days=draw.randrange(1500))
    tagged = tuple(theme.id for theme in draw.sample(themes, 2))
    collaborations.append(Collaboration(id=f"c{n:03}", name=f"C{n}", start=start, themes=tagged))
    for actor in draw.sample(actors, draw.randint(1, 8)):
        claims.append(Participation(actor=actor.id, collaboration=f"c{n:03}", source="s"))
links = [Link(actor=a.id, other=b.id, kind=kind, source="s")
         for a, b, kind in zip(actors[:12:2], actors[1:12:2], list(LinkKind) * 2)]
random.Random(int(sys.argv[1])).shuffle(claims)
snapshot = Snapshot(1, tuple(actors), tuple(collaborations), tuple(claims), tuple(themes), (), tuple(links), ())
identity = identify(actors, links, IdentityLevel.ORGANISATION)
network = build_network(snapshot, EVERYTHING, identity.canonical)
measures = measure(network.projection, 1)
kin = Kin(identity.families, identity.related, network.met)
print(list(network.actors), network.members)
for found in measures.measures.values():
    print(found.id, found.method, list(found.values.items()))
print(measures.communities, measures.modularity, sorted(measures.articulation_points))
few = Effort(exact_work=0, pivots=40)
everything = measure(network.arrays, 1, ALL, effort=few)
for found in everything.measures.values():
    print(found.id, found.method, found.error, list(found.values.items()))
print(everything.numbers, everything.bridges, everything.mixing)
print(find_missing(network.affiliation, measures, kin, Question(top=60)))
"""


def run(hash_seed: str, order: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, order], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_hash_seed_and_order_of_claims_decide_nothing() -> None:
    first = run("0", "1")
    assert first.count("MissingPartnership(") > 20
    assert first.count("Community(") > 2
    assert run("12345", "2") == first
