"""Moments inside of conditions, for a statement is made once and asked at another one each time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam

from app.clock import now
from db.types import Instant


def before(length: timedelta) -> BindParameter[datetime]:
    """So long before the instant at which the statement around it is asked."""

    def moment() -> Any:
        return now() - length

    return bindparam("moment", callable_=moment, type_=Instant, unique=True)


NOW = before(timedelta())
