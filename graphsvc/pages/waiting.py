"""What a page waits for, begun anew: only who presses the button asks for work that failed or was cancelled."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as AnyResponse

from graphsvc import working
from graphsvc.access.rights import Right
from graphsvc.api import guarding
from graphsvc.api.asking import Parameters
from graphsvc.api.contract import Contract
from graphsvc.pages.addresses import local
from graphsvc.pages.html import sent


class AgainSent(Parameters):
    """What the button sends."""

    next: str = ""
    """The page that waits."""


def add(pages: Blueprint, contract: Contract) -> None:
    """Serve what the button of a page that waits sends."""
    service = contract.service

    @pages.post("/jobs/<id>/again")
    def begin_job_again(id: str) -> AnyResponse:
        caller = contract.door.admit(Right.READ)
        said, job = sent(AgainSent), service.jobs.get(id)
        if caller.limited:
            guarding.check_part(working.part(job), caller, service.snapshot())
        working.begin_again(service, job, caller.name)
        return redirect(local(said.next), 303)
