"""The forms of what is sent and answered. Written by `make reference` from docs/reference/openapi.json; changes made here are lost."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from graphsvc.client.base import Model


class AcceptanceGiven(Model):
    """What became of suggestions."""

    pairs: TallyGiven
    by_evidence: dict[str, TallyGiven]
    """Kind of evidence for the suggestion → replies."""
    by_objection: dict[str, TallyGiven]
    """Kind of evidence against it → replies."""
    without_suggestion: int
    """Pairs that stood in no list when they were decided on."""
    reasons: dict[str, dict[str, int]]
    came_of_it: dict[str, int]
    """Of the accepted pairs, of how many something came."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ActDone(Model):
    """What became of an act."""

    id: str
    """Id of the act, to follow it up or take it back."""
    noted: bool
    """False when it had been said already: nothing was changed."""
    before: str | None
    after: str | None
    revision: int
    """Revision of the graph that the answer was made from."""


class ActGiven(Model):
    """One thing that a person said of a pair."""

    id: str
    said: str | None
    """Null where it takes back another act."""
    why: str | None
    words: str
    by: str
    at: datetime
    until: date | None
    """The day on which the pair may be suggested again."""
    on: date | None
    """When it happened."""
    collaboration: str | None
    takes_back: str | None
    suggestion: SuggestionGiven | None
    """Null where the pair stood in no list."""


class Actor(Model):
    """An organisation, unit or group."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    helix: str | None
    """Helix group of the kind; null for kinds that have none."""
    place: str | None
    """Id of the narrowest place known."""
    business_id: str | None
    """Finnish business id (Y-tunnus)."""
    vat: str | None
    pic: str | None
    """Participant code of the EU's funding portal."""
    ror: str | None
    """ROR id, without its address."""
    isni: str | None
    """ISNI (ISO 27729), sixteen characters without spaces."""
    wikidata: str | None
    """Wikidata item, without its address."""
    website: str | None


class ActorDetail(Model):
    """An actor with all that is said of it."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    helix: str | None
    """Helix group of the kind; null for kinds that have none."""
    place: str | None
    """Id of the narrowest place known."""
    business_id: str | None
    """Finnish business id (Y-tunnus)."""
    vat: str | None
    pic: str | None
    """Participant code of the EU's funding portal."""
    ror: str | None
    """ROR id, without its address."""
    isni: str | None
    """ISNI (ISO 27729), sixteen characters without spaces."""
    wikidata: str | None
    """Wikidata item, without its address."""
    website: str | None
    names: tuple[OtherName, ...]
    description: str | None
    attributes: dict[str, str]
    """What sources say in columns of their own: name → text."""
    differences: tuple[Difference, ...]
    """What sources say differently of it."""
    said_by: SaidBy
    links: tuple[ActorLink, ...]
    participations: tuple[ActorsClaim, ...]
    partners: tuple[Partner, ...]
    """Most shared collaborations first."""
    sources: tuple[Source, ...]
    entries: tuple[UnitedEntry, ...]
    """The entries that the actor unites, the one that stands for it first; none where it is one entry."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ActorInSeveral(Model):
    """An actor in two or more agreements."""

    actor: ActorRef
    agreements: tuple[ThroughGiven, ...]


class ActorLink(Model):
    """How two actors hang together as bodies: `actor` is the same as, unit or member of, or succeeded by `other`."""

    actor: str
    kind: str
    other: str
    since: date | None
    source: str


class ActorPage(Model):
    """A page of actors."""

    items: tuple[Actor, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ActorRef(Model):
    """An actor by name."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""


class ActorSupposed(Model):
    """A hypothetical actor."""

    kind: str | None = None
    place: str | None = None
    """Id of its place."""
    themes: tuple[str, ...] | None = None
    """Ids of themes that it works on by itself."""
    joins: tuple[str, ...] | None = None
    """Ids of collaborations that it joins."""


class ActorsClaim(Model):
    """A claim as the actor's page shows it."""

    role: str
    start: date | None
    end: date | None
    money: Money | None
    source: str
    """Id of the source that says so."""
    record: str | None
    """Id of the row that says so."""
    attributes: dict[str, str]
    """What sources say in columns of their own: name → text."""
    collaboration: CollaborationRef


class ActorsMeasured(Model):
    """One scorer's lists of one actor each, averaged over the actors that found a new partner."""

    scorer: str
    precision_10: float
    recall_10: float
    recall_50: float
    reciprocal_rank: float


class AgreementGiven(Model):
    """An agreement with all that belongs to it."""

    agreement: CollaborationRef
    start: date | None
    end: date | None
    parties: tuple[PartTaken, ...]
    priorities: tuple[PriorityGiven, ...]
    projects: tuple[ProjectPlaced, ...]
    """Those without a priority."""
    actors: int
    """Parties, those named at priorities and those in projects, each once."""
    sheet: str
    """The agreement as CSV or a workbook, in the shape of the import sheet."""


class AllianceGiven(Model):
    """An alliance with its members."""

    alliance: CollaborationRef
    sources: tuple[SourceNamed, ...]
    """Those that name members."""
    members: tuple[AllianceMember, ...]


class AllianceMember(Model):
    """A body that some source names as a member."""

    actor: ActorRef
    claims: tuple[MembershipClaim, ...]
    silent: tuple[SourceNamed, ...]
    """Sources that name members of the alliance, and not this one."""
    within: tuple[ActorRef, ...]
    """Members that are groups to which it belongs."""
    contains: tuple[ActorRef, ...]
    """Members that belong to the group that it is."""


class AlsoGiven(Model):
    """Another pair of entries of the same two bodies."""

    a: str
    a_name: str
    b: str
    b_name: str
    score: float | None
    """Of the matching: how sure it is that they are one."""


class AmountsSaid(Model):
    """What one source says, where sources disagree."""

    source: SourceNamed
    amounts: tuple[Money, ...]


class ApartGiven(Model):
    """Two agreements on a theme without a common project, or two projects without a common actor."""

    a: CollaborationRef
    b: CollaborationRef
    themes: tuple[ThemeRef, ...]
    linking: tuple[LinkingActor, ...]
    """The best first."""


class AuditPage(Model):
    """A page of the audit trail, the newest first."""

    items: tuple[DeedGiven, ...]
    next: str | None
    """The `cursor` of the next page; null on the last."""


class BacktestAsked(Model):
    """Which past."""

    until: date | None = None
    """What begins on this day or later is hidden."""
    to: date | None = None
    """What begins before this day counts as having come."""
    places: tuple[str, ...] | None = None
    balance: float | None = None
    """Between likely (0) and new (1)."""
    identity: str | None = None


class BacktestJob(Model):
    """A job of the kind backtest."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: BacktestAsked


class BacktestMade(Model):
    """A list of a past day beside what then came."""

    cut: date
    until: date
    known_actors: int
    candidates: int
    """Pairs that were scored."""
    new_pairs: int
    """Pairs that began to work together."""
    reached: float
    """Share of the new pairs that were among the candidates."""
    unknown_actors: int
    """Participants of the window that nobody knew at the cut."""
    kin_pairs: int
    """New pairs left out as they are kin, or met through kin."""
    undated: int
    """Collaborations left out as nobody says when they began."""
    lists: tuple[ListMeasured, ...]
    per_actor: tuple[ActorsMeasured, ...]
    told: tuple[str, ...]
    """The same in sentences, also where a baseline is better."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class CallGiven(Model):
    """A call with its rules."""

    id: str
    name: dict[str, str]
    """Language → text."""
    address: str
    own: bool
    """Whether it comes from this installation's own folder."""
    rules: tuple[RuleGiven, ...]


class CallList(Model):
    """All calls."""

    items: tuple[CallGiven, ...]
    total: int
    next: str | None
    """Always null: the list is short."""
    faults: tuple[str, ...]
    """What is wrong in files of this installation's own."""


class CandidateGiven(Model):
    """One who may come in."""

    rank: int
    actor: ActorRef
    kind: str
    place_name: str
    score: float
    reasons: tuple[ReasonGiven, ...]
    """For first, strongest first; then against."""


class CatalogueGiven(Model):
    """Every measure there is."""

    items: tuple[MeasureExplained, ...]
    language: str


class CauseGiven(Model):
    """What the change of one collaboration did."""

    collaboration: str
    name: str
    how: str
    own: bool
    """Whether the actor takes part in it."""
    effect: float
    """Value, less what it would be were the collaboration as before."""
    share: float | None
    """Of the whole change; shares need not add up to 1."""


class CellGiven(Model):
    """A theme and a group: a helix group, or the id of a place."""

    theme: str
    group: str


class ChangeAsked(Model):
    """Which two days, by which measure, and whose change."""

    view: PartAsked | None = None
    earlier: date
    later: date
    measure: str | None = None
    actors: tuple[str, ...] | None = None
    """None: those that rose and fell most."""
    running: bool | None = None
    """Only what runs on the day; else what had ended counts too."""


