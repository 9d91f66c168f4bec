"""A value worked out at its first use and kept by its owner."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - written like a decorator, as cached_property is
    """functools.cached_property without its lock, which in Python 3.11 all instances share.

    There, a request that waits for the writers while it asks who is asking keeps every other
    request from asking too, also the one that holds the writers: both wait until one gives up.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self.work_out = work_out
        self.name = work_out.__name__
        self.__doc__ = work_out.__doc__

    def __get__(self, owner: Any, _: type | None = None) -> T:
        value = owner.__dict__[self.name] = self.work_out(owner)
        return value
