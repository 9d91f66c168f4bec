"""What a search finds: a page of it, how much it is, and the newest of it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    ScalarSelect,
    Subquery,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.queries.paging import SIZE, Found, behind, cursor_values, gathered
from db.queries.search_rows import Rows, Search, Way, is_sqlite, place_on, rows_of, way_to, ways_to
from db.search_queries import Tier
from db.statements import ask

T = TypeVar("T")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Results in the order of `keys`, then the newest first. Groups follow each other.

    `none_of` says to FTS5 what `conditions` say, for it need not look at the rows for that.
    """

    keys: tuple[Any, ...] = ()
    rising: bool = False
    conditions: tuple[ColumnElement[bool], ...] = ()
    none_of: tuple[str, ...] = ()


def counted(search: Search, most: int, *, on_sqlite: bool) -> ScalarSelect[int]:
    """How many are found, up to one more than `most`."""
    way = way_to(search, search.asked, on_sqlite=on_sqlite)
    hits = rows_of(way, search, search.asked, None, (literal(1),)).limit(most + 1)
    return select(func.count()).select_from(hits.subquery()).scalar_subquery()


def newest(
    search: Search, most: int, *, on_sqlite: bool, match: Any = None, more: Sequence[Any] = ()
) -> Subquery:
    """The keys of those that came last, with `more` columns; `match` as in `rows_of`."""
    way = way_to(search, search.asked, on_sqlite=on_sqlite)
    columns = (search.index.key.label("key"), *more)
    hits = rows_of(way, search, search.asked, None, columns, match)
    return hits.order_by(place_on(way, search, search.asked).desc()).limit(most).subquery()


class Place(msgspec.Struct, frozen=True):
    """Something that was found, by its key, and where it stands among all that came."""

    id: int
    place: int


def places(
    db: Session, search: Search, *, below: int | None, most: int, viewer_id: int | None = None
) -> list[Place]:
    """Those that came last, or last before the place `below`."""
    way = way_to(search, search.asked, on_sqlite=is_sqlite(db))
    place = place_on(way, search, search.asked)
    hits = rows_of(way, search, search.asked, None, (search.index.key, place))
    if below is not None:
        hits = hits.where(place < below)
    query = hits.order_by(place.desc()).limit(most)
    return [Place(*row) for row in ask(db, query, viewer=viewer_id)]


def found(
    db: Session,
    search: Search,
    groups: Sequence[Group],
    cards: Rows,
    tiers: Sequence[Tier | None],
    *,
    make: Callable[..., T],
    after: str,
    size: int = SIZE,
    viewer_id: int | None = None,
) -> Found[T]:
    """A page of what is found, as `cards` selects it: by group, and in there by tier."""
    keys = groups[0].keys
    types = (literal(0, Integer), *keys, literal(0, BigInteger))
    last = cursor_values(after, types) if after else []
    hits = _groups(db, search, groups, tiers, last, size)
    queries = (_with_cards(search, one, group, cards) for group, one in hits)
    width = len(keys) + 2
    return gathered(db, queries, width=width, make=make, size=size, viewer_id=viewer_id)


def _with_cards(search: Search, hits: Subquery, group: Group, cards: Rows) -> Rows:
    _, rank, *keys, place = hits.c
    order = [key.asc() if group.rising else key.desc() for key in keys]
    joined = cards.join(hits, hits.c.key == search.index.key).add_columns(rank, *keys, place)
    return joined.order_by(rank, *order, place.desc())


def _groups(
    db: Session,
    search: Search,
    groups: Sequence[Group],
    tiers: Sequence[Tier | None],
    last: list[Any],
    size: int,
) -> Iterator[tuple[Group, Subquery]]:
    """The hits of each group that can have some behind the cursor, when it is their turn."""
    for number, group in enumerate(groups):
        none_of = search.asked.none_of + (group.none_of if is_sqlite(db) else ())
        asked = msgspec.structs.replace(search.asked, none_of=none_of)
        ranks = [(2 * number + place, tier) for place, tier in enumerate(tiers)]
        ranks = [(rank, tier) for rank, tier in ranks if not last or rank >= last[0].value]
        if not ranks:
            continue
        ways = ways_to(db, search, asked, [tier for _, tier in ranks], group.keys)
        parts = []
        for (rank, tier), way in zip(ranks, ways, strict=True):
            place = place_on(way, search, asked, tier)
            columns = _columns(search, place, group, rank, width=len(groups[0].keys))
            rows = rows_of(way, search, asked, tier, columns).where(*group.conditions)
            begin = last if last and rank == last[0].value else []
            parts.append(_in_order(rows, place, way, group, begin).limit(size + 1).subquery())
        whole = union_all(*map(select, parts)).subquery() if len(parts) > 1 else parts[0]
        yield group, whole


def _columns(search: Search, place: Any, group: Group, rank: int, *, width: int) -> tuple[Any, ...]:
    keys = group.keys or (literal(0),) * width
    names = [key.label(f"key_{number}") for number, key in enumerate(keys)]
    kept = search.index.key.label("key"), literal(rank).label("rank")
    return *kept, *names, place.label("place")


def _in_order(rows: Rows, place: Any, way: Way, group: Group, begin: Sequence[Any]) -> Rows:
    key = (*group.keys, place)
    rising = [group.rising] * len(group.keys) + [False]
    if begin:
        rows = rows.where(behind(key, begin[-len(key) :], rising=rising))
    if way is Way.SORT:
        # SQLite would walk along an index that has the order, past all that is not wanted.
        key = tuple(func.coalesce(column, None) for column in key)
    return rows.order_by(*(k.asc() if up else k.desc() for k, up in zip(key, rising, strict=True)))
