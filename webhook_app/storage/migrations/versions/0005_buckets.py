"""Buckets of rate limits that several web processes share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    numbers = (sa.Column(name, sa.Float(), nullable=False) for name in ("tokens", "since", "drawn"))
    op.create_table(
        "buckets",
        sa.Column("name", sa.Text(), nullable=False),
        *numbers,
        sa.PrimaryKeyConstraint("name", name=op.f("pk_buckets")),
    )
