"""The sums that the mean of all ratings is made of are always what a recount would find."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, text, update

from app.backups import back_up, restore
from db.migrate import migrate
from db.models.profiles import CoachProfile, CoachStatus
from db.queries import match_parts
from tests.db.test_types import NOON
from tests.factories import make_coach
from tests.rating_sums import SUMS, assert_summed

pytestmark = pytest.mark.usefixtures("real_database")


def some_facts(chance):
    rating = chance.choice([None, *range(100, 501)])
    reviews = chance.randint(0, 40) if rating is None else chance.randint(3, 40)
    return {"rating": rating, "review_count": reviews, "status": chance.choice([*CoachStatus])}


def change(db, chance, coaches):
    """One of all that may happen to coaches."""
    deed = chance.randint(0, 6)
    some = chance.sample(coaches, min(len(coaches), chance.randint(1, 4)))
    profile = update(CoachProfile).where(CoachProfile.account_id.in_(some))
    if deed == 0 or not coaches:
        handle = f"coach-{chance.random()}"
        coaches.append(make_coach(db, handle=handle, approved_at=None, **some_facts(chance)).id)
    elif deed == 1:
        db.execute(delete(CoachProfile).where(CoachProfile.account_id == some[0]))
        coaches.remove(some[0])
    elif deed == 2:
        db.execute(profile.values(status=chance.choice([*CoachStatus])))
    elif deed == 3:  # as the demo and seeds do it
        rows = [{"account_id": key, **some_facts(chance)} for key in some]
        db.execute(update(CoachProfile), rows)
    elif deed == 4:
        db.execute(profile.values(headline="Patient"))
    elif deed == 5:
        db.execute(profile.values(**some_facts(chance)))
    else:
        db.execute(profile.values(rating=400, review_count=CoachProfile.review_count + 3))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_to_coaches_the_sums_are_those_of_all(real_database, seed):
    chance, coaches = random.Random(seed), []
    for _ in range(15):
        with real_database.writing() as db:
            for _ in range(8):
                change(db, chance, coaches)
                assert_summed(db)
            kept = list(coaches)
            with db.begin_nested() as nested:
                change(db, chance, kept)
                nested.rollback()
            assert_summed(db)
    with real_database.writing() as db:
        db.execute(delete(CoachProfile))
        assert_summed(db)


def test_of_many_who_rate_at_once_none_waits_or_is_lost(real_database):
    with real_database.writing() as db:
        coaches = [make_coach(db, handle=f"coach-{number}").id for number in range(8)]

    def rate(number):
        chance = random.Random(number)
        for _ in range(40):
            with real_database.writing() as db:
                for _ in range(3):
                    facts = {
                        "rating": chance.randint(100, 500),
                        "review_count": chance.randint(3, 9),
                    }
                    mine = CoachProfile.account_id == coaches[number]
                    db.execute(update(CoachProfile).where(mine).values(facts))

    with ThreadPoolExecutor(len(coaches)) as pool:
        list(pool.map(rate, range(len(coaches))))
    with real_database.reading() as db:
        assert_summed(db)
        assert db.scalar(text("SELECT count(*) FROM rating_sums")) < 200


def test_whoever_rates_waits_for_nobody_who_rates_another(real_database):
    if real_database.is_sqlite:
        pytest.skip("SQLite has one writer")
    with real_database.writing() as db:
        slow, quick = (make_coach(db, handle=name).id for name in ("slow", "quick"))
    of_slow, of_quick = (CoachProfile.account_id == key for key in (slow, quick))
    with real_database.writing() as first:
        first.execute(update(CoachProfile).where(of_slow).values(rating=300, review_count=5))
        for number in range(120):  # among them the one that makes one row of many
            with real_database.writing() as db:
                db.execute(text("SET LOCAL lock_timeout = '2s'"))
                facts = {"rating": 200 + number, "review_count": 3}
                db.execute(update(CoachProfile).where(of_quick).values(facts))
                assert_summed(db)
        assert_summed(first)
    with real_database.reading() as db:
        assert_summed(db)


def test_an_emptied_table_has_no_sums(real_database):
    with real_database.writing() as db:
        make_coach(db, rating=430, review_count=7)
        assert_summed(db)
        if not real_database.is_sqlite:
            db.execute(text("TRUNCATE coach_profiles CASCADE"))
            assert_summed(db)


def test_a_restored_site_has_the_sums_of_its_coaches_once(real_database, new_database, tmp_path):
    with real_database.writing() as db:
        for number in range(5):
            make_coach(
                db, handle=f"coach-{number}", rating=300 + 7 * number, review_count=3 + number
            )
    back_up(real_database, tmp_path / "site.zip")
    database = new_database()
    restore(database, tmp_path / "site.zip")
    with database.writing() as db:
        assert_summed(db)
        db.execute(update(CoachProfile).values(rating=480))
        assert_summed(db)
        assert db.scalar(select(match_parts.mean())) == 480


def test_coaches_who_were_rated_before_are_in_the_sums(older):
    database, add = older("0010")
    with database.writing() as db:
        for number, status, rating in (
            (1, "approved", 431),
            (2, "approved", None),
            (3, "draft", 9),
        ):
            add(db, "accounts", id=number, email_folded=str(number), status="active")
            add(
                db, "coach_profiles", account_id=number, handle=str(number), status=status,
                rating=rating, review_count=3, approved_at=NOON,
            )  # fmt: skip
    migrate(database)
    with database.writing() as db:
        assert tuple(map(int, db.execute(SUMS).one())) == (431 * 3, 3)
        assert_summed(db)
        db.execute(update(CoachProfile).values(rating=200, status="approved"))
        assert_summed(db)