class ChangeGiven(Model):
    """What changed between two days."""

    measure: str
    method: str
    rose: tuple[MovedGiven, ...]
    fell: tuple[MovedGiven, ...]
    new_actors: tuple[str, ...]
    gone_actors: tuple[str, ...]
    absorbed: dict[str, str]
    """Actor that is gone → body that it became part of."""
    new_ties: int
    gone_ties: int
    kept_ties: int
    collaborations: dict[str, str]
    """Collaboration that is not as before → how."""
    communities: tuple[ContinuedGiven, ...]
    explanations: tuple[ExplanationGiven, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class ChangeJob(Model):
    """A job of the kind change."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: ChangeAsked


class ChangedGiven(Model):
    """How a version differs from the one before."""

    new_actors: tuple[str, ...]
    """Names."""
    gone_actors: int
    new_ties: int
    gone_ties: int
    new_suggestions: int
    gone_suggestions: int


class CheckGiven(Model):
    """What was found of a list of actors."""

    call: str
    partners: tuple[ActorRef, ...]
    lead: str | None
    counted_as: dict[str, str]
    """Id that was asked with → id of the body that it is counted as."""
    notes: tuple[str, ...]
    """The same in sentences."""
    fails: bool
    """Whether a rule that must be met is not."""
    findings: tuple[FindingGiven, ...]
    summary: str
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class CheckWish(Model):
    """How an upload is to be looked at."""

    mapping: MappingWish | None = None
    """How its columns are read; null: as the reader finds out by itself."""


class Collaboration(Model):
    """Something actors do together."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    title: str | None
    kind: str
    start: date | None
    end: date | None
    programme: str | None
    topic: str | None
    themes: tuple[str, ...]
    """Ids of its themes."""
    website: str | None


class CollaborationDetail(Model):
    """A collaboration with its participants; claims of different sources stand side by side."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    title: str | None
    kind: str
    start: date | None
    end: date | None
    programme: str | None
    topic: str | None
    themes: tuple[str, ...]
    """Ids of its themes."""
    website: str | None
    attributes: dict[str, str]
    """What sources say in columns of their own: name → text."""
    differences: tuple[Difference, ...]
    """What sources say differently of it and of its members."""
    said_by: SaidBy
    participations: tuple[CollaborationsClaim, ...]
    sources: tuple[Source, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class CollaborationPage(Model):
    """A page of collaborations."""

    items: tuple[Collaboration, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class CollaborationRef(Model):
    """A collaboration by name."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""


class CollaborationSupposed(Model):
    """A hypothetical collaboration."""

    name: str
    participants: tuple[str, ...]
    """Ids of actors of the graph."""
    newcomers: tuple[str, ...] | None = None
    """Names of hypothetical actors, those of `actors` or further ones."""
    themes: tuple[str, ...] | None = None
    """Ids of the themes that it is about."""


class CollaborationsClaim(Model):
    """A claim as the collaboration's page shows it."""

    role: str
    start: date | None
    end: date | None
    money: Money | None
    source: str
    """Id of the source that says so."""
    record: str | None
    """Id of the row that says so."""
    attributes: dict[str, str]
    """What sources say in columns of their own: name → text."""
    actor: ActorRef


class ColumnRead(Model):
    """What a column is."""

    title: str
    """Its heading, made unique in the sheet."""
    field: str
    """What it is read as: one of the `fields` of its table."""
    meaning: str
    """The same in words."""
    confidence: float
    """How sure that is."""
    reason: str
    """Why, in a sentence."""


class ColumnWish(Model):
    """What a column is to be."""

    title: str
    """Its heading, as in the answer."""
    field: str
    """What it is to be read as: one of the `fields` of its table."""


class Communities(Model):
    """Who works more with each other than with the rest."""

    items: tuple[Community, ...]
    """The largest first."""
    total: int
    """Communities in all, also smaller ones."""
    modularity: float
    """How much more ties lie inside them than by chance (Newman 2006)."""
    method: str
    revision: int
    """Revision of the graph that the answer was made from."""


class Community(Model):
    """A group of actors that work more with each other than with the rest."""

    id: int
    """0 is the largest. Its place in this answer: another one when sizes change."""
    key: str
    """Id of its actor with most partners: what it is known by from one revision to the next."""
    size: int
    themes: tuple[str, ...]
    """Ids of the themes that set it apart."""
    actors: tuple[str, ...]
    """Ids, strongest first."""


class ComparedGiven(Model):
    """A version of a file against the version before."""

    new: Counts
    """The file did not speak of them before; another may."""
    updated: Counts
    unchanged: Counts
    gone: Counts
    """It speaks of them no more; they stay where another file does."""


class ConcernGiven(Model):
    """Whom a rule concerns, and why."""

    actor: ActorRef
    why: str
    sentence: str


class ConsortiumGiven(Model):
    """Who may come into a consortium, and a proposal."""

    call: str
    theme: str
    counted_as: dict[str, str]
    """Id that was asked with → id of the body that it is counted as."""
    notes: tuple[str, ...]
    """The same in sentences."""
    findings: tuple[FindingGiven, ...]
    """Of those who are in already."""
    roles: tuple[RoleGiven, ...]
    items: tuple[CandidateGiven, ...]
    candidates: int
    refused: int
    """Actors on the theme whom a rule refuses."""
    thin: int
    """Actors on the theme for whom only one reason speaks."""
    proposal: ProposalGiven
    method: str
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class ContactGiven(Model):
    """A contact person."""

    name: str
    """Name of the person."""
    role: str
    """What the person does there."""
    email: str
    """E-mail address."""
    phone: str
    """Phone number."""
    purpose: str
    """What the data is kept for."""
    until: date
    """The last day on which it is kept; then it is deleted."""
    id: str
    """Id of the contact person."""
    actor: str
    """Id of the entry at which the person is."""
    source: str
    """Id of the file that says so; empty for a person."""


class ContactList(Model):
    """The contact persons of an actor."""

    items: tuple[ContactGiven, ...]
    """By name."""


class ContactNoted(Model):
    """That it was done. Who it is, is not repeated: answers to changes may be kept for a day."""

    id: str
    """Id of the contact person."""
    actor: str
    """Id of the entry at which the person is, or was."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ContinuedGiven(Model):
    """A community, and what it was before."""

    now: tuple[str, ...]
    """Its first actors on the later day; none for one that is gone."""
    before: tuple[str, ...]
    """Its first actors on the earlier day; none for a new one."""
    stayed: int
    joined: int
    left: int


class Counts(Model):
    """Numbers of things."""

    actor: int
    collaboration: int
    participation: int
    theme: int
    place: int
    source: int


class CourseAsked(Model):
    """Which years, and what of them."""

    view: PartAsked | None = None
    first: int
    last: int
    """At most 60 years."""
    measures: tuple[str, ...] | None = None
    actors: tuple[str, ...] | None = None
    """Whose values are told."""
    running: bool | None = None
    """Only what runs on the day; else what had ended counts too."""


class CourseGiven(Model):
    """A network year by year."""

    points: tuple[PointGiven, ...]
    undated: int
    """Collaborations left out as nobody says when they began."""
    revision: int
    """Revision of the graph that the answer was made from."""


class CoverageCell(Model):
    """One group on one theme, with those behind the number."""

    theme: str
    group: str
    standing: str
    count: int
    """Number of actors."""
    actors: tuple[ActorRef, ...]
    collaborations: tuple[str, ...]
    """Ids of those on the theme in which they take part."""
    elsewhere: int
    """Actors on the theme that are in other groups."""


class CoverageGiven(Model):
    """A matrix, cell by cell: by theme, then by group."""

    items: tuple[CoverageCell, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""
    by: str
    groups: tuple[GroupGiven, ...]
    themes: tuple[ThemeNamed, ...]
    standings: dict[str, int]
    """How many cells are empty, thin and filled."""
    method: str
    """When a cell is empty or thin."""
    language: str


class CrossingGiven(Model):
    """The first partners in another sector of an actor that was there before."""

    actor: ActorRef
    helix: str
    """The sector in which it had no partner."""
    partners: tuple[ActorRef, ...]
    """Its partners there now; at most `limit`."""


class DecisionGiven(Model):
    """What stands of a pair."""

    id: str
    """Id of the reply that stands."""
    a: ActorRef
    b: ActorRef
    state: str
    reply: ActGiven
    follow_ups: tuple[ActGiven, ...]


class DecisionPage(Model):
    """A page of decisions."""

    items: tuple[DecisionGiven, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class DeedGiven(Model):
    """One thing that was done."""

    number: int
    at: datetime
    caller: str
    """Id of the user or key; `public` for nobody, `terminal` for the machine itself."""
    name: str | None
    """What the user or key is called now; null where it is not known any more."""
    act: str
    """Method and address as the documentation has it, or `sign in`, `saw contacts`."""
    thing: str
    """What it was done to, by id, also the user or key that it made; empty for nothing."""
    thing_name: str | None
    """What that user or key is called now; null for anything else and for one not known any more."""
    origin: str
    """The network that it came from; no address of a person."""
    request_id: str
    """As in the header X-Request-Id and in the log."""
    refused: int | None
    """The HTTP status where it was not done after all."""


class Difference(Model):
    """Something that sources say differently."""

    property: str
    """The field; `participants`; or, after `attributes.`, a column of the sources' own."""
    among: int
    """How many sources say anything of it."""
    shown: str | None
    """The value that is shown: that of the first; null where all claims are."""
    said: tuple[Said, ...]
    """In the order in which sources are believed. Of `participants`: whom not all name, and who does."""
    sentence: str
    """The same in the language asked for."""


class DutyWanted(Model):
    """What a user is to do."""

    role: str
    """viewer reads, editor changes the graph too, administrator the installation too."""
    theme: str | None = None
    """Only this theme and those below it; who reads can be limited."""
    place: str | None = None
    """Only this place and those in it; who reads can be limited."""


class EcosystemAgreementsGiven(Model):
    """Ecosystem agreements of a region."""

    on: date
    """The day that the answer holds for."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""
    agreements: tuple[AgreementGiven, ...]
    shared: tuple[SharedActors, ...]
    """Every two agreements."""
    several: tuple[ActorInSeveral, ...]
    apart: tuple[ApartGiven, ...]
    """Agreements; at most 50."""
    projects_apart: tuple[ApartGiven, ...]
    """Projects; at most 50."""
    found: dict[str, int]
    """How many `apart` and `projects_apart` there are."""
    two_places: tuple[TwoPlacesGiven, ...]
    unknown: dict[str, tuple[CollaborationRef, ...]]
    """What no source says (`parties`, `priorities`, `projects`, `actors`, `themes`, `start`), of what."""
    sources: tuple[SourceNamed, ...]


class EnvironmentGiven(Model):
    """An RDI environment or platform. What no source says is null or empty."""

    environment: CollaborationRef
    kind: str
    start: date | None
    end: date | None
    website: str | None
    form: str | None
    open_to: str | None
    services: tuple[str, ...]
    """What firms may use, in the sources' words."""
    funding: tuple[str, ...]
    """In the sources' words."""
    themes: tuple[ThemeRef, ...]
    place: str | None
    owners: tuple[PartyGiven, ...]
    users: tuple[PartyGiven, ...]
    """All who take part in another role than the owner's."""
    networks: tuple[NetworkTieGiven, ...]
    in_none_of_level: tuple[str, ...]
    """Levels of which a source says: in no such network."""
    eu: str
    """What is known of its EU networks; `not_known`: no network of it is known at all."""
    sources: tuple[SourceNamed, ...]


class EventGiven(Model):
    """One thing that happened to an actor."""

    id: str
    kind: str
    """`began`, `ended`: its part in a collaboration; `named`, `renamed`: a name it began or ceased to bear;
    `linked`: to another body; `read`: a row that speaks of it came in; `judged`: by a person."""
    day: date | None
    """Null where no source says."""
    what: str
    """The role, name, kind of link, file or verdict."""
    collaboration: CollaborationRef | None
    other: str | None
    """Id of the other actor of a link or judgement."""
    source: str | None
    """Id of the source that says so."""
    record: str | None
    """Id of the row that says so."""
    by: str | None
    """The person who said it."""
    at: datetime | None
    """The moment, of what was done in the graph."""
    reason: str | None


class ExplanationGiven(Model):
    """Why a value changed: after − before = own + elsewhere."""

    actor: str
    name: str
    before: float | None
    after: float | None
    own: float
    elsewhere: float
    causes: tuple[CauseGiven, ...]
    untried: int
    """Own collaborations that were not tried one by one."""
    exact: bool


class ExportAsked(Model):
    """Which of the files that are made whole before they can be sent."""

    view: PartAsked | None = None
    format: str
    """`workbook` and `tables` hold the whole graph, `kumu` the network of a view."""
    language: str | None = None
    two_mode: bool | None = None
    """Of `kumu`: actors and collaborations as nodes."""
    style: str | None = None
    """Of `tables`: how a country's spreadsheets write them."""


class ExportJob(Model):
    """A job of the kind export."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: ExportAsked


class FactRef(Model):
    """A fact that a reason rests on."""

    noun: str
    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""


class FieldError(Model):
    """One thing that is wrong with the request."""

    field: str
    """Name of the parameter, or path into the body with dots."""
    message: str
    """What is wrong with it, for people."""


class FieldGiven(Model):
    """Startups of a field in a stage, and services for both; one of two fields or stages counts in each."""

    field: ThemeRef | None
    """Null for those whose field is not known."""
    stage: str | None
    """Null for those whose stage is not known."""
    startups: int
    services: int


class FieldsOf(Model):
    """What a column of a table may be."""

    table: str
    fields: tuple[str, ...]


class FigureGiven(Model):
    """A key figure with how it went in the last full year."""

    id: str
    name: str
    value: float | None
    """Now; null where it is not defined."""
    before: float | None
    """At the end of the year before the last full one."""
    after: float | None
    """At the end of the last full year."""
    change: float | None
    """`after` less `before`."""
    meaning: str
    misleads: str


class File(Model):
    """The version of a file that a row is in."""

    name: str
    sha256: str
    """SHA-256 of the file's bytes."""
    imported: datetime
    """When the import of this version began."""
    import_id: str
    """Id of that import."""


class FillingGiven(Model):
    """How many cells of theme by helix group, or theme by area, have somebody in them."""

    by: str
    cells: int
    before: int
    after: int
    filled: tuple[CellGiven, ...]
    emptied: tuple[CellGiven, ...]


class FindingGiven(Model):
    """What was found of one rule."""

    rule: str
    kind: str
    weight: str
    verdict: str
    """`unclear`: what would decide is not known."""
    title: str
    text: str
    found: str
    """How it stands, in a sentence; may be empty."""
    concerns: tuple[ConcernGiven, ...]
    source: str
    checked: date
    quote: str


class FindingReported(Model):
    """Something found, with what it rests on."""

    rank: int
    title: str
    reasons_for: tuple[str, ...]
    reason_against: str
    advice: str


class FindingsGiven(Model):
    """Findings of one kind, the best first."""

    id: str
    title: str
    note: str
    items: tuple[FindingReported, ...]


class FollowUp(Model):
    """What came of a pair that was accepted."""

    event: str
    on: date | None = None
    """When it happened; null for today."""
    collaboration: str | None = None
    """Id of the collaboration that came of it."""
    words: str | None = None
    by: str
    """Who says so."""


class GapGiven(Model):
    """Something that is missing, and why that is said."""

    kind: str
    rank: int
    """Within its kind; coverage by sector and by area are ranked each for itself."""
    title: str
    score: float
    """Compares gaps of one kind."""
    about: tuple[FactRef, ...]
    group: str
    """Of a coverage gap: the sector; else empty."""
    pair: tuple[ActorRef, ...]
    """Who should meet to close it: two actors, or none."""
    advice: str
    """The same as a sentence; empty without a pair."""
    reasons: tuple[ReasonGiven, ...]
    """For first, strongest first; then against."""


class GapsGiven(Model):
    """A list of gaps with what a reader needs to trust it."""

    items: tuple[GapGiven, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""
    found: dict[str, int]
    """How many there are of each kind, also beyond those listed."""
    numbers: dict[str, float]
    """`hub`: partners of a hub; `collaborations`, `participants`: asked about."""
    left_out: dict[str, int]
    """Collaborations left out of the network, by reason."""
    language: str


class GraphChange(Model):
    """One change of the graph."""

    revision: int
    """The revision that the graph had with it."""
    id: str
    kind: str
    name: str
    """What it was, for people; empty for a decision, which `/api/v1/decisions` tells."""
    at: datetime
    by: str | None
    """The person who made it; null for a file, and for a decision."""
    reason: str | None
    import_id: str | None
    """Id of the import that it is part of."""
    source: str | None
    """Id of the file source of that import."""
    changed: Ids
    """Things that it may have added or changed, or who takes part in them: ask for each anew."""
    gone: Ids
    """Things that it may have touched and that the graph holds no more."""
    complete: bool
    """False where any thing may show another word now: read all anew."""


class GraphChanges(Model):
    """The changes after a revision, the oldest first."""

    items: tuple[GraphChange, ...]
    next: int | None
    """The `since` of the following page; null when these are all there are now."""
    revision: int
    """Revision of the graph that the answer was made from."""


class GroundGiven(Model):
    """One reason of the matching, for or against the two being one body."""

    kind: str
    supports: bool
    sentence: str
    """The reason in the language asked for."""


class GroupGiven(Model):
    """One side of the matrix: a sector or an area."""

    id: str
    """Of the sector, or of the place; empty for actors that are in none."""
    name: str
    actors: int
    """How many there are in all, on any theme or none."""


class Health(Model):
    """The process answers, and so does its store."""

    status: str
    version: str
    revision: int
    """Revision of the graph that the answer was made from."""


class HiddenGiven(Model):
    """What is left out of the page."""

    actors: tuple[str, ...]
    """Names of actors that are not there."""
    ties: int
    suggestions: int
    sentences: int
    """Reasons that are not told."""
    fields: tuple[str, ...]


class Hide(Model):
    """What is left out of the page: it is nowhere in its bytes."""

    actors: tuple[str, ...] | None = None
    """Ids of actors."""
    kinds: tuple[str, ...] | None = None
    """All actors of these kinds."""
    collaborations: tuple[str, ...] | None = None
    """Ids of collaborations."""
    fields: tuple[str, ...] | None = None
    """Of everything that is shown."""


class HingeGiven(Model):
    """An actor without which its component falls apart."""

    actor: str
    cut_off: int
    """Actors of its component that would be cut off from the largest part without it."""


class HistoryGiven(Model):
    """All that was said of a pair, oldest first."""

    a: ActorRef
    b: ActorRef
    state: str | None
    """How things stand; null where all was taken back."""
    steps: tuple[StepGiven, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class HistoryPage(Model):
    """A page of what became of an actor, the oldest first; what has no day comes last."""

    items: tuple[EventGiven, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class Ids(Model):
    """Ids of things, by noun."""

    actors: tuple[str, ...]
    collaborations: tuple[str, ...]
    themes: tuple[str, ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]


class ImportDetail(Model):
    """An import with what it changed."""

    id: str
    href: str
    name: str
    """The file's name."""
    source: str
    """Id of the source that the file is."""
    sha256: str
    """Of the file's bytes; of an undoing those of the version that it brought back."""
    started: datetime
    finished: datetime | None
    state: str
    """`broken-off`: under way, or ended in the middle; the same file again goes on."""
    undoes: str | None
    """Id of the import that it took back."""
    undone: bool
    """Whether it was taken back since."""
    undoable: bool
    """Whether it can be taken back now: nothing later of its source stands."""
    changed: ComparedGiven | None
    """Against the version of the file before; null for a file too large to be told of at once."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ImportGiven(Model):
    """A file that was saved, or an import that was taken back."""

    id: str
    href: str
    name: str
    """The file's name."""
    source: str
    """Id of the source that the file is."""
    sha256: str
    """Of the file's bytes; of an undoing those of the version that it brought back."""
    started: datetime
    finished: datetime | None
    state: str
    """`broken-off`: under way, or ended in the middle; the same file again goes on."""
    undoes: str | None
    """Id of the import that it took back."""
    undone: bool
    """Whether it was taken back since."""
    undoable: bool
    """Whether it can be taken back now: nothing later of its source stands."""


class ImportPage(Model):
    """A page of imports."""

    items: tuple[ImportGiven, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ImportWish(Model):
    """Which upload is to be saved, just as it was checked."""

    mapping: MappingWish | None = None
    """How its columns are read; null: as the reader finds out by itself."""
    upload: str
    """The upload's id."""
    digest: str
    """The `digest` of the check."""


class IntroductionGiven(Model):
    """An introduction of the plan."""

    a: ActorRef
    b: ActorRef
    line: int
    """Its place among the missing partnerships."""
    themes: tuple[str, ...]
    """Ids of what the two would work on."""
    gains: tuple[str, ...]
    """What it brings beside those before it, in sentences."""


class IntroductionSupposed(Model):
    """Two actors brought together, by a hypothetical collaboration of the two."""

    a: str
    """Id of one actor."""
    b: str
    """Id of the other."""
    themes: tuple[str, ...] | None = None
    """Ids of the themes that it is about."""


class IntroductionsGiven(Model):
    """The introductions that help most, and what they change together."""

    items: tuple[IntroductionGiven, ...]
    """In the order in which they were chosen."""
    worth: int
    """Things that they bring."""
    bound: int
    """What no set of so many candidates can be worth more than."""
    share: float
    """The least share of the best possible that this has."""
    candidates: int
    told: tuple[str, ...]
    """How good the choice is, in sentences."""
    together: WhatIfGiven | None
    """What they change together; null where nothing helps."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class Invitation(Model):
    """A user and the first password."""

    user: UserGiven
    password: str
    """Opens the door to choosing an own one, for a week. It is shown this once and kept nowhere."""


class JobGiven(Model):
    """A piece of work that takes long, and how far it is."""

    id: str
    kind: str
    state: str
    href: str
    """Where to ask how far it is."""
    result: str | None
    """Where its result is; null until it is done."""
    arguments: dict[str, Any]
    """What was asked."""
    done: int
    """How much is done …"""
    total: int
    """… of how much; 0 while nobody knows."""
    note: str
    """What is being done just now; empty for nothing to say."""
    error: str | None
    """Why it failed, in a sentence."""
    remedy: str | None
    """What to do about that."""
    attempts: int
    """How often it was begun; again where a process ended in the middle."""
    cancelling: bool
    """Whether somebody asked to stop it."""
    by: str
    """Who asked for it."""
    revision: int | None
    """The graph's revision when it was asked for; null where it plays no part."""
    created: datetime
    started: datetime | None
    ended: datetime | None
    version: int
    """Rises with each change."""


class JobPage(Model):
    """A page of jobs."""

    items: tuple[JobGiven, ...]
    total: int
    """How many there are on all pages."""
    next: str | None
    """The `cursor` of the following page; null on the last."""


class JudgedEntry(Model):
    """One of the two entries, with what helps to decide."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    helix: str | None
    """Helix group of the kind; null for kinds that have none."""
    place: str | None
    """Id of the narrowest place known."""
    business_id: str | None
    """Finnish business id (Y-tunnus)."""
    vat: str | None
    pic: str | None
    """Participant code of the EU's funding portal."""
    ror: str | None
    """ROR id, without its address."""
    isni: str | None
    """ISNI (ISO 27729), sixteen characters without spaces."""
    wikidata: str | None
    """Wikidata item, without its address."""
    website: str | None
    names: tuple[OtherName, ...]
    place_name: str | None
    sources: tuple[Source, ...]
    """The files that describe it."""


class JudgementGiven(Model):
    """What counts of a pair, with both entries side by side."""

    a: JudgedEntry
    b: JudgedEntry
    verdict: str
    by: str
    """A person; `matching` for the matching of an import."""
    at: datetime
    reason: str
    score: float | None
    """Of the matching: how sure it is that they are one."""
    grounds: tuple[GroundGiven, ...]
    """Of the matching: for first, strongest first; then against."""
    act: str | None
    """Id of the person's word, to take it back; null for the matching's."""
    also: tuple[AlsoGiven, ...]
    """Of one that waits: pairs of other entries of the same two bodies. An answer holds for them, too."""


class JudgementPage(Model):
    """A page of judgements."""

    items: tuple[JudgementGiven, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class KeyGiven(Model):
    """A key, without its secret."""

    id: str
    name: str
    right: str
    theme: str | None
    place: str | None
    made: datetime
    ends: datetime
    used: datetime | None
    """When last, give or take ten minutes."""
    revoked: datetime | None
    holds: bool
    """Whether it opens anything now."""


class KeyList(Model):
    """All keys."""

    items: tuple[KeyGiven, ...]


class KeyMade(Model):
    """A key and its text."""

    key: KeyGiven
    text: str
    """The key itself, for the header Authorization. It is shown this once."""


class Life(Model):
    """The process answers; its store was not asked."""

    status: str
    version: str


class LinkingActor(Model):
    """Who would link two agreements or projects."""

    actor: ActorRef
    in_both: bool
    knows: int
    """Of one on one side: actors of the other with whom it is in any project."""


class ListMeasured(Model):
    """One scorer's list in one scope."""

    scorer: str
    scorer_name: str
    scope: str
    scope_name: str
    precision: dict[str, PrecisionGiven]
    """Length of the list → precision."""
    actors: int
    """Different actors in the first 100 lines."""


class MapAsked(Model):
    """Which map, and as which file."""

    view: PartAsked | None = None
    format: str | None = None
    """The page to explore, or a sheet for print."""
    paper: str | None = None
    ink: str | None = None
    language: str | None = None
    title: str | None = None
    caption: str | None = None
    licence: str | None = None
    alternative: str | None = None
    suggestions: int | None = None
    """How many missing partnerships it shows."""
    size: str | None = None
    """The measure that sets the sizes on the map."""
    like_day: date | None = None
    """Laid out like the map of this day."""


class MapJob(Model):
    """A job of the kind map."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: MapAsked


class MappingRead(Model):
    """How the columns of a file are read."""

    sheets: tuple[SheetRead, ...]


class MappingWish(Model):
    """How the columns of a file are to be read: the `mapping` of its columns, with what was wrong changed."""

    sheets: tuple[SheetWish, ...]


class MatchGiven(Model):
    """Two entries that may be one body."""

    a: str
    a_name: str
    b: str
    b_name: str
    score: float
    sure: bool
    """They count as one from then on; else a person is to decide."""


class MeasureExplained(Model):
    """One measure: what it is, and when it misleads."""

    id: str
    scope: str
    """What it is a number of."""
    name: str
    meaning: str
    high: str
    """What a high number means."""
    low: str
    """What a low number means."""
    misleads: str
    """When it misleads."""
    formula: str
    source: str
    cost: str
    """How the work grows."""
    shown: bool
    """Whether it is computed when nobody says which."""
    sampled: bool
    """Whether it is estimated on large networks."""
    version: int
    """Rises when the same network gets other numbers than before."""


class MeasureNote(Model):
    """How a measure was computed."""

    id: str
    method: str
    exact: bool
    """False when sampled; `method` says how."""


class Measures(Model):
    """Measures of a network."""

    total: int
    """Actors measured; `items` holds the first of them."""
    items: tuple[Score, ...]
    measures: tuple[MeasureNote, ...]
    communities: tuple[Community, ...]
    modularity: float
    revision: int
    """Revision of the graph that the answer was made from."""


class MeasuresAsked(Model):
    """Which measures of which part of the network."""

    view: PartAsked | None = None
    measures: tuple[str, ...] | None = None
    """Ids of the catalogue; none for the quick ones."""


class MeasuresJob(Model):
    """A job of the kind measures."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: MeasuresAsked


class MembershipClaim(Model):
    """What one source says of a member."""

    source: SourceNamed
    said_as: str
    """The name under which the source has it."""
    role: str
    start: date | None
    end: date | None
    holds: bool
    """False where it had ended on the day."""


class MissingAsked(Model):
    """Which missing partnerships."""

    view: PartAsked | None = None
    top: int | None = None
    """How many lines."""
    balance: float | None = None
    """Between likely (0) and new (1)."""
    decided: bool | None = None
    """Also pairs that were decided on."""


class MissingJob(Model):
    """A job of the kind missing."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: MissingAsked


class MissingPartnership(Model):
    """Two actors that share no collaboration and perhaps should."""

    rank: int
    a: ActorRef
    b: ActorRef
    score: float
    reasons: tuple[ReasonGiven, ...]
    """For first, strongest first; then against."""


class MissingPartnerships(Model):
    """The ranked list with what a reader needs to trust it."""

    items: tuple[MissingPartnership, ...]
    candidates: int
    """Pairs that were scored."""
    decided: int
    """Pairs left out as persons decided on them."""
    left_out: dict[str, int]
    """Collaborations left out of the network, by reason."""
    unsuggested: tuple[str, ...]
    """Whom the list is silent about, in sentences."""
    method: str
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class Money(Model):
    """An exact amount."""

    amount: str
    """Decimal number as text."""
    currency: str
    """ISO 4217 code."""


class MovedGiven(Model):
    """An actor that is there on both days."""

    actor: str
    name: str
    before: float
    after: float


class NameHit(Model):
    """A body that the name may mean."""

    actor: Actor
    score: float
    """0 to 1; 1 where the name that is shown is written so."""
    reasons: tuple[str, ...]
    """Why, in the language asked for."""


class NameHits(Model):
    """Bodies that the name may mean, the likeliest first."""

    items: tuple[NameHit, ...]
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class Network(Model):
    """The actor-actor network in the node-link form that NetworkX and D3 read."""

    directed: bool
    multigraph: bool
    graph: dict[str, str]
    """The graph's `revision` and the view's parameters."""
    nodes: tuple[Node, ...]
    edges: tuple[Tie, ...]


class NetworkAround(Model):
    """The network around an actor, in node-link form."""

    directed: bool
    multigraph: bool
    graph: dict[str, str]
    """The graph's `revision`, the view's parameters, how many `actors` are within the steps, and, where not all of
    them are in the answer, how many are `left_out`."""
    nodes: tuple[NodeAround, ...]
    edges: tuple[Tie, ...]


class NetworkTieGiven(Model):
    """A network that an environment belongs to."""

    network: CollaborationRef
    level: str | None
    """Null where no source says."""


class NewContact(Model):
    """A person to turn to at an actor, with an e-mail address or a phone number."""

    name: str
    """Name of the person."""
    role: str | None = None
    """What the person does there."""
    email: str | None = None
    """E-mail address."""
    phone: str | None = None
    """Phone number."""
    purpose: str
    """What the data is kept for."""
    until: date
    """The last day on which it is kept; then it is deleted."""


class NewKey(Model):
    """A key to be made."""

    name: str
    """What it is for; no name of a person."""
    right: str | None = None
    """What it may do: read, write or admin."""
    theme: str | None = None
    """Only this theme and those below it; who reads can be limited."""
    place: str | None = None
    """Only this place and those in it; who reads can be limited."""
    days: int | None = None
    """How long it holds."""


class NewLastDay(Model):
    """Until when a contact person is to be kept."""

    until: date
    """The last day on which it is kept; then it is deleted."""


class NewUser(Model):
    """A user to be made."""

    role: str
    """viewer reads, editor changes the graph too, administrator the installation too."""
    theme: str | None = None
    """Only this theme and those below it; who reads can be limited."""
    place: str | None = None
    """Only this place and those in it; who reads can be limited."""
    name: str
    """How the user signs in and is shown; there once."""


class Node(Model):
    """An actor in the network; text is empty where unknown."""

    id: str
    name: str
    kind: str
    helix: str
    place: str
    """Id of the narrowest place known."""
    region: str
    """Id of the region around it."""
    country: str
    """Id of the country around it."""
    themes: str
    """Ids of the themes of its collaborations, joined with `; `."""
    collaborations: int
    """Number of its collaborations in the view."""


class NodeAround(Model):
    """An actor in the network around one."""

    id: str
    name: str
    kind: str
    helix: str
    place: str
    """Id of the narrowest place known."""
    region: str
    """Id of the region around it."""
    country: str
    """Id of the country around it."""
    themes: str
    """Ids of the themes of its collaborations, joined with `; `."""
    collaborations: int
    """Number of its collaborations in the view."""
    distance: int
    """Steps from the actor that was asked for."""


class OpeningGiven(Model):
    """A missing partnership of the actor."""

    rank: int
    partner: str
    """Id of the actor that it could meet."""
    name: str
    href: str
    """Where the thing itself is, on this service."""
    score: float
    reasons_for: tuple[str, ...]
    reason_against: str


class OpeningsGiven(Model):
    """Who and what pairs are new."""

    since: date
    until: date
    counts: dict[str, int]
    """How many there are, also beyond `limit`: actors, pairs, crossings."""
    actors: tuple[ActorRef, ...]
    """Actors that were not there; most partners first."""
    pairs: tuple[tuple[ActorRef, ActorRef], ...]
    """Actors that work together for the first time, also new ones; most partners first."""
    crossings: tuple[CrossingGiven, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class Order(Model):
    """The order in which files are believed."""

    order: tuple[str, ...]
    """Ids of the file sources, the one believed first at the head."""
    changed: bool
    """False when the order was this already: nothing was changed."""
    revision: int
    """Revision of the graph that the answer was made from."""


class OtherName(Model):
    """Another name of an actor."""

    text: str
    kind: str
    language: str | None
    since: date | None
    """The day from which the actor bears it, where a source says."""
    until: date | None
    """The last day on which it bore it, where a source says."""


class OverTimeJob(Model):
    """A job of the kind over-time."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: CourseAsked


class OwnerOfSeveral(Model):
    """An owner of two or more environments."""

    actor: ActorRef
    environments: tuple[CollaborationRef, ...]


class PartAsked(Model):
    """Which part of the network."""

    theme: str | None = None
    place: str | None = None
    reach: str | None = None
    kinds: tuple[str, ...] | None = None
    together: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    identity: str | None = None


class PartTaken(Model):
    """An actor of an agreement, a priority or a project."""

    actor: ActorRef
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    """Ids of the sources that say so."""


class Partner(Model):
    """Another actor with shared collaborations."""

    actor: ActorRef
    shared: int
    """Number of collaborations shared."""


class PartyGiven(Model):
    """A body that takes part, and who says so."""

    actor: ActorRef
    sources: tuple[SourceNamed, ...]


class PersonsChange(Model):
    """A change of the order that a person made."""

    what: str
    by: str
    at: datetime
    reason: str | None


class PlaceDetail(Model):
    """A place with what lies around it and in it."""

    id: str
    name: str
    kind: str
    parent: str | None
    """Id of the place around it; null for a country."""
    actors: int
    """Actors in it or in a place inside it."""
    collaborations: int
    """What these take part in."""
    href: str
    """Where the thing itself is, on this service."""
    above: tuple[str, ...]
    """Ids of the places around it, from the nearest out."""
    below: tuple[str, ...]
    """Ids of the places right inside it."""
    revision: int
    """Revision of the graph that the answer was made from."""


class PlaceGiven(Model):
    """Where a project belongs, and who says so."""

    agreement: CollaborationRef
    priority: CollaborationRef | None
    sources: tuple[str, ...]


class PlaceList(Model):
    """All places."""

    items: tuple[PlaceListed, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class PlaceListed(Model):
    """A place with how much there is in it."""

    id: str
    name: str
    kind: str
    parent: str | None
    """Id of the place around it; null for a country."""
    actors: int
    """Actors in it or in a place inside it."""
    collaborations: int
    """What these take part in."""
    href: str
    """Where the thing itself is, on this service."""


class PointGiven(Model):
    """A network on a day."""

    day: date
    actors: int
    ties: int
    collaborations: int
    numbers: dict[str, float | None]
    """Number of the network → value; null where not defined."""
    values: dict[str, dict[str, float]]
    """Actor → measure → value."""
    sampled: tuple[str, ...]
    """Ids of what is estimated from a sample."""


class PortraitAsked(Model):
    """Whose portrait."""

    view: PartAsked | None = None
    actor: str
    """Id of any entry of the actor."""
    language: str | None = None


class PortraitCollaboration(Model):
    """A collaboration of the actor."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    first: int | None
    """Null where no source says, or while it runs."""
    last: int | None
    """Null where no source says, or while it runs."""


class PortraitGiven(Model):
    """One actor in its network, in words."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    about: str
    facts: tuple[StatedGiven, ...]
    partners: tuple[PortraitPartner, ...]
    """Those with the strongest ties."""
    partners_in_all: int
    themes: ThemesGiven
    collaborations: tuple[PortraitCollaboration, ...]
    """Those that began last, the newest first."""
    collaborations_in_all: int
    network: str
    """The network around the actor."""
    position: tuple[str, ...]
    openings: tuple[OpeningGiven, ...]
    changes: tuple[str, ...]
    contradictions: tuple[str, ...]
    sources: tuple[PortraitSource, ...]
    method: str
    """How the missing partnerships were found."""
    data_date: date | None
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class PortraitJob(Model):
    """A job of the kind portrait."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: PortraitAsked


class PortraitPartner(Model):
    """Who works with the actor."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    """In the language asked for."""
    strength: float
    """Weight of the tie: sum over shared collaborations of 1/(participants − 1)."""
    shared: int
    """Collaborations shared."""
    first: int | None
    """Null where no source says, or while it runs."""
    last: int | None
    """Null where no source says, or while it runs."""


class PortraitSource(Model):
    """A source of what is told."""

    name: str
    stated: date | None
    loaded: date | None
    """When it was read, where it gives no date of its own."""
    address: str | None
    attribution: str


class PrecisionGiven(Model):
    """The share of the first lines that came true."""

    lines: int
    """Lines looked at: fewer than asked for where the list is shorter."""
    value: float
    low: float
    """Lower end of the 95 % interval, collaborations drawn anew."""
    high: float
    lift: float
    """How many times the share of a random pair of the scope."""


class PriorityGiven(Model):
    """A priority of an agreement."""

    priority: CollaborationRef
    involved: tuple[PartTaken, ...]
    """Those named at the priority itself."""
    projects: tuple[ProjectPlaced, ...]


class Problem(Model):
    """Why there is no answer (RFC 9457)."""

    type: str
    """Address that names this kind of problem; it stays the same and explains itself."""
    title: str
    """The kind of problem in a few words, the same every time."""
    status: int
    detail: str
    """What happened this time and what to do about it, for people."""
    errors: tuple[FieldError, ...]
    """The parameters that are wrong, if any are."""
    request_id: str
    """The same as in the header X-Request-Id and in the service's log."""


class ProblemGiven(Model):
    """What is wrong in a file, where, and what to do."""

    severity: str
    """`error`: the row is left out; `warning`: the value is; `note`: good to know."""
    file: str
    sheet: str
    row: int | None
    """As a person sees it; null for the whole sheet or file."""
    column: str
    value: str
    message: str
    remedy: str


class ProcurementGiven(Model):
    """Procurements of a region."""

    on: date
    """The day that the answer holds for."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""
    procurements: tuple[PurchaseGiven, ...]
    buyers: tuple[TraderGiven, ...]
    suppliers: tuple[TraderGiven, ...]
    suppliers_of_several: tuple[TraderGiven, ...]
    """Suppliers of two or more buyers."""
    sums: SumsGiven
    innovative: ShareGiven
    unknown: dict[str, int]
    """What is not known, and of how many procurements."""


class ProjectPlaced(Model):
    """A project where one of its places is."""

    project: CollaborationRef
    start: date | None
    end: date | None
    themes: tuple[ThemeRef, ...]
    involved: tuple[PartTaken, ...]
    sources: tuple[str, ...]
    """Ids of the sources that say that it belongs here; empty where that can't be told."""


class ProposalGiven(Model):
    """A consortium that meets the rules, or says which it can't meet."""

    stands: bool
    """Whether it meets for certain every rule that data can tell of."""
    seats: tuple[SeatGiven, ...]
    findings: tuple[FindingGiven, ...]
    unmet: tuple[UnmetGiven, ...]
    summary: str


class Published(Model):
    """What was published, or what would be."""

    version: VersionGiven | None
    """Null for a preview."""
    hidden: HiddenGiven


class Publishing(Model):
    """Which map is to be published."""

    name: str
    """The name in the address of the map."""
    by: str
    """Who publishes it."""
    view: ViewParameters | None = None
    """Which part of the network; all of it unless told."""
    title: str | None = None
    """Heading; else it names place and theme."""
    caption: str | None = None
    """What stands under the picture."""
    licence: str | None = None
    """Licence of the map; an address at its end becomes a link."""
    alternative: str | None = None
    """What stands in for the picture where it can't be seen; else the summary does."""
    language: str | None = None
    """Of the page; else the installation's."""
    suggestions: int | None = None
    """How many missing partnerships."""
    hide: Hide | None = None
    preview: bool | None = None
    """Only say what would be left out; nothing is published."""


class PurchaseGiven(Model):
    """A procurement."""

    procurement: CollaborationRef
    start: date | None
    end: date | None
    innovative: str | None
    """Null where no source says."""
    buyers: tuple[PartyGiven, ...]
    suppliers: tuple[SuppliedGiven, ...]
    others: tuple[PartyGiven, ...]
    """Who takes part in an unclear role; in no sum."""
    themes: tuple[ThemeRef, ...]
    sources: tuple[SourceNamed, ...]


class RdiEnvironmentsGiven(Model):
    """RDI environments and platforms of a region."""

    on: date
    """The day that the answer holds for."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""
    environments: tuple[EnvironmentGiven, ...]
    """Those asked for; all else is told of all."""
    number: int
    """How many there are, whichever are asked for."""
    eu: dict[str, int]
    """How many are in an EU network, in none, and of how many it is not known."""
    ended: int
    """Environments left out because they had ended on the day."""
    unknown: dict[str, int]
    """What is not known, and of how many environments."""
    owners_of_several: tuple[OwnerOfSeveral, ...]
    themes_without: tuple[ThemeWithout, ...]
    """Those with most collaborations; at most 50."""
    themes_without_number: int


class ReasonGiven(Model):
    """One reason for or against a partnership."""

    kind: str
    side: str
    sentence: str
    """The reason in the language asked for."""
    refs: tuple[FactRef, ...]
    numbers: dict[str, float | int | str | date]
    contribution: float
    """What it adds to the score."""


class Recognised(Model):
    """What an upload is, and how its columns are read."""

    format: str | None
    """What its reader takes it for by itself, where no mapping is sent."""
    unknown: str | None
    """Why no reader knows it by itself: then send the mapping."""
    remembered: bool
    """Somebody corrected the columns of such a file before: then send the mapping."""
    mapping: MappingRead | None
    """How its columns are read as a list. Change what is wrong and send it to the check; null for a file without
    tables."""
    confidence: float
    """Of the least sure sheet that is not ignored."""
    tables: tuple[FieldsOf, ...]
    """What a sheet may be, and its columns."""


class RegionList(Model):
    """The region views."""

    items: tuple[RegionListed, ...]
    language: str


class RegionListed(Model):
    """A region view."""

    key: str
    name: str
    about: str
    href: str
    """Where the thing itself is, on this service."""
    template: str
    """Where its empty import sheet is."""


class ReplyGiven(Model):
    """What a person replies to the suggestion that two actors work together."""

    a: str
    """Id of any entry of one."""
    b: str
    """Id of any entry of the other; the order does not matter."""
    reply: str
    why: str
    """Why; `other` needs words. Not every reason fits every reply."""
    words: str | None = None
    """Why, in words."""
    until: date | None = None
    """The day on which it may be suggested again; else `no` holds three years and `not_now` half a one."""
    since: date | None = None
    """Of `already_work_together`: since when."""
    by: str
    """Who says so."""


class ReportAsked(Model):
    """Which report."""

    view: PartAsked | None = None
    actor: str | None = None
    """Whom it is about; none for the network."""
    language: str | None = None
    title: str | None = None
    caption: str | None = None
    licence: str | None = None
    suggestions: int | None = None
    """How many are told."""
    since: date | None = None
    """The day that it is compared with."""
    size: str | None = None
    """The measure that sets the sizes on the map."""


class ReportGiven(Model):
    """What a report says."""

    title: str
    language: str
    subtitle: str
    caption: str
    summary: tuple[str, ...]
    """The main findings."""
    figures: tuple[FigureGiven, ...]
    sections: tuple[SectionGiven, ...]
    tables: tuple[TableGiven, ...]
    foot: str
    about: str
    """Which part of the network, as text that is the same for the same part."""
    day: date
    """The day that the data speaks of."""
    revision: int


class ReportJob(Model):
    """A job of the kind report."""

    by: str | None = None
    """Who asks for it; else the name of the key."""
    kind: str
    arguments: ReportAsked


class RoleGiven(Model):
    """Something a consortium should have."""

    group: str
    """`sector` (a helix group), `competence` (a theme) or `country` (a place)."""
    id: str
    name: str
    covered_by: tuple[ActorRef, ...]
    """Those who are in and have it; empty: it is missing."""
    candidates: int
    """Candidates who have it."""
    sentence: str


class Row(Model):
    """A row of a source as it came."""

    id: str
    source: str
    """Id of the source."""
    source_name: str
    stated: date | None
    """The day that the source speaks of."""
    file: File | None
    sheet: str
    """Empty where the file has no sheets."""
    row: int
    """Row number as a person sees it in the file."""
    values: dict[str, str]
    """Heading → cell, as they came."""
    actor: ActorRef | None
    """The actor that the row speaks of."""
    collaboration: CollaborationRef | None
    """The collaboration that it speaks of."""


class RowDetail(Model):
    """One row of a source."""

    id: str
    source: str
    """Id of the source."""
    source_name: str
    stated: date | None
    """The day that the source speaks of."""
    file: File | None
    sheet: str
    """Empty where the file has no sheets."""
    row: int
    """Row number as a person sees it in the file."""
    values: dict[str, str]
    """Heading → cell, as they came."""
    actor: ActorRef | None
    """The actor that the row speaks of."""
    collaboration: CollaborationRef | None
    """The collaboration that it speaks of."""
    revision: int
    """Revision of the graph that the answer was made from."""


class RowPage(Model):
    """A page of rows, by source, sheet and row number."""

    items: tuple[Row, ...]
    total: int
    """Items on all pages together."""
    next: str | None
    """The `cursor` of the next page; null on the last one."""
    revision: int
    """Revision of the graph that the answer was made from."""


class RuleGiven(Model):
    """One rule of a call."""

    id: str
    kind: str
    weight: str
    """`must`, or `should` for advice."""
    title: dict[str, str]
    """Language → text."""
    text: dict[str, str]
    """Language → text."""
    source: str
    """Address of the page or document that says so."""
    checked: date
    """The day on which somebody read it there."""
    quote: str
    """Its words, in its language; may be empty."""


class Said(Model):
    """What one source says."""

    value: str
    source: str
    """Id of the source; empty for what a person entered."""
    name: str
    """Name of the source."""
    stated: date | None
    """The day that it speaks of."""


class SaidBy(Model):
    """Ids of the sources that say what is shown, the one believed first at the head; empty text for a person's
    word."""

    values: dict[str, tuple[str, ...]]
    """Field → sources of its value."""
    names: dict[str, tuple[str, ...]]
    """Other name → sources that have it."""
    attributes: dict[str, tuple[str, ...]]
    """Column of the sources' own → sources of its text."""


class SaidSame(Model):
    """Who says that two entries are one body."""

    other: str
    """Id of the other entry."""
    judgement: str | None
    """Who judged it: a person, or `matching`; null for a source's link."""
    source: str | None
    """Id of the source that links the two; null for a judgement."""
    at: datetime | None
    """When it was judged."""
    reason: str


class Score(Model):
    """The measures of one actor; one that is not defined for it is missing."""

    actor: ActorRef
    community: int | None
    """Id of its community in this answer."""
    articulation_point: bool
    """Whether the network falls apart without it."""
    values: dict[str, float]
    """Measure → value."""


class SeatGiven(Model):
    """One place in the proposed consortium."""

    actor: ActorRef
    kind: str
    place_name: str
    already: bool
    lead: bool
    tentative: bool
    """Whether somebody has to look first whether it counts."""
    rules: tuple[str, ...]
    """Ids of the rules that it brought nearer."""
    purpose: str


class SectionGiven(Model):
    """A part of the report: its sentences and findings."""

    id: str
    title: str
    texts: tuple[str, ...]
    findings: tuple[FindingsGiven, ...]


class ServiceGiven(Model):
    """A service for startups."""

    service: CollaborationRef
    providers: tuple[ActorRef, ...]
    """Empty where no source says."""
    stages: tuple[str, ...]
    """For which startups it is; empty where no source says."""
    fields: tuple[ThemeRef, ...]
    """Of which fields; empty where no source says."""
    customers: tuple[ServiceParty, ...]
    """A line for each claim, former ones too."""


class ServiceParty(Model):
    """Who uses a service from when to when, as one source says."""

    actor: ActorRef
    source: SourceNamed
    start: date | None
    end: date | None


class ShareGiven(Model):
    """How many procurements are innovative."""

    yes: int
    no: int
    unknown: int
    share: float | None
    """Of those of which it is known, 0 to 1; null where it is known of none."""


class SharedActors(Model):
    """Two agreements and who is in both."""

    a: CollaborationRef
    b: CollaborationRef
    actors: tuple[ActorRef, ...]


class SheetRead(Model):
    """What a sheet is."""

    sheet: str
    """Its name; a CSV file is one sheet."""
    table: str
    """What it holds."""
    header_row: int
    """The row, as a person sees it, that holds the headings."""
    header_rows: int
    """How many rows they take."""
    fill_down: bool
    """Whether an empty name means the one above it."""
    columns: tuple[ColumnRead, ...]
    confidence: float
    """How sure that is."""
    reason: str
    """Why, in a sentence."""


class SheetWish(Model):
    """What a sheet is to be."""

    sheet: str
    """Its name, as in the answer."""
    table: str
    """What it holds; `ignore` passes over it."""
    header_row: int | None = None
    """The row, as a person sees it, that holds the headings."""
    header_rows: int | None = None
    """How many rows they take."""
    fill_down: bool | None = None
    """Whether an empty name means the one above it."""
    columns: tuple[ColumnWish, ...] | None = None


class ShiftGiven(Model):
    """A number before and after; null where it is not defined."""

    before: float | None
    after: float | None


class Source(Model):
    """Where facts come from."""

    id: str
    name: str
    stated: date | None
    """The day the source says its facts are true."""
    address: str | None
    publisher: str | None
    terms: str | None
    """Attribution or licence, as the source asks."""


class SourceDetail(Model):
    """A source with how much it speaks of."""

    id: str
    name: str
    stated: date | None
    """The day the source says its facts are true."""
    address: str | None
    publisher: str | None
    terms: str | None
    """Attribution or licence, as the source asks."""
    precedence: int | None
    """Its place among the files, 1 being believed first; null for a source that is only spoken of."""
    records: int
    """Rows kept of it."""
    file: str | None
    """Name of the file that its last import read."""
    imported: datetime | None
    """When that import ended."""
    actors: int
    """Entries of actors that it speaks of."""
    collaborations: int
    """Collaborations that it speaks of."""
    revision: int
    """Revision of the graph that the answer was made from."""


class SourceList(Model):
    """All sources: files in the order in which they are believed, then those only spoken of."""

    items: tuple[SourceListed, ...]
    changes: tuple[PersonsChange, ...]
    """How persons changed the order, oldest first."""
    revision: int
    """Revision of the graph that the answer was made from."""


class SourceListed(Model):
    """A source with its place among the sources."""

    id: str
    name: str
    stated: date | None
    """The day the source says its facts are true."""
    address: str | None
    publisher: str | None
    terms: str | None
    """Attribution or licence, as the source asks."""
    precedence: int | None
    """Its place among the files, 1 being believed first; null for a source that is only spoken of."""
    records: int
    """Rows kept of it."""
    file: str | None
    """Name of the file that its last import read."""
    imported: datetime | None
    """When that import ended."""


class SourceNamed(Model):
    """A source by name."""

    id: str
    name: str
    stated: str | None
    """The day of which it speaks; null where it does not say."""


class SourceStatus(Model):
    """A source with the day it speaks of and when it was last read."""

    id: str
    name: str
    stated: date | None
    records: int
    """Rows kept of it."""
    imported: datetime | None
    """When its last import ended; null where it is only spoken of."""


class SparsePage(Model):
    """A list of which `fields` chose the fields of the items."""

    items: tuple[dict[str, Any], ...]
    """Each with the fields that were asked for."""
    total: int | None
    """Items on all pages together, where the list has pages."""
    next: str | None
    """The `cursor` of the next page, where the list has pages."""
    revision: int
    """Revision of the graph that the answer was made from."""


class StageGiven(Model):
    """A stage, with how many startups are in it and how many services are for it."""

    stage: str
    startups: int
    services: int
    served: str
    """`nobody` only where other services say for which stages they are."""


class Standing(Model):
    """Where a source is to stand in the order, and who says so."""

    precedence: int
    """1 to be believed first; beyond the number of files, last."""
    by: str
    """Who says so."""
    reason: str | None = None
    """Why, for those who come after."""


class StartupAllianceGiven(Model):
    """Startup alliances of a region, and what there is for startups."""

    on: date
    """The day that the answer holds for."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""
    alliances: tuple[AllianceGiven, ...]
    startups: tuple[StartupGiven, ...]
    services: tuple[ServiceGiven, ...]
    stages: tuple[StageGiven, ...]
    by_field: tuple[FieldGiven, ...]
    without_stages: int
    """Services of which no source says for which stages they are."""
    without_customers: int
    """Services of which no source says who uses them."""


class StartupGiven(Model):
    """A firm that a source lists as a startup."""

    actor: ActorRef
    stages: tuple[str, ...]
    """Empty where no source says."""
    fields: tuple[ThemeRef, ...]
    """Empty where no source says."""
    founded: int | None
    """The year."""
    place: str
    """Its name; empty where no source says."""
    source: SourceNamed
    """The one that last described it."""
    uses: tuple[CollaborationRef, ...]
    """Services that it uses on the day."""
    served: str


class StatedGiven(Model):
    """A value with who says it."""

    key: str
    """The property; `names` for another name, `attributes` for a source's own column."""
    label: str
    value: str
    said_by: tuple[str, ...]
    """Names of sources, by precedence."""


class Status(Model):
    """What the graph holds."""

    engine: str
    """The graph engine below."""
    actors: dict[str, int]
    """Kind → number."""
    collaborations: dict[str, int]
    """Kind → number."""
    participations: int
    themes: int
    places: int
    links: int
    records: int
    """Rows of sources, kept as they came."""
    sources: tuple[SourceStatus, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class StepGiven(Model):
    """One act about a pair, with what it changed."""

    id: str
    said: str | None
    """Null where it takes back another act."""
    why: str | None
    words: str
    by: str
    at: datetime
    until: date | None
    """The day on which the pair may be suggested again."""
    on: date | None
    """When it happened."""
    collaboration: str | None
    takes_back: str | None
    suggestion: SuggestionGiven | None
    """Null where the pair stood in no list."""
    before: str | None
    after: str | None
    stands: bool
    """False for one that was taken back, or takes back another."""


class SuggestionDecided(Model):
    """A suggestion, and what was decided on it."""

    suggestion: MissingPartnership
    decision: DecisionGiven | None
    """Null where nothing was."""


class SuggestionGiven(Model):
    """The suggestion that was replied to, as it was then."""

    rank: int
    score: float
    revision: int
    supports: tuple[str, ...]
    """Kinds of evidence for it, the strongest first."""
    against: tuple[str, ...]


class SuggestionsDecided(Model):
    """A list of missing partnerships with those that were decided on."""

    items: tuple[SuggestionDecided, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class SumsGiven(Model):
    """What payments come to, one sum for each currency."""

    amounts: tuple[Money, ...]
    known: int
    """Payments whose amount is known."""
    unknown: int
    """Payments whose amount no source says."""
    disputed: int
    """Payments of which sources name different amounts; in no sum."""


class SuppliedGiven(Model):
    """A supplier of a procurement, and what it is paid."""

    supplier: PartyGiven
    amounts: tuple[Money, ...]
    """Exact; empty where not known or disputed."""
    disputed: tuple[AmountsSaid, ...]
    """What each source says, where they disagree."""


class Supposed(Model):
    """What is supposed: at least one of these."""

    introductions: tuple[IntroductionSupposed, ...] | None = None
    actors: dict[str, ActorSupposed] | None = None
    """Hypothetical actors: the name of each → what is said of it."""
    collaborations: tuple[CollaborationSupposed, ...] | None = None
    without_actors: tuple[str, ...] | None = None
    """Ids of actors that leave."""
    without_collaborations: tuple[str, ...] | None = None
    """Ids of collaborations that were never begun."""


class TableGiven(Model):
    """A table; the first column names the rows."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int | float | str | None, ...], ...]
    note: str


class TakingBack(Model):
    """That an act is taken back."""

    by: str
    """Who takes it back."""
    words: str | None = None
    """Why."""


class TallyGiven(Model):
    """How pairs were replied to."""

    accepted: int
    not_now: int
    no: int
    share: float | None
    """Accepted of all; null where nothing was decided."""


class ThemeCounts(Model):
    """How many collaborations about a theme began when."""

    name: str
    """The theme; empty for those without one, and for all together."""
    counts: tuple[int, ...]
    """By `columns`."""
    total: int


class ThemeDetail(Model):
    """A theme with its place in the tree."""

    id: str
    name: str
    name_fi: str | None
    name_sv: str | None
    name_en: str | None
    parent: str | None
    """Id of the theme above; null at the top."""
    actors: int
    """Actors that take part in something about it or a theme below it."""
    collaborations: int
    """Collaborations about it or a theme below it."""
    href: str
    """Where the thing itself is, on this service."""
    above: tuple[str, ...]
    """Ids of the themes above, from the nearest to the top."""
    below: tuple[str, ...]
    """Ids of the themes right below."""
    revision: int
    """Revision of the graph that the answer was made from."""


class ThemeList(Model):
    """All themes."""

    items: tuple[ThemeListed, ...]
    revision: int
    """Revision of the graph that the answer was made from."""


class ThemeListed(Model):
    """A theme with how much there is of it."""

    id: str
    name: str
    name_fi: str | None
    name_sv: str | None
    name_en: str | None
    parent: str | None
    """Id of the theme above; null at the top."""
    actors: int
    """Actors that take part in something about it or a theme below it."""
    collaborations: int
    """Collaborations about it or a theme below it."""
    href: str
    """Where the thing itself is, on this service."""


class ThemeNamed(Model):
    """The other side of the matrix: a theme."""

    id: str
    name: str


class ThemeRef(Model):
    """A theme by name, in the language asked for."""

    id: str
    name: str


class ThemeWithout(Model):
    """A theme on which, and below which, there is no environment."""

    theme: ThemeRef
    collaborations: int
    """On it or below it; procurements and services not counted."""


class ThemesGiven(Model):
    """Collaborations by theme and year of start; one with several themes counts in each."""

    columns: tuple[str, ...]
    """A year; `≤2015` for all up to it; a word for those without a year."""
    rows: tuple[ThemeCounts, ...]
    all: ThemeCounts


class ThroughGiven(Model):
    """An agreement and what an actor takes part in there."""

    agreement: CollaborationRef
    through: tuple[CollaborationRef, ...]
    """The agreement itself, priorities, projects."""


class Tie(Model):
    """Two actors with shared collaborations."""

    source: str
    target: str
    weight: float
    """Sum over shared collaborations of 1/(participants - 1) (Newman 2001)."""
    shared: int
    """Number of shared collaborations."""


class TieGiven(Model):
    """Two actors."""

    a: str
    b: str


class TouchedGiven(Model):
    """An actor that is named, with its measures; empty where the view does not have it."""

    actor: str
    before: dict[str, float]
    after: dict[str, float]


class TraderGiven(Model):
    """A buyer or a supplier."""

    actor: ActorRef
    procurements: tuple[CollaborationRef, ...]
    other_side: tuple[ActorRef, ...]
    """Of a buyer its suppliers, of a supplier its buyers."""
    sums: SumsGiven
    joint: int
    """Procurements of several buyers; each buyer's sum holds the whole of them."""
    innovative: ShareGiven


class TwoPlacesGiven(Model):
    """A project under two priorities or agreements."""

    project: CollaborationRef
    places: tuple[PlaceGiven, ...]
    differ: bool
    """True where no single source says all of it."""


class UnitedEntry(Model):
    """One of several entries that are one body."""

    id: str
    name: str
    href: str
    """Where the thing itself is, on this service."""
    kind: str
    helix: str | None
    """Helix group of the kind; null for kinds that have none."""
    place: str | None
    """Id of the narrowest place known."""
    business_id: str | None
    """Finnish business id (Y-tunnus)."""
    vat: str | None
    pic: str | None
    """Participant code of the EU's funding portal."""
    ror: str | None
    """ROR id, without its address."""
    isni: str | None
    """ISNI (ISO 27729), sixteen characters without spaces."""
    wikidata: str | None
    """Wikidata item, without its address."""
    website: str | None
    said: tuple[SaidSame, ...]


class UnmetGiven(Model):
    """A rule that the proposal does not meet for certain, and why."""

    rule: str
    text: str
    why: str
    sentence: str


class UploadChecked(Model):
    """What a dry run found. Nothing is saved."""

    upload: str
    digest: str
    """Send it to `/imports` to save just this."""
    revision: int
    """Of the graph that the file was held against."""
    file: str
    format: str
    refused: str | None
    """Why the file can't be read at all, and what to do."""
    already_loaded: bool
    """The graph holds exactly this file; there is nothing to save."""
    rows: int
    """Rows that can be read."""
    wrong_rows: int
    """Rows that are left out."""
    unread_sheets: tuple[str, ...]
    new_actors: int
    """Actors that the graph does not have yet."""
    known_actors: int
    contacts: int
    """Contact persons that it names; 0 where none are kept. Who they are is not told."""
    compared: ComparedGiven
    need_you: int
    """What a person must decide about its entries: so many of the review queue, after the import."""
    sure_matches: int
    """Pairs that will count as one body."""
    matches: tuple[MatchGiven, ...]
    """The first of these pairs, doubtful ones first."""
    problems: tuple[ProblemGiven, ...]
    """This page of what is wrong, in the order of the file."""
    total: int
    """How many problems are told on all pages."""
    untold: int
    """How many more there are."""
    next: str | None
    """The `cursor` of the following page; null on the last."""


class UploadGiven(Model):
    """A file that was sent in."""

    id: str
    name: str
    """The name that it came with."""
    size: int
    """In bytes."""
    sha256: str
    """Of its bytes."""
    made: datetime
    ends: datetime
    """When it is deleted."""


class UploadPage(Model):
    """The uploads that are there, the newest first."""

    items: tuple[UploadGiven, ...]


class UserGiven(Model):
    """A user, without the password."""

    id: str
    name: str
    role: str
    theme: str | None
    place: str | None
    made: datetime
    chosen: bool
    """Whether the user has chosen an own password."""
    signed_in: datetime | None
    """When last."""
    disabled: datetime | None


class UserList(Model):
    """All users."""

    items: tuple[UserGiven, ...]


class VersionGiven(Model):
    """A frozen map."""

    name: str
    number: int
    made: datetime
    by: str
    title: str
    language: str
    revision: int
    """Revision of the graph that it was made from."""
    data_date: date | None
    actors: int
    ties: int
    suggestions: int
    bytes: int
    sha256: str
    """Of the page."""
    changed: ChangedGiven | None
    """Since the version before; null for the first."""
    withdrawn: datetime | None
    """When it was taken off; its page is gone then."""
    caption: str
    licence: str
    alternative: str
    """What stands in for the picture where it can't be seen."""
    sources: tuple[str, ...]
    """Names of the sources of its data."""
    href: str
    """Where this version is shown; it stays as it is."""
    embed: str
    """HTML that shows the newest version inside another page."""


class Versions(Model):
    """Versions of published maps."""

    items: tuple[VersionGiven, ...]


class ViewParameters(Model):
    """Which part of the network is meant; the same parameters at every endpoint about the network."""

    theme: str | None = None
    """A theme's id; the themes below it count too."""
    place: str | None = None
    """A place's id; the places in it count too."""
    reach: str | None = None
    """What `place` means: collaborations that touch it, or only actors inside it."""
    kind: tuple[str, ...] | None = None
    """Only actors of these kinds; may be given more than once."""
    together: tuple[str, ...] | None = None
    """Only collaborations of these kinds; may be given more than once. Without it all count but procurements and
    services, in which one side gives and the other takes."""
    since: date | None = None
    """Only collaborations that run on or after this day."""
    until: date | None = None
    """Only collaborations that run on or before this day."""
    as_of: date | None = None
    """The network as it stood on this day: nothing that starts later."""
    identity: str | None = None
    """Which actors count as one: `recorded` none, `current` duplicates and predecessors, `organisation` also
    units."""


class WhatIfGiven(Model):
    """What would change. Hypothetical actors are under new ids, with their names in `names`."""

    told: tuple[str, ...]
    """The same in sentences."""
    counts: dict[str, ShiftGiven]
    numbers: dict[str, ShiftGiven]
    """Id of a measure of the network → its value."""
    arrived: tuple[str, ...]
    """Actors that the view did not have."""
    vanished: tuple[str, ...]
    """Actors that it has no longer."""
    partnered: tuple[str, ...]
    """Actors that had no partner and have one."""
    alone: tuple[str, ...]
    """Actors that had a partner and have none."""
    joined: tuple[str, ...]
    """Actors that come into the largest piece."""
    dropped: tuple[str, ...]
    """Actors that come off it."""
    freed: tuple[HingeGiven, ...]
    """Actors that are no longer the only link."""
    bound: tuple[HingeGiven, ...]
    """Actors that become one."""
    bridges_gone: tuple[TieGiven, ...]
    bridges_new: tuple[TieGiven, ...]
    coverage: tuple[FillingGiven, ...]
    touched: tuple[TouchedGiven, ...]
    newcomers: tuple[str, ...]
    """Ids of the hypothetical actors in this answer."""
    unseen: tuple[str, ...]
    """What is supposed and not wholly in the view."""
    acquainted: tuple[TieGiven, ...]
    """Pairs that work together already."""
    left_out: tuple[str, ...]
    """Ids of measures that were not computed, for their cost."""
    names: dict[str, str]
    """Id → name of all that is spoken of."""
    language: str
    revision: int
    """Revision of the graph that the answer was made from."""


class Withdrawal(Model):
    """That a word is taken back."""

    by: str
    """Who takes it back."""
    reason: str | None = None


class Word(Model):
    """What a person says of two entries."""

    a: str
    """Id of one entry."""
    b: str
    """Id of the other; the order does not matter."""
    verdict: str
    by: str
    """Who says so."""
    reason: str | None = None
    """Why, for those who come after."""


class WordGiven(Model):
    """What became of a word."""

    act: str
    """Id of the word, to take it back."""
    noted: bool
    """False when it had been said already: nothing was changed."""
    verdict: str | None
    """What counts of the pair now; null where nobody says anything of it."""
    by: str | None
    """Whose word that is."""
    one_body: bool
    """Whether the two are one body now, by this word or others."""
    revision: int
    """Revision of the graph that the answer was made from."""
