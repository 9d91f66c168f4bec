"""Column types both engines understand alike. Money is an integer beside its currency."""

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # what moments are counted from

# SQLite numbers rows by itself only when the key is exactly INTEGER (which holds 64 bits anyway).
Id = BigInteger().with_variant(Integer(), "sqlite")

# JSONB, because PostgreSQL cannot compare or group plain JSON.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Instant(TypeDecorator[datetime]):
    """A moment: aware when it goes in, aware and in UTC when it comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; a moment needs one.")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """On SQLite in one step: to put a zone behind it takes five times as long as to read it.

        What stands there was written by `process_bind_param`: a date and a time, in UTC.
        """
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return lambda text: None if text is None else datetime.fromisoformat(f"{text}+00:00")

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC)  # PostgreSQL answers in its own zone


def _values(names: type[enum.Enum]) -> list[Any]:
    return [name.value for name in names]


# Plain text, no native type and no CHECK: a new state must not need a table rebuilt.
States = Enum(
    enum.Enum,
    native_enum=False,
    create_constraint=False,
    length=24,
    values_callable=_values,
    validate_strings=True,
)
