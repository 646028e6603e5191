"""What claims of several documents are to one another: runs, incidents, links, verdicts."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the triggers that each kind of database has of its own."""
    _runs()
    _incidents()
    _members()
    _decisions()
    dialect = op.get_context().dialect.name
    sql = files("temoin.casefile.migrations") / "sql" / f"0002_{dialect}.sql"
    # Statements stand apart by an empty line: triggers have semicolons within.
    for statement in sql.read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def _runs() -> None:
    """What was linked when, by whom."""
    op.create_table(
        "corroborations",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.Column("single", sa.Integer(), nullable=False),
        sa.Column("corroborated", sa.Integer(), nullable=False),
        sa.Column("contested", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("clashes", sa.Integer(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corroborations"),
    )


def _incidents() -> None:
    """What was found."""
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("contested", sa.Text(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("denials", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_ref", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("radius_km", sa.Double(), nullable=True),
        sa.Column("retired", sa.Integer(), nullable=True),
        sa.Column("successor", sa.Text(), nullable=True),
        sa.Column("former", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "support IN ('single source', 'corroborated', 'contested')", name="ck_incidents_support"
        ),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name="ck_incidents_credibility"),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index(
        "ix_incidents_earliest_latest", "incidents", ["earliest", "latest"], unique=False
    )
    op.create_index(
        "ix_incidents_latitude_longitude", "incidents", ["latitude", "longitude"], unique=False
    )
    op.create_index("ix_incidents_place_ref", "incidents", ["place_ref"], unique=False)
    op.create_index("ix_incidents_retired", "incidents", ["retired"], unique=False)
    op.create_index("ix_incidents_support", "incidents", ["support"], unique=False)
    op.create_index("ix_incidents_type", "incidents", ["type"], unique=False)


def _members() -> None:
    """Claims of incidents, and what they are to one another."""
    op.create_table(
        "incident_claims",
        sa.Column("claim_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_incident_claims_claim_id"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_incident_claims_incident_id"
        ),
        sa.PrimaryKeyConstraint("claim_id", name="pk_incident_claims"),
    )
    op.create_index(
        "ix_incident_claims_incident_id", "incident_claims", ["incident_id"], unique=False
    )
    op.create_table(
        "claim_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("other_value", sa.Text(), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('same', 'complements', 'contradicts', 'updates', 'retracts')",
            name="ck_claim_links_kind",
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_links_claim_id"),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_claim_links_incident_id"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["claims.id"], name="fk_claim_links_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claim_links"),
    )
    op.create_index("ix_claim_links_claim_id", "claim_links", ["claim_id"], unique=False)
    op.create_index("ix_claim_links_incident_id", "claim_links", ["incident_id"], unique=False)
    op.create_index("ix_claim_links_kind", "claim_links", ["kind"], unique=False)
    op.create_index("ix_claim_links_other_id", "claim_links", ["other_id"], unique=False)


def _decisions() -> None:
    """What people decided on pairs of claims."""
    op.create_table(
        "pair_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('same', 'different', 'unsure', 'undo')", name="ck_pair_decisions_verdict"
        ),
        sa.CheckConstraint("claim_id < other_id", name="ck_pair_decisions_order"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_pair_decisions_claim_id"),
        sa.ForeignKeyConstraint(["other_id"], ["claims.id"], name="fk_pair_decisions_other_id"),
        sa.ForeignKeyConstraint(["undoes"], ["pair_decisions.id"], name="fk_pair_decisions_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_pair_decisions"),
    )
    op.create_index(
        "ix_pair_decisions_claim_id_other_id",
        "pair_decisions",
        ["claim_id", "other_id"],
        unique=False,
    )
    op.create_index("ix_pair_decisions_reviewer", "pair_decisions", ["reviewer"], unique=False)
