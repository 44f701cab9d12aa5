"""What follows from facts: what became of documents, days, measures, words to be searched, history, decisions; and rules
that make nonsense impossible."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BY_CONFIDENCE = ("citations", "deadlines", "targets")
_SPAN = "span_start >= 0 AND span_end >= span_start"
CHECKS = {
    "plans": {
        "period": "period_end >= period_start",
        "text_chars": "text_chars >= 0",
    },
    "documents": {
        "cited": "last_cited >= first_cited",
        "dated": "dated_id <> id",
        "status": "status IN ('amended', 'replaced', 'repealed')",
    },
    "sections": {
        "heading": "heading_start >= 0 AND heading_end >= heading_start",
        "parent": "parent_id <> fact_id",
        "span": _SPAN,
    },
    "warnings": {
        "span": _SPAN,
    },
    "citations": {
        "page": "page >= 1",
        "relation": "relation IN ('basis', 'implements', 'amends', 'replaces', 'repeals', 'assigns', 'mentions', 'self')",
        "span": _SPAN,
    },
    "deadlines": {
        "bound": "bound IN ('before', 'by', 'from', 'within', 'between', 'after')",
        "interval": "end_date >= start_date",
        "kind": "kind IN ('deadline', 'interval', 'recurring', 'relative')",
        "page": "page >= 1",
        "precision": "precision IN ('day', 'week', 'month', 'quarter', 'half', 'year', 'period', 'event')",
        "rrule": "(kind = 'recurring') = (rrule IS NOT NULL)",
        "span": _SPAN,
    },
    "plan_tables": {
        "page": "page >= 1",
    },
    "section_roles": {
        "role": "role IN ('preamble', 'purpose', 'requirements', 'targets', 'content', 'tasks', 'timeline', 'participants', 'commendation', 'budget', 'reporting', 'implementation', 'recipients', 'signature', 'appendix', 'other')",
    },
    "targets": {
        "bounds": "high >= low",
        "change": "change IN ('increase', 'decrease')",
        "comparator": "comparator IN ('>=', '>', '<=', '<', '=', 'range')",
        "page": "page >= 1",
        "part": "part_of_id <> fact_id",
        "period": "period_end >= period_start",
        "span": _SPAN,
    },
    "tasks": {
        "span": _SPAN,
    },
}
NEW_SPANS = ("warnings",)  # the others had a weaker rule


def upgrade() -> None:
    # No day of an interval that ends before it starts is kept: which of the two is wrong nobody knows.
    op.execute("UPDATE deadlines SET start_date = NULL, end_date = NULL WHERE end_date < start_date")
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_decisions_kind_subject")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "fact_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("from_version", sa.String(), nullable=False),
        sa.Column("to_version", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cause IN ('rules', 'content')", name=op.f("ck_fact_changes_cause")),
        sa.CheckConstraint("change IN ('gained', 'lost', 'altered')", name=op.f("ck_fact_changes_change")),
        sa.CheckConstraint(
            "kind IN ('section', 'reference', 'deadline', 'target', 'task')", name=op.f("ck_fact_changes_kind")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_fact_changes_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_changes")),
    )
    with op.batch_alter_table("fact_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_changes_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_changes_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fact_id", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('plan', 'section', 'reference', 'deadline', 'target', 'task')", name=op.f("ck_passages_kind")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_passages_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passages_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_links",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('amends', 'replaces', 'repeals', 'draft')", name=op.f("ck_plan_links_kind")),
        sa.CheckConstraint("plan_id <> other_id", name=op.f("ck_plan_links_other")),
        sa.ForeignKeyConstraint(["other_id"], ["plans.id"], name=op.f("fk_plan_links_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_links_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "other_id", "kind", name=op.f("pk_plan_links")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("plan_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_links_other_id"), ["other_id"], unique=False)

    op.create_table(
        "document_relations",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("plans", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('basis', 'implements', 'amends', 'replaces', 'repeals', 'assigns', 'mentions', 'self')",
            name=op.f("ck_document_relations_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_relations_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "relation", name=op.f("pk_document_relations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "amendments",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("relation IN ('amends', 'replaces', 'repeals')", name=op.f("ck_amendments_relation")),
        sa.ForeignKeyConstraint(["by_id"], ["documents.id"], name=op.f("fk_amendments_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_amendments_document_id")),
        sa.ForeignKeyConstraint(
            ["plan_id", "citation_id"],
            ["citations.plan_id", "citations.fact_id"],
            name=op.f("fk_amendments_plan_id_citation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_amendments_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "citation_id", name=op.f("pk_amendments")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendments_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendments_document_id"), ["document_id"], unique=False)

    op.create_table(
        "deadline_days",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working_day", sa.Date(), nullable=False),
        sa.CheckConstraint("working_day >= day", name=op.f("ck_deadline_days_working_day")),
        sa.ForeignKeyConstraint(
            ["plan_id", "deadline_id"],
            ["deadlines.plan_id", "deadlines.fact_id"],
            name=op.f("fk_deadline_days_plan_id_deadline_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_deadline_days_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "deadline_id", "day", name=op.f("pk_deadline_days")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("deadline_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_days_day_plan_id"), ["day", "plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_days_working_day"), ["working_day"], unique=False)

    op.create_table(
        "measures",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("apart", sa.String(), nullable=True),
        sa.CheckConstraint(
            "apart IN ('no_year', 'subject', 'part', 'change', 'unit', 'bound', 'no_value')",
            name=op.f("ck_measures_apart"),
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicators.id"], name=op.f("fk_measures_indicator_id")),
        sa.ForeignKeyConstraint(
            ["plan_id", "target_id"],
            ["targets.plan_id", "targets.fact_id"],
            name=op.f("fk_measures_plan_id_target_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_measures_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "target_id", name=op.f("pk_measures")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measures_indicator_id_year_apart_value"),
            ["indicator_id", "year", "apart", "value"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_measures_year"), ["year"], unique=False)

    op.create_table(
        "comparables",
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("part_of_id", sa.String(), nullable=True),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("comparator", sa.String(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("change", sa.String(), nullable=True),
        sa.Column("baseline_words", sa.String(), nullable=True),
        sa.Column("baseline_value", sa.Double(), nullable=True),
        sa.Column("baseline_year", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("whole", sa.String(), nullable=True),
        sa.Column("whole_id", sa.String(), nullable=True),
        sa.Column("province_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("issue_date", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicators.id"], name=op.f("fk_comparables_indicator_id")),
        sa.ForeignKeyConstraint(["province_id"], ["provinces.id"], name=op.f("fk_comparables_province_id")),
        sa.ForeignKeyConstraint(
            ["plan_id", "target_id"],
            ["measures.plan_id", "measures.target_id"],
            name=op.f("fk_comparables_plan_id_target_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("indicator_id", "year", "plan_id", "target_id", name=op.f("pk_comparables")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comparables_plan_id_target_id"), "comparables", ["plan_id", "target_id"])
    op.create_table(
        "ranks",
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("targets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_ranks_indicator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("indicator_id", "year", "value", name=op.f("pk_ranks")),
        sqlite_with_rowid=False,
    )

    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mentions", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("plans", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("provinces", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("first_cited", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("last_cited", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("status", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("status_since", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("status_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_documents_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_plans"), ["plans"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_status_by_id"), ["status_by_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_documents_status_by_id"), "documents", ["status_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_documents_plan_id"), "plans", ["plan_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_en", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("family", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("unit", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("direction", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("subject", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("document_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_plans_document_key"), ["document_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_plans_year_province_id"), ["year", "province_id"], unique=False)

    # Made anew on SQLite, which would add the column below the constraints.
    sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("source_files", schema=None, recreate="always" if sqlite else "never") as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(), nullable=True))
        batch_op.drop_index(op.f("ix_source_files_plan_id"))
        batch_op.create_index(op.f("ix_source_files_plan_id_path"), ["plan_id", "path"], unique=False)

    with op.batch_alter_table("provinces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_provinces_successor_id"), ["successor_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_provinces_successor_id"), "provinces", ["successor_id"], ["id"])

    op.create_index(op.f("ix_organisations_name"), "organisations", ["name"], unique=False, postgresql_using="hash")

    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch:
            for name, condition in checks.items():
                if name == "span" and table not in NEW_SPANS:
                    batch.drop_constraint(op.f(f"ck_{table}_span"), type_="check")
                batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
    for table in BY_CONFIDENCE:
        op.create_index(op.f(f"ix_{table}_confidence_plan_id"), table, ["confidence", "plan_id"])


def downgrade() -> None:
    for table in BY_CONFIDENCE:
        op.drop_index(op.f(f"ix_{table}_confidence_plan_id"), table)
    for table, checks in CHECKS.items():
        with op.batch_alter_table(table) as batch:
            for name in checks:
                batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
                if name == "span" and table not in NEW_SPANS:
                    batch.create_check_constraint(op.f(f"ck_{table}_span"), "span_end >= span_start")
    with op.batch_alter_table("provinces") as batch:
        batch.drop_constraint(op.f("fk_provinces_successor_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_provinces_successor_id"))
        batch.drop_column("successor_id")
        batch.drop_column("region")
    with op.batch_alter_table("source_files") as batch:
        batch.drop_index(op.f("ix_source_files_plan_id_path"))
        batch.create_index(op.f("ix_source_files_plan_id"), ["plan_id"], unique=False)
        batch.drop_column("mark")
    with op.batch_alter_table("plans") as batch:
        batch.drop_index(op.f("ix_plans_year_province_id"))
        batch.drop_index(op.f("ix_plans_document_key"))
        batch.drop_column("year")
        batch.drop_column("document_key")
    with op.batch_alter_table("indicators") as batch:
        for name in ("named", "subject", "direction", "unit", "family", "name_en"):
            batch.drop_column(name)
    with op.batch_alter_table("documents") as batch:
        batch.drop_constraint(op.f("fk_documents_plan_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_documents_status_by_id"), type_="foreignkey")
        for name in ("plan_id", "plans", "status_by_id"):
            batch.drop_index(op.f(f"ix_documents_{name}"))
        for name in (
            "status_by_id",
            "status_since",
            "status",
            "last_cited",
            "first_cited",
            "provinces",
            "plans",
            "mentions",
            "plan_id",
        ):
            batch.drop_column(name)
    op.drop_index(op.f("ix_organisations_name"), table_name="organisations")
    for table in (
        "comparables",
        "ranks",
        "measures",
        "deadline_days",
        "amendments",
        "document_relations",
        "plan_links",
        "passages",
        "fact_changes",
        "settings",
        "decisions",
    ):
        op.drop_table(table)
