"""Settings: environment variables that begin with ``GRAPHSVC_``, read once, passed as an argument.

``docs/reference/settings.md`` lists them; a test keeps that page, this class and ``docker-compose.yml`` together.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphsvc.errors import SettingsError

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
"""Names of one's own machine, as addresses and as hosts of a request have them."""
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PAGE: Final = re.compile(r"https://[\w.-]+(?::\d+)?(?:[/?#][^\s<>\"'\\]*)?")


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("graphsvc", appauthor=False))


class Settings(BaseSettings):
    """Everything that may differ between two installations."""

    model_config = SettingsConfigDict(env_prefix="GRAPHSVC_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=_default_home, description="Data folder: the embedded store and the maps made from it."
    )
    store: str = Field(
        default="",
        description="Where the graph is: neo4j://, neo4j+s:// or bolt:// for a Neo4j server, a path for the embedded"
        " engine, :memory: for nothing kept. Empty: the file graph.kgl in the data folder.",
    )
    store_user: str = Field(default="neo4j", description="User name at the Neo4j server.")
    store_password: SecretStr = Field(
        default=SecretStr(""), description="Password at the Neo4j server; never part of the address."
    )
    store_database: str = Field(
        default="", description="Database at the Neo4j server; empty for the user's home database."
    )
    store_connections: int = Field(
        default=20, ge=2, le=1000, description="Most connections that a process holds to the Neo4j server."
    )
    store_connect_seconds: float = Field(
        default=2,
        ge=0.5,
        le=60,
        description="Seconds that a new connection to the Neo4j server may take; more where it is far away.",
    )
    store_retry_seconds: float = Field(
        default=2,
        ge=0,
        le=60,
        description="Seconds for which a request repeats what the Neo4j server refuses for a passing reason, as while"
        " a cluster chooses a leader. Imports at the terminal and jobs repeat for a minute.",
    )
    request_seconds: float = Field(
        default=8,
        ge=1,
        le=25,
        description="Seconds that a request may wait for the graph store, its queues, and answers that others are"
        " making, all together; then it is told to come again (504). What it computes itself does not count, but for"
        " what the answers of a large graph stand on, which is made to its end aside. Jobs, commands at the terminal"
        " and streams are not bound by it.",
    )
    measures: Literal["own", "gds"] = Field(
        default="own",
        description="Who computes measures: own for graphsvc itself, gds for the Graph Data Science of the Neo4j server"
        " with what it has.",
    )
    host: str = Field(default="127.0.0.1", description="Address the service listens on.")
    port: int = Field(default=8050, ge=0, le=65535, description="Port the service listens on; 0 takes a free one.")
    host_names: str = Field(
        default="",
        description="Host names under which people reach the service, separated by commas. Empty: loopback names and"
        " the address it listens on; any name when it listens on every address.",
    )
    public: Literal["auto", "nothing", "read", "write", "admin"] = Field(
        default="auto",
        description="What callers without a key may do. auto: everything where the service listens on loopback only,"
        " else nothing.",
    )
    public_hides: str = Field(
        default="",
        description="File that says what callers without a key or a session are not shown, as for a published map. They"
        " then get only answers that can be given without it. Empty: they are shown what GRAPHSVC_PUBLIC says.",
    )
    contacts: bool = Field(
        default=False,
        description="Whether contact persons of actors are kept: with a purpose and a last day each, shown only to who"
        " may change the graph, and each look noted. Off: a sheet of them is not read, and none is shown.",
    )
    audit_days: int = Field(
        default=730, ge=1, le=3650, description="Days for which the audit trail is kept: who changed what."
    )
    work_per_minute: float = Field(
        default=30,
        ge=0,
        le=3600,
        description="Seconds of answering that one caller may ask for in a minute; 0 for any. Not asked on loopback"
        " with GRAPHSVC_PUBLIC=auto.",
    )
    origins: str = Field(
        default="",
        description="Origins of other web tools whose pages may read answers, such as https://tool.example.org,"
        " separated by commas.",
    )
    frames: str = Field(
        default="",
        description="Sites whose pages may show published maps in a frame, such as https://www.example.org, separated"
        " by commas; * for any. Empty: none but the service's own.",
    )
    organisation: str = Field(
        default="",
        max_length=200,
        description="Name of the organisation that answers for this installation, as its accessibility statement"
        " has it.",
    )
    accessibility_contact: str = Field(
        default="",
        max_length=300,
        description="Where people write who can't use something: an e-mail address, or a page that begins with"
        " https://. The accessibility statement names it.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="Web servers in front of the service whose X-Forwarded-For is believed.",
    )
    reader_memory: int = Field(
        default=1000,
        ge=100,
        le=64_000,
        description="Memory that reading one file may take, in MB; it is read in a child process.",
    )
    reader_seconds: int = Field(
        default=600, ge=1, le=86_400, description="Processor time that reading one file may take, in seconds."
    )
    upload_megabytes: int = Field(
        default=20, ge=1, le=4000, description="Size of the largest file that may be sent in to be imported, in MB."
    )
    job_threads: int = Field(
        default=2,
        ge=0,
        le=16,
        description="Jobs that the service does at once, one of a kind; 0 leaves them to graphsvc worker.",
    )
    job_days: int = Field(default=30, ge=1, le=3650, description="Days for which a job that ended is kept.")
    shared_megabytes: int = Field(
        default=500,
        ge=0,
        le=1_000_000,
        description="Disk that results may take which processes share, in MB; 0 shares none.",
    )
    language: Literal["fi", "sv", "en"] = Field(
        default="en", description="Language of pages, maps and reasons: fi, sv or en."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe log line that is written."
    )

    @property
    def store_uri(self) -> str:
        """The store's address with the default filled in."""
        return self.store or str(self.home / "graph.kgl")

    @property
    def only_here(self) -> bool:
        """Whether only this machine reaches the service: where a web server stands in front, the world comes in."""
        return self.host.lower() in LOOPBACK and not self.proxies

    @property
    def accessibility_link(self) -> str:
        """Where the contact leads: ``mailto:`` or ``https:``; empty where it is nothing of the kind."""
        contact = self.accessibility_contact.strip()
        return f"mailto:{contact}" if _EMAIL.fullmatch(contact) else contact if _PAGE.fullmatch(contact) else ""

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Read the environment; ``overrides`` win. A wrong value is a :class:`SettingsError` naming the variable."""
        try:
            return cls(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = "GRAPHSVC_" + str(first["loc"][0]).upper()
            raise SettingsError(
                f"The setting {name} is wrong: {first['msg']}.",
                remedy="docs/reference/settings.md lists what it may be.",
            ) from error
