"""Nouns by kind and key, and what entry a happening is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "nouns",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("belongs_to", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_nouns")),
    )
    op.create_index("ix_nouns_belongs_to", "nouns", ["belongs_to"], unique=False)
    op.add_column("happenings", sa.Column("entry", sa.Text(), nullable=True))
