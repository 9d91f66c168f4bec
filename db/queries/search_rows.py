"""Where a search looks, and the way there: SQLite's FTS5, PostgreSQL's tsvector, or an index.

What is found has a place, a number that is greater the later it came. FTS5 gives its rows in
that order, so that the newest are there before all are.
"""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Join,
    Select,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

from db.search_queries import Asked, Tier, fts5, tsquery

Rows = Select[*tuple[Any, ...]]
FEW = 10_000  # so many are put in order faster than each one in the order is asked


class Led(Join):
    """A join that SQLite does not turn round: it would begin with every open request."""

    inherit_cache = True


@compiles(Led, "sqlite")
def _led(join: Led, compiler: Any, **but: Any) -> str:
    joined: str = compiler.visit_join(join, **but)
    return joined.replace(" JOIN ", " CROSS JOIN ", 1)


class Index(msgspec.Struct, frozen=True):
    """What is searched: its FTS5 table, its model, the key of that, and the rowid for FTS5.

    `titles`: another one, with the titles and facts alone.
    """

    name: str
    model: Any
    key: Any
    place: Any
    titles: str = ""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """`since`: places later than this only. `few`: what has one of these keys, which are few."""

    index: Index
    asked: Asked
    conditions: tuple[ColumnElement[bool], ...]
    since: int | None = None
    few: Select[Any] | None = None


class Way(Enum):
    """How the rows are come by."""

    PLAIN = "there is nothing to ask FTS5 for"
    VECTOR = "PostgreSQL knows best"
    STREAM = "the newest first, out of FTS5"
    SORT = "all that FTS5 has, put in order afterwards"
    PROBE = "one by one in another order, FTS5 being asked about each"
    SET = "one by one in another order, of all that FTS5 has the place of each being sought"


def way_to(search: Search, asked: Asked, *, on_sqlite: bool) -> Way:
    """The quickest way to what is asked, the newest first."""
    if asked.is_everything:
        return Way.PLAIN
    if not on_sqlite:
        return Way.VECTOR
    return Way.STREAM if search.few is None else _one_by_one(asked)


def ways_to(
    db: Session, search: Search, asked: Asked, tiers: Sequence[Tier | None], keys: Sequence[Any]
) -> list[Way]:
    """The quickest way to each tier of what is asked, in the order of `keys`."""
    way = way_to(search, asked, on_sqlite=is_sqlite(db))
    if way is not Way.STREAM or not keys:
        return [way] * len(tiers)
    hits = [select(literal(1)).where(_asks(search.index, asked, one)) for one in tiers]
    some = [select(func.count()).select_from(one.limit(FEW + 1).subquery()) for one in hits]
    numbers = db.execute(select(*(one.scalar_subquery() for one in some))).one()
    return [Way.SORT if number <= FEW else _one_by_one(asked) for number in numbers]


def _one_by_one(asked: Asked) -> Way:
    # FTS5 gathers all that begin so anew, whenever it is asked about one.
    return Way.SET if asked.has_long_beginning else Way.PROBE


def rows_of(
    way: Way,
    search: Search,
    asked: Asked,
    tier: Tier | None,
    columns: Sequence[Any],
    match: Any = None,
) -> Rows:
    """These columns of all that is asked and meets the conditions.

    `match`: a parameter with what the index is asked, where the statement is made for others, too.
    """
    index, fts = search.index, _fts(search.index, asked, tier)
    rows = _among_few(search, columns).where(index.place.is_not(None))
    asks = _asks(index, asked, tier, match)
    if way is Way.STREAM:
        # Not the bare rowid: SQLite would put its bounds on the place, and leave the index that
        # has all that is looked at for the one of places.
        place = func.coalesce(fts.c.rowid, None)
        led = Led(fts, index.model.__table__, index.place == place)
        rows = select(*columns).select_from(led).where(asks)
    elif way is Way.SORT:
        rows = rows.where(index.place.in_(select(fts.c.rowid).where(asks)))
    elif way is Way.SET:
        # Not the bare column: SQLite would begin with all that FTS5 has.
        hits = select(fts.c.rowid).where(asks)
        rows = rows.where(func.coalesce(index.place, None).in_(hits))
    elif way is Way.PROBE:
        rows = rows.where(exists().where(asks, fts.c.rowid == index.place))
    elif way is Way.VECTOR:
        # Written out: a plan made for any words would be a bad one for these.
        query: Any = match
        if match is None:
            query = bindparam(None, tsquery(asked, tier), literal_execute=True)
        vector: Any = literal_column(f"{index.model.__tablename__}.search")
        rows = rows.where(vector.op("@@")(func.to_tsquery("simple", query)))
    if search.since is not None:
        rows = rows.where(place_on(way, search, asked, tier) > search.since)
    return rows.where(*search.conditions)


def _among_few(search: Search, columns: Sequence[Any]) -> Rows:
    """These columns of all, or of the few, which SQLite begins with."""
    index = search.index
    if search.few is None:
        return select(*columns).select_from(index.model)
    few = search.few.subquery()
    led = Led(few, index.model.__table__, index.key == next(iter(few.c)))
    return select(*columns).select_from(led)


def place_on(way: Way, search: Search, asked: Asked, tier: Tier | None = None) -> Any:
    """The place, as this way has it at hand."""
    index = search.index
    return _fts(index, asked, tier).c.rowid if way is Way.STREAM else index.place


def is_sqlite(db: Session) -> bool:
    """Whether it is FTS5 that is asked."""
    return db.get_bind().dialect.name == "sqlite"


def _fts(index: Index, asked: Asked, tier: Tier | None) -> Any:
    # Where titles are asked for, all texts with the word would be passed by one by one. But what
    # must not be there, must be in no text either.
    is_in_titles = tier is Tier.TITLE and index.titles and not asked.terms.excluded
    return _table(index.titles if is_in_titles else index.name)


@cache
def _table(name: str) -> Any:
    return table(name, column("rowid", BigInteger), column(name))


def _asks(index: Index, asked: Asked, tier: Tier | None, match: Any = None) -> ColumnElement[bool]:
    fts = _fts(index, asked, tier)
    asks: ColumnElement[bool] = fts.c[fts.name].op("MATCH")(
        fts5(asked, tier) if match is None else match
    )
    return asks
