"""What a driver raises, as SQLAlchemy would raise it, where a driver is asked straight."""

from typing import Any

from sqlalchemy.exc import DBAPIError


def failure(words: str, error: Exception, kind: type[Exception], *, is_lost: bool = False) -> Any:
    """The error to raise; `kind` is the driver's own for all of them.

    `is_lost`: the connection is gone, and whoever asks again gets another.
    """
    return DBAPIError.instance(
        words, (), error, kind, hide_parameters=True, connection_invalidated=is_lost
    )
