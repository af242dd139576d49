"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actions",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_actions")),
    )
    op.create_index("ix_actions_state_due_at", "actions", ["state", "due_at"], unique=False)
    op.create_table(
        "connections",
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", name=op.f("pk_connections")),
    )
    op.create_table(
        "copies",
        sa.Column("calendar_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("calendar_id", "event_id", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_series_id"), "copies", ["series_id"], unique=False)
    op.create_table(
        "cursors",
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", "subject", name=op.f("pk_cursors")),
    )
    op.create_table(
        "happenings",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_happenings")),
    )
    op.create_index(op.f("ix_happenings_subject"), "happenings", ["subject"], unique=False)
    op.create_table(
        "pairs",
        sa.Column("pair_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_pairs")),
    )
    op.create_table(
        "people",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_people")),
    )
    op.create_table(
        "secrets",
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", name=op.f("pk_secrets")),
    )
    op.create_table(
        "series",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("pair_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("look_again", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_pair_id"), "series", ["pair_id"], unique=False)
    op.create_index(op.f("ix_series_state"), "series", ["state"], unique=False)
    op.create_index(op.f("ix_series_uid"), "series", ["uid"], unique=False)
    op.create_table(
        "sheets",
        sa.Column("sheet_id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("pair_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_sheets")),
    )
    op.create_index(op.f("ix_sheets_pair_id"), "sheets", ["pair_id"], unique=False)
    op.create_index(op.f("ix_sheets_series_id"), "sheets", ["series_id"], unique=False)
    op.create_table(
        "task_links",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_task_links")),
    )
    op.create_index(op.f("ix_task_links_series_id"), "task_links", ["series_id"], unique=False)
    op.create_index(op.f("ix_task_links_task_id"), "task_links", ["task_id"], unique=False)
    op.create_table(
        "written",
        sa.Column("sheet_id", sa.Text(), nullable=False),
        sa.Column("calendar_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sheet_id", "calendar_id", "event_id", name=op.f("pk_written")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("written")
    op.drop_index(op.f("ix_task_links_task_id"), table_name="task_links")
    op.drop_index(op.f("ix_task_links_series_id"), table_name="task_links")
    op.drop_table("task_links")
    op.drop_index(op.f("ix_sheets_series_id"), table_name="sheets")
    op.drop_index(op.f("ix_sheets_pair_id"), table_name="sheets")
    op.drop_table("sheets")
    op.drop_index(op.f("ix_series_uid"), table_name="series")
    op.drop_index(op.f("ix_series_state"), table_name="series")
    op.drop_index(op.f("ix_series_pair_id"), table_name="series")
    op.drop_table("series")
    op.drop_table("secrets")
    op.drop_table("people")
    op.drop_table("pairs")
    op.drop_index(op.f("ix_happenings_subject"), table_name="happenings")
    op.drop_table("happenings")
    op.drop_table("cursors")
    op.drop_index(op.f("ix_copies_series_id"), table_name="copies")
    op.drop_table("copies")
    op.drop_table("connections")
    op.drop_index("ix_actions_state_due_at", table_name="actions")
    op.drop_table("actions")
