"""What Alembic runs: always through the connection, and in the transaction, db.migrate gives it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum

import db.models  # noqa: F401
from db.base import Base
from db.migrate import is_modelled
from db.types import Instant


def plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Our own column types as the plain ones they are stored as: history must not need our code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    include_object=is_modelled,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
