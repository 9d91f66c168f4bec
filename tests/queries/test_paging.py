from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models.events import Event
from db.models.messages import Message
from db.queries.paging import WrongCursor, page
from tests.db.test_types import NOON


def test_every_row_is_shown_exactly_once_though_many_share_a_moment(database):
    add_events(database, 47)
    with database.reading() as db:
        seen = walk(db, size=5)
        wanted = list(db.scalars(select(Event.id).order_by(Event.at.desc(), Event.id.desc())))
    assert seen == wanted
    assert len(seen) == 47


def test_a_list_can_also_begin_with_the_oldest(database):
    add_events(database, 12)
    with database.reading() as db:
        seen = walk(db, size=5, rising=True)
        wanted = list(db.scalars(select(Event.id).order_by(Event.at, Event.id)))
    assert seen == wanted


def test_rows_that_arrive_meanwhile_push_nothing_out_and_repeat_nothing(database):
    add_events(database, 10)
    with database.reading() as db:
        first = events(db, size=5)
    add_events(database, 3, later=timedelta(hours=1))
    with database.reading() as db:
        second = events(db, size=5, after=first.next)
    assert len({*first.items, *second.items}) == 10


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (5, 1), (6, 2), (10, 2)])
def test_the_last_page_offers_no_other(database, rows, pages):
    add_events(database, rows)
    with database.reading() as db:
        found = events(db, size=5)
        for _ in range(pages - 1):
            assert found.next
            found = events(db, size=5, after=found.next)
    assert found.next is None


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "-", "1", "1-", "1-2-3", "1--2", "-1-2", "1-2 ", "1.5-2", "1-٣", "1-²", "1-2\0",
        "1-9223372036854775808", "9" * 19 + "-1", "9" * 5000 + "-1", "1-" + "0" * 5000, "'; --",
    ],
)  # fmt: skip
def test_a_cursor_that_is_none_of_ours_is_refused(database, cursor):
    with database.reading() as db, pytest.raises(WrongCursor):
        events(db, after=cursor)


def test_a_number_too_large_for_its_column_is_refused(database):
    query = select(Message.id)
    with database.reading() as db:
        assert page(db, query, key=(Message.number,), make=int, after=str(2**31 - 1)).items == []
        with pytest.raises(WrongCursor):
            page(db, query, key=(Message.number,), make=int, after=str(2**31))


def events(db, **how):
    return page(db, select(Event.id), key=(Event.at, Event.id), make=int, **how)


def walk(db, size, **how):
    found = events(db, size=size, **how)
    seen = found.items
    while found.next:
        found = events(db, size=size, after=found.next, **how)
        seen = seen + found.items
    return seen


def add_events(database, count, later=timedelta(0)):
    with database.writing() as db:
        db.add_all(
            Event(
                at=NOON + later + timedelta(microseconds=number % 3),
                name="request.posted",
                subject="request",
                subject_id=number,
            )
            for number in range(count)
        )
