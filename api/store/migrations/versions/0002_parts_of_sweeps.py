"""Sweeps are divided into parts, and processes that end without an answer are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column("runs", sa.Column("phase", sa.String(length=10), nullable=False, server_default="run"))
    op.add_column("runs", sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_column("runs", "crashes")
    op.drop_column("runs", "phase")
