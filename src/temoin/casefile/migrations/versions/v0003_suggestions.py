"""Incidents that may be one: what a run of corroboration suggests to review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the next run of corroboration fills it."""
    op.create_table(
        "incident_suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("other_claim_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_incident_suggestions_incident_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["incidents.id"], name="fk_incident_suggestions_other_id"
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_incident_suggestions_claim_id"
        ),
        sa.ForeignKeyConstraint(
            ["other_claim_id"], ["claims.id"], name="fk_incident_suggestions_other_claim_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incident_suggestions"),
    )
    for column in ("claim_id", "incident_id", "other_claim_id", "other_id"):
        op.create_index(
            f"ix_incident_suggestions_{column}", "incident_suggestions", [column], unique=False
        )
