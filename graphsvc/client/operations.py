"""Every operation of the API as a method. Written by `make reference` from docs/reference/openapi.json; changes made here are lost."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from graphsvc.client import models
from graphsvc.client.base import Base, Pages, part


class Client(Base):
    """A service, at its address; every operation of its API is a method."""

    def list_absent(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        collaboration: Sequence[str] | None = None,
        top: int | None = None,
        limit: int | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> Pages[models.GapGiven]:
        """List who is absent."""
        return Pages(
            self,
            "/api/v1/absent",
            models.GapsGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "collaboration": collaboration,
                "top": top,
                "limit": limit,
                "lang": lang,
            },
        )

    def list_actors(
        self,
        *,
        q: str | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        place: str | None = None,
        theme: str | None = None,
        identity: Literal["recorded", "current"] | None = None,
        as_of: date | None = None,
        business_id: str | None = None,
        vat: str | None = None,
        pic: str | None = None,
        ror: str | None = None,
        isni: str | None = None,
        wikidata: str | None = None,
        source: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Pages[models.Actor]:
        """Search actors."""
        return Pages(
            self,
            "/api/v1/actors",
            models.ActorPage,
            {
                "q": q,
                "kind": kind,
                "place": place,
                "theme": theme,
                "identity": identity,
                "as_of": as_of,
                "business_id": business_id,
                "vat": vat,
                "pic": pic,
                "ror": ror,
                "isni": isni,
                "wikidata": wikidata,
                "source": source,
                "sort": sort,
                "limit": limit,
            },
        )

    def list_actors_file(
        self,
        *,
        fields: str | None = None,
        format: Literal["json", "csv"] | None = None,
        style: Literal["finnish", "plain"] | None = None,
        q: str | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        place: str | None = None,
        theme: str | None = None,
        identity: Literal["recorded", "current"] | None = None,
        as_of: date | None = None,
        business_id: str | None = None,
        vat: str | None = None,
        pic: str | None = None,
        ror: str | None = None,
        isni: str | None = None,
        wikidata: str | None = None,
        source: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> bytes:
        """Search actors, as a file."""
        return self.file(
            "/api/v1/actors",
            {
                "fields": fields,
                "format": format,
                "style": style,
                "q": q,
                "kind": kind,
                "place": place,
                "theme": theme,
                "identity": identity,
                "as_of": as_of,
                "business_id": business_id,
                "vat": vat,
                "pic": pic,
                "ror": ror,
                "isni": isni,
                "wikidata": wikidata,
                "source": source,
                "sort": sort,
                "limit": limit,
                "cursor": cursor,
            },
            "text/csv",
        )

    def resolve_name(
        self, name: str, *, limit: int | None = None, lang: Literal["fi", "sv", "en"] | None = None
    ) -> models.NameHits:
        """Find whom a name means."""
        return self.get("/api/v1/actors/resolve", models.NameHits, {"name": name, "limit": limit, "lang": lang})

    def get_actor(
        self, id: str, *, as_of: date | None = None, lang: Literal["fi", "sv", "en"] | None = None
    ) -> models.ActorDetail:
        """Get one actor."""
        return self.get(f"/api/v1/actors/{part(id)}", models.ActorDetail, {"as_of": as_of, "lang": lang})

    def list_contacts(self, id: str) -> models.ContactList:
        """List contact persons."""
        return self.get(f"/api/v1/actors/{part(id)}/contacts", models.ContactList, {})

    def add_contact(self, id: str, body: models.NewContact | Mapping[str, Any]) -> models.ContactNoted:
        """Add a contact person."""
        return self.send("POST", f"/api/v1/actors/{part(id)}/contacts", models.ContactNoted, {}, body)

    def list_history(self, id: str, *, limit: int | None = None) -> Pages[models.EventGiven]:
        """List what became of an actor."""
        return Pages(self, f"/api/v1/actors/{part(id)}/history", models.HistoryPage, {"limit": limit})

    def get_network_around(
        self,
        id: str,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        format: Literal["json", "graphml", "gexf", "csv"] | None = None,
        steps: int | None = None,
        limit: int | None = None,
    ) -> models.NetworkAround:
        """Get the network around an actor."""
        return self.get(
            f"/api/v1/actors/{part(id)}/network",
            models.NetworkAround,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "format": format,
                "steps": steps,
                "limit": limit,
            },
        )

    def get_network_around_file(
        self,
        id: str,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        format: Literal["json", "graphml", "gexf", "csv"] | None = None,
        steps: int | None = None,
        limit: int | None = None,
    ) -> bytes:
        """Get the network around an actor, as a file."""
        return self.file(
            f"/api/v1/actors/{part(id)}/network",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "format": format,
                "steps": steps,
                "limit": limit,
            },
        )

    def get_portrait(
        self,
        id: str,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["html", "pdf", "json"] | None = None,
    ) -> models.PortraitGiven:
        """Get one actor in its network on one page."""
        return self.get(
            f"/api/v1/actors/{part(id)}/portrait",
            models.PortraitGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "format": format,
            },
        )

    def get_portrait_file(
        self,
        id: str,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["html", "pdf", "json"] | None = None,
    ) -> bytes:
        """Get one actor in its network on one page, as a file."""
        return self.file(
            f"/api/v1/actors/{part(id)}/portrait",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "format": format,
            },
        )

    def list_records_of_actor(self, id: str, *, limit: int | None = None) -> Pages[models.Row]:
        """List the rows that speak of an actor."""
        return Pages(self, f"/api/v1/actors/{part(id)}/records", models.RowPage, {"limit": limit})

    def list_audit(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        caller: str | None = None,
        limit: int | None = None,
    ) -> Pages[models.DeedGiven]:
        """List who changed what."""
        return Pages(
            self, "/api/v1/audit", models.AuditPage, {"since": since, "until": until, "caller": caller, "limit": limit}
        )

    def get_backtest(
        self,
        *,
        until: date | None = None,
        to: date | None = None,
        place: str | None = None,
        balance: float | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.BacktestMade:
        """Measure suggestions against the past."""
        return self.get(
            "/api/v1/backtests",
            models.BacktestMade,
            {"until": until, "to": to, "place": place, "balance": balance, "lang": lang},
        )

    def get_backup(self) -> bytes:
        """Get a backup of the whole graph, as a file."""
        return self.file("/api/v1/backup", {}, "application/gzip")

    def list_calls(self) -> models.CallList:
        """List calls."""
        return self.get("/api/v1/calls", models.CallList, {})

    def get_call(self, id: str) -> models.CallGiven:
        """Get a call."""
        return self.get(f"/api/v1/calls/{part(id)}", models.CallGiven, {})

    def list_changes(self, since: int, *, limit: int | None = None) -> models.GraphChanges:
        """List what changed since a revision."""
        return self.get("/api/v1/changes", models.GraphChanges, {"since": since, "limit": limit})

    def list_collaborations(
        self,
        *,
        q: str | None = None,
        kind: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        theme: str | None = None,
        actor: str | None = None,
        active_on: date | None = None,
        as_of: date | None = None,
        source: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
    ) -> Pages[models.Collaboration]:
        """Search collaborations."""
        return Pages(
            self,
            "/api/v1/collaborations",
            models.CollaborationPage,
            {
                "q": q,
                "kind": kind,
                "theme": theme,
                "actor": actor,
                "active_on": active_on,
                "as_of": as_of,
                "source": source,
                "sort": sort,
                "limit": limit,
            },
        )

    def list_collaborations_file(
        self,
        *,
        fields: str | None = None,
        format: Literal["json", "csv"] | None = None,
        style: Literal["finnish", "plain"] | None = None,
        q: str | None = None,
        kind: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        theme: str | None = None,
        actor: str | None = None,
        active_on: date | None = None,
        as_of: date | None = None,
        source: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> bytes:
        """Search collaborations, as a file."""
        return self.file(
            "/api/v1/collaborations",
            {
                "fields": fields,
                "format": format,
                "style": style,
                "q": q,
                "kind": kind,
                "theme": theme,
                "actor": actor,
                "active_on": active_on,
                "as_of": as_of,
                "source": source,
                "sort": sort,
                "limit": limit,
                "cursor": cursor,
            },
            "text/csv",
        )

    def get_collaboration(
        self, id: str, *, as_of: date | None = None, lang: Literal["fi", "sv", "en"] | None = None
    ) -> models.CollaborationDetail:
        """Get one collaboration."""
        return self.get(
            f"/api/v1/collaborations/{part(id)}", models.CollaborationDetail, {"as_of": as_of, "lang": lang}
        )

    def list_records_of_collaboration(self, id: str, *, limit: int | None = None) -> Pages[models.Row]:
        """List the rows that speak of a collaboration."""
        return Pages(self, f"/api/v1/collaborations/{part(id)}/records", models.RowPage, {"limit": limit})

    def list_communities(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        smallest: int | None = None,
    ) -> models.Communities:
        """List the communities of a view."""
        return self.get(
            "/api/v1/communities",
            models.Communities,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "smallest": smallest,
            },
        )

    def propose_consortium(
        self,
        theme: str,
        call: str,
        *,
        actor: Sequence[str] | None = None,
        lead: str | None = None,
        place: str | None = None,
        as_of: date | None = None,
        top: int | None = None,
        size: int | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.ConsortiumGiven:
        """Propose a consortium."""
        return self.get(
            "/api/v1/consortium",
            models.ConsortiumGiven,
            {
                "theme": theme,
                "call": call,
                "actor": actor,
                "lead": lead,
                "place": place,
                "as_of": as_of,
                "top": top,
                "size": size,
                "lang": lang,
            },
        )

    def check_consortium(
        self,
        call: str,
        actor: Sequence[str],
        *,
        lead: str | None = None,
        as_of: date | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.CheckGiven:
        """Check a consortium."""
        return self.get(
            "/api/v1/consortium/check",
            models.CheckGiven,
            {"call": call, "actor": actor, "lead": lead, "as_of": as_of, "lang": lang},
        )

    def delete_contact(self, id: str) -> models.ContactNoted:
        """Delete a contact person."""
        return self.send("DELETE", f"/api/v1/contacts/{part(id)}", models.ContactNoted, {})

    def keep_contact(self, id: str, body: models.NewLastDay | Mapping[str, Any]) -> models.ContactNoted:
        """Change until when a contact person is kept."""
        return self.send("PUT", f"/api/v1/contacts/{part(id)}/until", models.ContactNoted, {}, body)

    def get_coverage(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        by: Literal["helix", "area"] | None = None,
        level: int | None = None,
        fewest: int | None = None,
        elsewhere: int | None = None,
        limit: int | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> Pages[models.CoverageCell]:
        """Get who works on which theme."""
        return Pages(
            self,
            "/api/v1/coverage",
            models.CoverageGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "by": by,
                "level": level,
                "fewest": fewest,
                "elsewhere": elsewhere,
                "limit": limit,
                "lang": lang,
            },
        )

    def get_coverage_file(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        by: Literal["helix", "area"] | None = None,
        level: int | None = None,
        fewest: int | None = None,
        elsewhere: int | None = None,
        format: Literal["json", "csv"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get who works on which theme, as a file."""
        return self.file(
            "/api/v1/coverage",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "by": by,
                "level": level,
                "fewest": fewest,
                "elsewhere": elsewhere,
                "format": format,
                "limit": limit,
                "cursor": cursor,
                "lang": lang,
            },
            "text/csv",
        )

    def decide(
        self,
        body: models.ReplyGiven | Mapping[str, Any],
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        top: int | None = None,
        balance: float | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.ActDone:
        """Reply to a suggestion."""
        return self.send(
            "POST",
            "/api/v1/decisions",
            models.ActDone,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "top": top,
                "balance": balance,
                "lang": lang,
            },
            body,
        )

    def list_decisions(
        self,
        *,
        state: Sequence[Literal["accepted", "introduced", "met", "project", "not_now", "no", "lapsed"]] | None = None,
        actor: str | None = None,
        by: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> Pages[models.DecisionGiven]:
        """List decisions."""
        return Pages(
            self,
            "/api/v1/decisions",
            models.DecisionPage,
            {"state": state, "actor": actor, "by": by, "since": since, "until": until, "limit": limit},
        )

    def export_decisions(
        self,
        *,
        state: Sequence[Literal["accepted", "introduced", "met", "project", "not_now", "no", "lapsed"]] | None = None,
        actor: str | None = None,
        by: str | None = None,
        since: date | None = None,
        until: date | None = None,
        format: Literal["xlsx", "csv"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get decisions as a file, as a file."""
        return self.file(
            "/api/v1/decisions/export",
            {"state": state, "actor": actor, "by": by, "since": since, "until": until, "format": format, "lang": lang},
        )

    def get_decision_history(self, a: str, b: str) -> models.HistoryGiven:
        """Get the history of a pair."""
        return self.get("/api/v1/decisions/history", models.HistoryGiven, {"a": a, "b": b})

    def list_decided_suggestions(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        top: int | None = None,
        balance: float | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.SuggestionsDecided:
        """List missing partnerships with decisions."""
        return self.get(
            "/api/v1/decisions/suggestions",
            models.SuggestionsDecided,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "top": top,
                "balance": balance,
                "lang": lang,
            },
        )

    def summarise_decisions(
        self,
        *,
        state: Sequence[Literal["accepted", "introduced", "met", "project", "not_now", "no", "lapsed"]] | None = None,
        actor: str | None = None,
        by: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> models.AcceptanceGiven:
        """Sum up decisions."""
        return self.get(
            "/api/v1/decisions/summary",
            models.AcceptanceGiven,
            {"state": state, "actor": actor, "by": by, "since": since, "until": until},
        )

    def follow_up_decision(self, id: str, body: models.FollowUp | Mapping[str, Any]) -> models.ActDone:
        """Say what came of it."""
        return self.send("POST", f"/api/v1/decisions/{part(id)}/follow-ups", models.ActDone, {}, body)

    def withdraw_decision(self, id: str, body: models.TakingBack | Mapping[str, Any]) -> models.ActDone:
        """Take back a reply or a follow-up."""
        return self.send("POST", f"/api/v1/decisions/{part(id)}/withdrawal", models.ActDone, {}, body)

    def get_export_csv(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format csv, as a file."""
        return self.file(
            "/api/v1/exports/csv",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "text/csv",
        )

    def get_export_gexf(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format gexf, as a file."""
        return self.file(
            "/api/v1/exports/gexf",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "application/gexf+xml",
        )

    def get_export_graphml(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format graphml, as a file."""
        return self.file(
            "/api/v1/exports/graphml",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "application/graphml+xml",
        )

    def get_export_json(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format json, as a file."""
        return self.file(
            "/api/v1/exports/json",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "application/json",
        )

    def get_export_kumu(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format kumu, as a file."""
        return self.file(
            "/api/v1/exports/kumu",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def get_export_kumu_json(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        two_mode: bool | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the network of a view in the format kumu-json, as a file."""
        return self.file(
            "/api/v1/exports/kumu-json",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "two_mode": two_mode,
                "lang": lang,
            },
            "application/json",
        )

    def get_export_tables(
        self, *, lang: Literal["fi", "sv", "en"] | None = None, style: Literal["finnish", "plain"] | None = None
    ) -> bytes:
        """Get the whole graph as recorded in the format tables, as a file."""
        return self.file("/api/v1/exports/tables", {"lang": lang, "style": style}, "application/zip")

    def get_export_workbook(self, *, lang: Literal["fi", "sv", "en"] | None = None) -> bytes:
        """Get the whole graph as recorded in the format workbook, as a file."""
        return self.file(
            "/api/v1/exports/workbook",
            {"lang": lang},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def list_gaps(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        only: Sequence[Literal["coverage", "apart", "broker", "untied", "door"]] | None = None,
        top: int | None = None,
        level: int | None = None,
        fewest: int | None = None,
        elsewhere: int | None = None,
        hub: int | None = None,
        limit: int | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> Pages[models.GapGiven]:
        """List gaps of coverage and of structure."""
        return Pages(
            self,
            "/api/v1/gaps",
            models.GapsGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "only": only,
                "top": top,
                "level": level,
                "fewest": fewest,
                "elsewhere": elsewhere,
                "hub": hub,
                "limit": limit,
                "lang": lang,
            },
        )

    def list_imports(self, *, limit: int | None = None) -> Pages[models.ImportGiven]:
        """List imports."""
        return Pages(self, "/api/v1/imports", models.ImportPage, {"limit": limit})

    def add_import(self, body: models.ImportWish | Mapping[str, Any]) -> models.JobGiven:
        """Import an upload, just as it was checked."""
        return self.send("POST", "/api/v1/imports", models.JobGiven, {}, body)

    def get_import(self, id: str) -> models.ImportDetail:
        """Get an import."""
        return self.get(f"/api/v1/imports/{part(id)}", models.ImportDetail, {})

    def undo_import(self, id: str) -> models.JobGiven:
        """Take an import back."""
        return self.send("POST", f"/api/v1/imports/{part(id)}/undo", models.JobGiven, {})

    def list_introductions(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        budget: int | None = None,
        among: int | None = None,
        aim: Sequence[Literal["pieces", "first_partners", "communities", "cells"]] | None = None,
    ) -> models.IntroductionsGiven:
        """List the introductions that help most."""
        return self.get(
            "/api/v1/introductions",
            models.IntroductionsGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "budget": budget,
                "among": among,
                "aim": aim,
            },
        )

    def list_jobs(
        self,
        *,
        state: Sequence[Literal["queued", "running", "done", "failed", "cancelled"]] | None = None,
        kind: Literal[
            "measures",
            "over-time",
            "change",
            "backtest",
            "missing",
            "report",
            "export",
            "map",
            "portrait",
            "check",
            "import",
            "undo",
        ]
        | None = None,
        limit: int | None = None,
    ) -> Pages[models.JobGiven]:
        """List jobs."""
        return Pages(self, "/api/v1/jobs", models.JobPage, {"state": state, "kind": kind, "limit": limit})

    def add_job(
        self,
        body: models.MeasuresJob
        | models.OverTimeJob
        | models.ChangeJob
        | models.BacktestJob
        | models.MissingJob
        | models.ReportJob
        | models.ExportJob
        | models.MapJob
        | models.PortraitJob
        | Mapping[str, Any],
    ) -> models.JobGiven:
        """Ask for a job."""
        return self.send("POST", "/api/v1/jobs", models.JobGiven, {}, body)

    def get_job(self, id: str) -> models.JobGiven:
        """Ask how far a job is."""
        return self.get(f"/api/v1/jobs/{part(id)}", models.JobGiven, {})

    def cancel_job(self, id: str) -> models.JobGiven:
        """Cancel a job."""
        return self.send("DELETE", f"/api/v1/jobs/{part(id)}", models.JobGiven, {})

    def get_job_result(self, id: str) -> bytes:
        """Get the result of a job, as a file."""
        return self.file(f"/api/v1/jobs/{part(id)}/result", {}, "application/json")

    def list_judgements(
        self,
        *,
        verdict: Literal["same", "different", "unsure"] | None = None,
        actor: str | None = None,
        limit: int | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> Pages[models.JudgementGiven]:
        """List judgements."""
        return Pages(
            self,
            "/api/v1/judgements",
            models.JudgementPage,
            {"verdict": verdict, "actor": actor, "limit": limit, "lang": lang},
        )

    def judge(self, body: models.Word | Mapping[str, Any]) -> models.WordGiven:
        """Judge two entries."""
        return self.send("POST", "/api/v1/judgements", models.WordGiven, {}, body)

    def withdraw_judgement(self, id: str, body: models.Withdrawal | Mapping[str, Any]) -> models.WordGiven:
        """Take a judgement back."""
        return self.send("POST", f"/api/v1/judgements/{part(id)}/withdrawal", models.WordGiven, {}, body)

    def list_keys(self) -> models.KeyList:
        """List the keys."""
        return self.get("/api/v1/keys", models.KeyList, {})

    def make_key(self, body: models.NewKey | Mapping[str, Any]) -> models.KeyMade:
        """Make a key."""
        return self.send("POST", "/api/v1/keys", models.KeyMade, {}, body)

    def revoke_key(self, id: str) -> models.KeyGiven:
        """Take a key back."""
        return self.send("DELETE", f"/api/v1/keys/{part(id)}", models.KeyGiven, {})

    def get_measures(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        measure: Sequence[
            Literal[
                "betweenness",
                "brokerage",
                "brokerage_coordinator",
                "brokerage_gatekeeper",
                "brokerage_itinerant",
                "brokerage_liaison",
                "brokerage_representative",
                "closeness",
                "clustering",
                "constraint",
                "core_number",
                "degree",
                "effective_size",
                "ei_index",
                "eigenvector",
                "harmonic_closeness",
                "pagerank",
                "participation",
                "strength",
            ]
        ]
        | None = None,
        sort: Literal[
            "betweenness",
            "brokerage",
            "brokerage_coordinator",
            "brokerage_gatekeeper",
            "brokerage_itinerant",
            "brokerage_liaison",
            "brokerage_representative",
            "closeness",
            "clustering",
            "constraint",
            "core_number",
            "degree",
            "effective_size",
            "ei_index",
            "eigenvector",
            "harmonic_closeness",
            "pagerank",
            "participation",
            "strength",
        ]
        | None = None,
        limit: int | None = None,
    ) -> models.Measures:
        """Measure the actors of a view."""
        return self.get(
            "/api/v1/measures",
            models.Measures,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "measure": measure,
                "sort": sort,
                "limit": limit,
            },
        )

    def list_measures(self, *, lang: Literal["fi", "sv", "en"] | None = None) -> models.CatalogueGiven:
        """Explain the measures."""
        return self.get("/api/v1/measures/catalogue", models.CatalogueGiven, {"lang": lang})

    def get_change(
        self,
        earlier: date,
        later: date,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        running: bool | None = None,
        measure: Literal[
            "betweenness",
            "brokerage",
            "brokerage_coordinator",
            "brokerage_gatekeeper",
            "brokerage_itinerant",
            "brokerage_liaison",
            "brokerage_representative",
            "closeness",
            "clustering",
            "constraint",
            "core_number",
            "degree",
            "effective_size",
            "ei_index",
            "eigenvector",
            "harmonic_closeness",
            "pagerank",
            "participation",
            "strength",
        ]
        | None = None,
        actor: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> models.ChangeGiven:
        """Tell what changed between two days, and why."""
        return self.get(
            "/api/v1/measures/change",
            models.ChangeGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "identity": identity,
                "running": running,
                "earlier": earlier,
                "later": later,
                "measure": measure,
                "actor": actor,
                "limit": limit,
            },
        )

    def get_course(
        self,
        first: int,
        last: int,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        running: bool | None = None,
        actor: Sequence[str] | None = None,
        measure: Sequence[
            Literal[
                "betweenness",
                "brokerage",
                "brokerage_coordinator",
                "brokerage_gatekeeper",
                "brokerage_itinerant",
                "brokerage_liaison",
                "brokerage_representative",
                "closeness",
                "clustering",
                "constraint",
                "core_number",
                "degree",
                "effective_size",
                "ei_index",
                "eigenvector",
                "harmonic_closeness",
                "pagerank",
                "participation",
                "strength",
            ]
        ]
        | None = None,
    ) -> models.CourseGiven:
        """Measure a network year by year."""
        return self.get(
            "/api/v1/measures/over-time",
            models.CourseGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "identity": identity,
                "running": running,
                "first": first,
                "last": last,
                "actor": actor,
                "measure": measure,
            },
        )

    def get_network(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        format: Literal["json", "graphml", "gexf", "csv"] | None = None,
    ) -> models.Network:
        """Get the network of a view."""
        return self.get(
            "/api/v1/network",
            models.Network,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "format": format,
            },
        )

    def get_network_file(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        format: Literal["json", "graphml", "gexf", "csv"] | None = None,
    ) -> bytes:
        """Get the network of a view, as a file."""
        return self.file(
            "/api/v1/network",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "format": format,
            },
        )

    def get_openings(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        running: bool | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> models.OpeningsGiven:
        """Tell what is new between two days."""
        return self.get(
            "/api/v1/openings",
            models.OpeningsGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "identity": identity,
                "running": running,
                "since": since,
                "until": until,
                "limit": limit,
            },
        )

    def list_missing_partnerships(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        top: int | None = None,
        balance: float | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["json", "xlsx"] | None = None,
    ) -> models.MissingPartnerships:
        """List missing partnerships."""
        return self.get(
            "/api/v1/partnerships/missing",
            models.MissingPartnerships,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "top": top,
                "balance": balance,
                "lang": lang,
                "format": format,
            },
        )

    def list_missing_partnerships_file(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        top: int | None = None,
        balance: float | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["json", "xlsx"] | None = None,
    ) -> bytes:
        """List missing partnerships, as a file."""
        return self.file(
            "/api/v1/partnerships/missing",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "top": top,
                "balance": balance,
                "lang": lang,
                "format": format,
            },
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def list_places(self, *, q: str | None = None, sort: str | None = None) -> models.PlaceList:
        """List places."""
        return self.get("/api/v1/places", models.PlaceList, {"q": q, "sort": sort})

    def list_places_file(
        self,
        *,
        fields: str | None = None,
        format: Literal["json", "csv"] | None = None,
        style: Literal["finnish", "plain"] | None = None,
        q: str | None = None,
        sort: str | None = None,
    ) -> bytes:
        """List places, as a file."""
        return self.file(
            "/api/v1/places", {"fields": fields, "format": format, "style": style, "q": q, "sort": sort}, "text/csv"
        )

    def get_place(self, id: str) -> models.PlaceDetail:
        """Get one place."""
        return self.get(f"/api/v1/places/{part(id)}", models.PlaceDetail, {})

    def list_publications(self) -> models.Versions:
        """List the published maps."""
        return self.get("/api/v1/publications", models.Versions, {})

    def publish(self, body: models.Publishing | Mapping[str, Any]) -> models.Published:
        """Publish a map, or see what would be left out."""
        return self.send("POST", "/api/v1/publications", models.Published, {}, body)

    def list_versions(self, name: str) -> models.Versions:
        """List the versions of a published map."""
        return self.get(f"/api/v1/publications/{part(name)}", models.Versions, {})

    def withdraw_version(self, name: str, number: int) -> models.VersionGiven:
        """Withdraw a version of a published map."""
        return self.send("DELETE", f"/api/v1/publications/{part(name)}/{part(number)}", models.VersionGiven, {})

    def get_record(self, id: str) -> models.RowDetail:
        """Get one row."""
        return self.get(f"/api/v1/records/{part(id)}", models.RowDetail, {})

    def list_regions(self, *, lang: Literal["fi", "sv", "en"] | None = None) -> models.RegionList:
        """List the region views."""
        return self.get("/api/v1/regions", models.RegionList, {"lang": lang})

    def get_ecosystem_agreements(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.EcosystemAgreementsGiven:
        """Get the ecosystem agreements of the region."""
        return self.get(
            "/api/v1/regions/ecosystem_agreements",
            models.EcosystemAgreementsGiven,
            {"as_of": as_of, "format": format, "lang": lang},
        )

    def get_ecosystem_agreements_file(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the ecosystem agreements of the region, as a file."""
        return self.file("/api/v1/regions/ecosystem_agreements", {"as_of": as_of, "format": format, "lang": lang})

    def get_ecosystem_agreement(
        self,
        id: str,
        *,
        as_of: date | None = None,
        format: Literal["xlsx", "csv"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get one ecosystem agreement as a file, as a file."""
        return self.file(
            f"/api/v1/regions/ecosystem_agreements/agreements/{part(id)}",
            {"as_of": as_of, "format": format, "lang": lang},
        )

    def get_procurement(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.ProcurementGiven:
        """Get the procurements of the region."""
        return self.get(
            "/api/v1/regions/procurement", models.ProcurementGiven, {"as_of": as_of, "format": format, "lang": lang}
        )

    def get_procurement_file(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the procurements of the region, as a file."""
        return self.file("/api/v1/regions/procurement", {"as_of": as_of, "format": format, "lang": lang})

    def get_rdi_environments(
        self,
        *,
        theme: str | None = None,
        form: Literal["physical", "operating_model", "both"] | None = None,
        open_to: Literal["anyone", "by_agreement", "own_use"] | None = None,
        owner: str | None = None,
        eu: Literal["yes", "no", "unknown"] | None = None,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.RdiEnvironmentsGiven:
        """Get the RDI environments and platforms of the region."""
        return self.get(
            "/api/v1/regions/rdi_environments",
            models.RdiEnvironmentsGiven,
            {
                "theme": theme,
                "form": form,
                "open_to": open_to,
                "owner": owner,
                "eu": eu,
                "as_of": as_of,
                "format": format,
                "lang": lang,
            },
        )

    def get_rdi_environments_file(
        self,
        *,
        theme: str | None = None,
        form: Literal["physical", "operating_model", "both"] | None = None,
        open_to: Literal["anyone", "by_agreement", "own_use"] | None = None,
        owner: str | None = None,
        eu: Literal["yes", "no", "unknown"] | None = None,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the RDI environments and platforms of the region, as a file."""
        return self.file(
            "/api/v1/regions/rdi_environments",
            {
                "theme": theme,
                "form": form,
                "open_to": open_to,
                "owner": owner,
                "eu": eu,
                "as_of": as_of,
                "format": format,
                "lang": lang,
            },
        )

    def get_startup_alliance(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.StartupAllianceGiven:
        """Get the startup alliances of the region, and what there is for startups."""
        return self.get(
            "/api/v1/regions/startup_alliance",
            models.StartupAllianceGiven,
            {"as_of": as_of, "format": format, "lang": lang},
        )

    def get_startup_alliance_file(
        self,
        *,
        as_of: date | None = None,
        format: Literal["json", "csv", "xlsx"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the startup alliances of the region, and what there is for startups, as a file."""
        return self.file("/api/v1/regions/startup_alliance", {"as_of": as_of, "format": format, "lang": lang})

    def get_region_template(
        self,
        view: Literal["startup_alliance", "ecosystem_agreements", "rdi_environments", "procurement"],
        *,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> bytes:
        """Get the empty import sheet of a region view, as a file."""
        return self.file(
            f"/api/v1/regions/{part(view)}/template",
            {"lang": lang},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def get_report(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["html", "pdf", "xlsx", "json"] | None = None,
        actor: str | None = None,
        title: str | None = None,
        caption: str | None = None,
        licence: str | None = None,
        suggestions: int | None = None,
        size: Literal["betweenness", "degree", "strength"] | None = None,
        changes_since: date | None = None,
    ) -> models.ReportGiven:
        """Get a report."""
        return self.get(
            "/api/v1/reports",
            models.ReportGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "format": format,
                "actor": actor,
                "title": title,
                "caption": caption,
                "licence": licence,
                "suggestions": suggestions,
                "size": size,
                "changes_since": changes_since,
            },
        )

    def get_report_file(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["html", "pdf", "xlsx", "json"] | None = None,
        actor: str | None = None,
        title: str | None = None,
        caption: str | None = None,
        licence: str | None = None,
        suggestions: int | None = None,
        size: Literal["betweenness", "degree", "strength"] | None = None,
        changes_since: date | None = None,
    ) -> bytes:
        """Get a report, as a file."""
        return self.file(
            "/api/v1/reports",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "format": format,
                "actor": actor,
                "title": title,
                "caption": caption,
                "licence": licence,
                "suggestions": suggestions,
                "size": size,
                "changes_since": changes_since,
            },
        )

    def list_sources(self) -> models.SourceList:
        """List sources."""
        return self.get("/api/v1/sources", models.SourceList, {})

    def get_source(self, id: str) -> models.SourceDetail:
        """Get one source."""
        return self.get(f"/api/v1/sources/{part(id)}", models.SourceDetail, {})

    def put_precedence(self, id: str, body: models.Standing | Mapping[str, Any]) -> models.Order:
        """Set whose word comes first."""
        return self.send("PUT", f"/api/v1/sources/{part(id)}/precedence", models.Order, {}, body)

    def list_records_of_source(self, id: str, *, limit: int | None = None) -> Pages[models.Row]:
        """List the rows of a source."""
        return Pages(self, f"/api/v1/sources/{part(id)}/records", models.RowPage, {"limit": limit})

    def get_status(self) -> models.Status:
        """Ask what the graph holds."""
        return self.get("/api/v1/status", models.Status, {})

    def list_themes(self, *, q: str | None = None, sort: str | None = None) -> models.ThemeList:
        """List themes."""
        return self.get("/api/v1/themes", models.ThemeList, {"q": q, "sort": sort})

    def list_themes_file(
        self,
        *,
        fields: str | None = None,
        format: Literal["json", "csv"] | None = None,
        style: Literal["finnish", "plain"] | None = None,
        q: str | None = None,
        sort: str | None = None,
    ) -> bytes:
        """List themes, as a file."""
        return self.file(
            "/api/v1/themes", {"fields": fields, "format": format, "style": style, "q": q, "sort": sort}, "text/csv"
        )

    def get_theme(self, id: str) -> models.ThemeDetail:
        """Get one theme."""
        return self.get(f"/api/v1/themes/{part(id)}", models.ThemeDetail, {})

    def list_uploads(self) -> models.UploadPage:
        """List uploads."""
        return self.get("/api/v1/uploads", models.UploadPage, {})

    def send_upload(self, body: bytes, *, name: str | None = None) -> models.UploadGiven:
        """Send in a file."""
        return self.send("POST", "/api/v1/uploads", models.UploadGiven, {"name": name}, body)

    def delete_upload(self, id: str) -> models.UploadGiven:
        """Delete an upload."""
        return self.send("DELETE", f"/api/v1/uploads/{part(id)}", models.UploadGiven, {})

    def check_upload(self, id: str, body: models.CheckWish | Mapping[str, Any]) -> models.UploadChecked:
        """Check an upload: a dry run."""
        return self.send("POST", f"/api/v1/uploads/{part(id)}/check", models.UploadChecked, {}, body)

    def get_check(
        self, id: str, digest: str, *, limit: int | None = None, cursor: str | None = None
    ) -> models.UploadChecked:
        """Get what a check found."""
        return self.get(
            f"/api/v1/uploads/{part(id)}/checks/{part(digest)}",
            models.UploadChecked,
            {"limit": limit, "cursor": cursor},
        )

    def get_columns(self, id: str, *, lang: Literal["fi", "sv", "en"] | None = None) -> models.Recognised:
        """Ask what an upload is."""
        return self.get(f"/api/v1/uploads/{part(id)}/columns", models.Recognised, {"lang": lang})

    def list_users(self) -> models.UserList:
        """List the users."""
        return self.get("/api/v1/users", models.UserList, {})

    def make_user(self, body: models.NewUser | Mapping[str, Any]) -> models.Invitation:
        """Make a user."""
        return self.send("POST", "/api/v1/users", models.Invitation, {}, body)

    def disable_user(self, id: str) -> models.UserGiven:
        """Disable a user."""
        return self.send("DELETE", f"/api/v1/users/{part(id)}", models.UserGiven, {})

    def reset_user(self, id: str) -> models.Invitation:
        """Reset a user's password."""
        return self.send("POST", f"/api/v1/users/{part(id)}/reset", models.Invitation, {})

    def assign_role(self, id: str, body: models.DutyWanted | Mapping[str, Any]) -> models.UserGiven:
        """Give a user another role."""
        return self.send("PUT", f"/api/v1/users/{part(id)}/role", models.UserGiven, {}, body)

    def suppose(
        self,
        body: models.Supposed | Mapping[str, Any],
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
    ) -> models.WhatIfGiven:
        """Say what would change if."""
        return self.send(
            "POST",
            "/api/v1/what-if",
            models.WhatIfGiven,
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
            },
            body,
        )

    def get_health(self) -> models.Health:
        """Ask whether the service works."""
        return self.get("/health", models.Health, {})

    def get_life(self) -> models.Life:
        """Ask whether the process answers."""
        return self.get("/health/live", models.Life, {})

    def get_map(
        self,
        *,
        theme: str | None = None,
        place: str | None = None,
        reach: Literal["touching", "inside"] | None = None,
        kind: Sequence[
            Literal["university", "research_organisation", "firm", "public_body", "civil_society", "other", "unknown"]
        ]
        | None = None,
        together: Sequence[
            Literal[
                "project",
                "alliance",
                "network",
                "agreement",
                "procurement",
                "platform",
                "infrastructure",
                "publication",
                "service",
            ]
        ]
        | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | None = None,
        identity: Literal["recorded", "current", "organisation"] | None = None,
        lang: Literal["fi", "sv", "en"] | None = None,
        format: Literal["html", "svg", "pdf", "png"] | None = None,
        paper: Literal["a4", "a3"] | None = None,
        ink: Literal["light", "grey"] | None = None,
        title: str | None = None,
        caption: str | None = None,
        licence: str | None = None,
        alternative: str | None = None,
        suggestions: int | None = None,
        size: Literal["betweenness", "degree", "strength"] | None = None,
        like_day: date | None = None,
    ) -> bytes:
        """Get the map of a view, as a file."""
        return self.file(
            "/map",
            {
                "theme": theme,
                "place": place,
                "reach": reach,
                "kind": kind,
                "together": together,
                "since": since,
                "until": until,
                "as_of": as_of,
                "identity": identity,
                "lang": lang,
                "format": format,
                "paper": paper,
                "ink": ink,
                "title": title,
                "caption": caption,
                "licence": licence,
                "alternative": alternative,
                "suggestions": suggestions,
                "size": size,
                "like_day": like_day,
            },
        )

    def get_metrics(self) -> bytes:
        """Get what a monitoring system asks, in the text format of Prometheus, as a file."""
        return self.file("/metrics", {}, "text/plain")

    def show_latest(self, name: str) -> bytes:
        """Show the newest version of a published map, as a file."""
        return self.file(f"/published/{part(name)}", {}, "text/html")

    def show_version(self, name: str, number: int) -> bytes:
        """Show a version of a published map, as a file."""
        return self.file(f"/published/{part(name)}/{part(number)}", {}, "text/html")
