"""The first version of the schema."""

from __future__ import annotations

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, then what each kind of database has of its own."""
    _case()
    _documents()
    _claims()
    _records()
    dialect = op.get_context().dialect.name
    sql = files("temoin.casefile.migrations") / "sql" / f"0001_{dialect}.sql"
    # Statements stand apart by an empty line: triggers have semicolons within.
    for statement in sql.read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def _case() -> None:
    """The case and its audit log."""
    op.create_table(
        "case_info",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("keep_originals", sa.Boolean(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'internal', 'confidential', 'secret')",
            name="ck_case_info_sensitivity",
        ),
        sa.CheckConstraint("id = 1", name="ck_case_info_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_case_info"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_kind_target", "audit", ["kind", "target"], unique=False)


def _documents() -> None:
    """What was collected."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("archive_url", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("translation_of", sa.Integer(), nullable=True),
        sa.Column("near_duplicate_group", sa.Integer(), nullable=True),
        sa.Column("origin_group", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'internal', 'confidential', 'secret')",
            name="ck_documents_sensitivity",
        ),
        sa.CheckConstraint(
            "status IN ('active', 'hidden', 'frozen', 'removed')", name="ck_documents_status"
        ),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["documents.id"], name="fk_documents_translation_of"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("content_key", name="uq_documents_content_key"),
    )
    op.create_index("ix_documents_language", "documents", ["language"], unique=False)
    op.create_index("ix_documents_name", "documents", ["name"], unique=False)
    op.create_index(
        "ix_documents_near_duplicate_group", "documents", ["near_duplicate_group"], unique=False
    )
    op.create_index("ix_documents_origin_group", "documents", ["origin_group"], unique=False)
    op.create_index("ix_documents_published", "documents", ["published"], unique=False)
    op.create_index("ix_documents_publisher", "documents", ["publisher"], unique=False)
    op.create_index("ix_documents_sha256", "documents", ["sha256"], unique=False)
    op.create_index("ix_documents_status", "documents", ["status"], unique=False)
    op.create_index("ix_documents_text_sha256", "documents", ["text_sha256"], unique=False)
    op.create_table(
        "originals",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_originals_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_originals"),
    )
    op.create_table(
        "acquisitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=True),
        sa.Column("modified_at", sa.String(length=27), nullable=True),
        sa.Column("retrieved_at", sa.String(length=27), nullable=True),
        sa.Column("collected_by", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_acquisitions_document_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_acquisitions"),
        sa.UniqueConstraint("document_id", "location", name="uq_acquisitions_document_id_location"),
    )


def _claims() -> None:
    """What people decide on."""
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_ref", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("radius_km", sa.Double(), nullable=True),
        sa.CheckConstraint("origin IN ('machine', 'human')", name="ck_claims_origin"),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'edited', 'rejected', 'unsure')",
            name="ck_claims_state",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_claims_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index(
        "ix_claims_document_id_trigger_start",
        "claims",
        ["document_id", "trigger_start"],
        unique=False,
    )
    searched = {
        "certainty": "certainty earliest latest document_id confidence",
        "country": "country earliest latest document_id type",
        "place": "latitude longitude earliest latest document_id type",
        "polarity": "polarity earliest latest document_id confidence",
        "time": "earliest latest document_id",
        "type": "type earliest latest document_id polarity certainty confidence country "
        "latitude longitude",
    }
    for name, columns in searched.items():
        op.create_index(f"ix_claims_by_{name}", "claims", columns.split(), unique=False)
    op.create_index("ix_claims_place_ref", "claims", ["place_ref"], unique=False)
    op.create_index("ix_claims_present", "claims", ["present"], unique=False)
    op.create_index("ix_claims_state", "claims", ["state"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("claim_version", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('accept', 'edit', 'reject', 'unsure', 'add', 'undo')",
            name="ck_decisions_verdict",
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_decisions_claim_id"),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name="fk_decisions_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_batch", "decisions", ["batch"], unique=False)
    op.create_index(
        "ix_decisions_claim_id_active", "decisions", ["claim_id", "active"], unique=False
    )
    op.create_index("ix_decisions_reviewer", "decisions", ["reviewer"], unique=False)
    op.create_table(
        "field_sensitivities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'internal', 'confidential', 'secret')",
            name="ck_field_sensitivities_sensitivity",
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_field_sensitivities_claim_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_sensitivities"),
        sa.UniqueConstraint("claim_id", "field", name="uq_field_sensitivities_claim_id_field"),
    )


def _records() -> None:
    """What the machine found."""
    op.create_table(
        "producers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("temoin", sa.Text(), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=True),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('model', 'import', 'opinion')", name="ck_producers_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_producers"),
        sa.UniqueConstraint("digest", name="uq_producers_digest"),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_records_document_id"),
        sa.ForeignKeyConstraint(["producer_id"], ["producers.id"], name="fk_records_producer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.UniqueConstraint("document_id", "number", name="uq_records_document_id_number"),
    )
    op.create_index("ix_records_producer_id", "records", ["producer_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("polarity_confidence", sa.Double(), nullable=True),
        sa.Column("certainty_confidence", sa.Double(), nullable=True),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("attribution_start", sa.Integer(), nullable=True),
        sa.Column("attribution_end", sa.Integer(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=True),
        sa.Column("sentence_end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_events_claim_id"),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_events_record_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("record_id", "number", name="uq_events_record_id_number"),
    )
    op.create_index(
        "ix_events_sentences",
        "events",
        ["claim_id", "sentence_start", "sentence_end"],
        unique=False,
    )
    op.create_table(
        "arguments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("antecedent", sa.Text(), nullable=True),
        sa.Column("antecedent_start", sa.Integer(), nullable=True),
        sa.Column("antecedent_end", sa.Integer(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("radius_km", sa.Double(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.CheckConstraint("origin IN ('machine', 'human')", name="ck_arguments_origin"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_arguments_claim_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_arguments_decision_id"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_arguments_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arguments"),
    )
    op.create_index("ix_arguments_claim_id", "arguments", ["claim_id"], unique=False)
    op.create_index(
        "ix_arguments_counted",
        "arguments",
        ["role", "status", "active", "value", "low", "high", "claim_id"],
        unique=False,
    )
    op.create_index("ix_arguments_event_id", "arguments", ["event_id"], unique=False)
    op.create_index(
        "ix_arguments_latitude_longitude", "arguments", ["latitude", "longitude"], unique=False
    )
    op.create_index("ix_arguments_ref_role", "arguments", ["ref", "role"], unique=False)
    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_relations_record_id"),
        sa.ForeignKeyConstraint(["source_id"], ["events.id"], name="fk_relations_source_id"),
        sa.ForeignKeyConstraint(["target_id"], ["events.id"], name="fk_relations_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relations"),
        sa.UniqueConstraint("record_id", "number", name="uq_relations_record_id_number"),
    )
    op.create_index("ix_relations_source_id", "relations", ["source_id"], unique=False)
    op.create_index("ix_relations_target_id", "relations", ["target_id"], unique=False)
