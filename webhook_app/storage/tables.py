"""The tables. What identifies a row stands in the clear, what people wrote is sealed."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Float, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)


def _table(name: str, keys: tuple[str, ...], *others: Column[object] | Index) -> Table:
    columns = [Column(key, Text, primary_key=True) for key in keys]
    return Table(name, metadata, *columns, *others)


def _sealed() -> Column[object]:
    return Column("sealed", Text, nullable=False)


def _when(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _text(name: str, *, index: bool = False, nullable: bool = False) -> Column[object]:
    return Column(name, Text, index=index, nullable=nullable)


people = _table("people", ("address",), _sealed())
pairs = _table("pairs", ("pair_id",), _sealed())
connections = _table("connections", ("connection_id",), _sealed())
secrets = _table("secrets", ("connection_id",), _sealed())
cursors = _table("cursors", ("connection_id", "subject"), _text("cursor"))
series = _table(
    "series",
    ("series_id",),
    _text("uid", index=True),
    _text("pair_id", index=True, nullable=True),
    _text("state", index=True),
    _when("look_again", nullable=True),
    _sealed(),
)
copies = _table("copies", ("calendar_id", "event_id"), _text("series_id", index=True), _sealed())
sheets = _table(
    "sheets",
    ("sheet_id",),
    _text("series_id", index=True),
    _text("pair_id", index=True),
    _text("state"),
    Column("number", Integer, nullable=False),
    _sealed(),
)
written = _table("written", ("sheet_id", "calendar_id", "event_id"), _sealed())
task_links = _table(
    "task_links",
    ("item_id",),
    _text("series_id", index=True),
    _text("connection_id"),
    _text("task_id", index=True, nullable=True),
    _sealed(),
)
nouns = _table("nouns", ("kind", "key"), _text("belongs_to", index=True), _sealed())
actions = _table(
    "actions",
    ("key",),
    _text("kind"),
    _text("subject"),
    _text("lane"),
    _text("state"),
    _text("trouble"),
    _when("due_at"),
    Column("wanted", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index("ix_actions_state_due_at", "state", "due_at"),
)
revisions = _table("revisions", ("name",), Column("mark", Text, nullable=False))
buckets = _table(
    "buckets",
    ("name",),
    Column("tokens", Float, nullable=False),
    Column("since", Float, nullable=False),
    Column("drawn", Float, nullable=False),
)
happenings = Table(
    "happenings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _when("at"),
    _text("name"),
    _text("subject", index=True),
    Column("count", Integer, nullable=False),
    _text("by", nullable=True),
    _text("entry", nullable=True),
)
received = Table(
    "received",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("received_id", Text, nullable=False, unique=True, index=True),
    _text("suite"),
    _text("kind"),
    _text("lane"),
    _text("source_id"),
    Column("received_at", DateTime(timezone=True), nullable=False, index=True),
    _when("due_at"),
    _text("digest"),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    _text("trouble"),
    _sealed(),
    Index("ix_received_state_lane_number", "state", "lane", "number"),
)
