"""All that the service answers to over HTTP, in one list."""

from __future__ import annotations

from typing import Final

from graphsvc.api.actors import actors
from graphsvc.api.around import around
from graphsvc.api.audit import audit
from graphsvc.api.backtests import backtests
from graphsvc.api.backups import backups
from graphsvc.api.changes import changes
from graphsvc.api.collaborations import collaborations
from graphsvc.api.consortia import consortia
from graphsvc.api.contacts import contacts
from graphsvc.api.contract import Contract
from graphsvc.api.courses import courses
from graphsvc.api.decisions import decisions
from graphsvc.api.exports import exports
from graphsvc.api.gaps import gaps
from graphsvc.api.guarding import OPEN, Door
from graphsvc.api.health import health
from graphsvc.api.imports import imports
from graphsvc.api.jobs import jobs
from graphsvc.api.judgements import judgements
from graphsvc.api.measures import measures
from graphsvc.api.naming import naming
from graphsvc.api.network import network
from graphsvc.api.openings import openings
from graphsvc.api.partnerships import partnerships
from graphsvc.api.portraits import portraits
from graphsvc.api.publications import publications
from graphsvc.api.records import records
from graphsvc.api.region_agreements import ecosystem_agreements
from graphsvc.api.region_environments import rdi_environments
from graphsvc.api.region_procurement import procurement
from graphsvc.api.region_startups import startup_alliance
from graphsvc.api.regions import regions
from graphsvc.api.reports import reports
from graphsvc.api.sources import sources
from graphsvc.api.supposing import supposing
from graphsvc.api.uploads import uploads
from graphsvc.api.users import users
from graphsvc.api.vocabulary import vocabulary
from graphsvc.service import Service

NOUNS: Final = (
    actors,
    around,
    portraits,
    contacts,
    naming,
    judgements,
    collaborations,
    records,
    sources,
    uploads,
    imports,
    vocabulary,
    changes,
    network,
    reports,
    exports,
    measures,
    courses,
    openings,
    partnerships,
    decisions,
    gaps,
    regions,
    startup_alliance,
    ecosystem_agreements,
    rdi_environments,
    procurement,
    supposing,
    consortia,
    backtests,
    jobs,
    publications,
    backups,
    users,
    audit,
    health,
)
"""In the order of the documentation."""


def contract(service: Service, language: str, door: Door = OPEN) -> Contract:
    """Return the contract with every endpoint of the API."""
    made = Contract(service, language, door)
    for noun in NOUNS:
        for endpoint in noun:
            made.add(endpoint)
    return made
