"""How sure the recognition of scanned pages was."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("ocr_confidence", sa.Double(), nullable=True))
        plans.create_check_constraint(op.f("ck_plans_ocr_confidence"), "ocr_confidence BETWEEN 0 AND 1")


def downgrade() -> None:
    with op.batch_alter_table("plans") as plans:
        plans.drop_constraint(op.f("ck_plans_ocr_confidence"), type_="check")
        plans.drop_column("ocr_confidence")
