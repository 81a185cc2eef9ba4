"""Networks that benchmarks measure: made up like a funding programme, of any size, and the real Horizon 2020."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from benchmarks.common import CORDIS, data
from graphsvc.analysis.arrays import Arrays, Matrix
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import ReadRow
from graphsvc.model import EVERYTHING, Actor, Collaboration, Participation, Place, Snapshot, Theme, View
from graphsvc.network import Network, build_network
from graphsvc.resolve.identity import identify

_KINDS = ["university", "research_organisation", "firm", "public_body", "civil_society", "unknown"]
_HELICES = ["academia", "academia", "industry", "government", "civil_society", ""]
_SHARES = [0.12, 0.14, 0.46, 0.12, 0.06, 0.10]


def made_up(actors: int, seed: int = 7) -> Arrays:
    """Return a projection of memberships with a mean of about 20 partners.

    Actors have an appetite (Pareto, exponent 2) and a topic; a project has 2–20 participants, few up to 60, 70 % of
    them of its topic, drawn by appetite; whoever takes part in nothing joins one project.
    58 % take part in one only (Horizon 2020: 64 %), so that folding twins gains less here than on the real network.
    """
    draw = np.random.default_rng(seed)
    topics = max(5, actors // 250)
    appetite, topic = draw.pareto(2.0, actors) + 1, draw.integers(topics, size=actors)
    of_topic = [np.flatnonzero(topic == each) for each in range(topics)]
    everyone = appetite / appetite.sum()
    members: list[np.ndarray] = []
    for _ in range(round(actors * 0.275)):
        size = min(int(draw.geometric(0.22)) + 1, 20) if draw.random() < 0.97 else int(min(20 + draw.pareto(2) * 8, 60))
        near = of_topic[int(draw.integers(topics))]
        local = min(round(0.7 * size), len(near))
        odds = appetite[near] / appetite[near].sum()
        chosen = [draw.choice(near, local, replace=False, p=odds)] if local else []
        chosen.append(draw.choice(actors, size - local, p=everyone))
        members.append(np.unique(np.concatenate(chosen)))
    idle = np.setdiff1d(np.arange(actors), np.concatenate(members))
    joined = draw.integers(len(members), size=len(idle))
    rows = np.concatenate([*members, idle])
    columns = np.concatenate([np.repeat(np.arange(len(members)), [len(each) for each in members]), joined])
    incidence = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(actors, len(members)))
    kind = draw.choice(len(_KINDS), actors, p=_SHARES)
    labels = {"kind": [_KINDS[each] for each in kind], "helix": [_HELICES[each] for each in kind]}
    return Arrays(tuple(f"a{row:07}" for row in range(actors)), projection(incidence), incidence, labels)


def projection(incidence: Matrix) -> Matrix:
    """Return the ties Σ 1/(size−1) of memberships."""
    sizes = np.asarray(incidence.sum(axis=0)).reshape(-1)
    shared = (incidence @ sparse.diags_array(1 / np.maximum(sizes - 1, 1), format="csr") @ incidence.T).tocoo()
    off = shared.row != shared.col
    ties = sparse.csr_array((shared.data[off], (shared.row[off], shared.col[off])), shape=shared.shape)
    ties.sort_indices()
    return ties


def horizon_2020() -> Arrays:
    """Return the organisations of Horizon 2020, from the file and without a store, as the service would have them."""
    return horizon_2020_network().arrays


def horizon_2020_network(place: str = "") -> Network:
    """Return Horizon 2020, or the collaborations of it that touch the place of that name."""
    found: dict[type, dict[object, object]] = {each: {} for each in (Actor, Collaboration, Participation, Theme, Place)}
    for item in open_file(data(CORDIS)).rows():
        for claim in item.says if isinstance(item, ReadRow) else ():
            key = (claim.actor, claim.collaboration) if isinstance(claim, Participation) else getattr(claim, "id", None)
            found.get(type(claim), {}).setdefault(key, claim)
    actors, collaborations, claims, themes, places = (tuple(each.values()) for each in found.values())
    snapshot = Snapshot(1, actors, collaborations, claims, themes, places, (), ())  # type: ignore[arg-type]
    identity = identify(snapshot.actors, snapshot.links, EVERYTHING.identity)
    view = View(place=next(each.id for each in snapshot.places if each.name == place)) if place else EVERYTHING
    return build_network(snapshot, view, identity.canonical)
