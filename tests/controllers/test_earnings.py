"""What somebody earned or spent: against a recount of the ledger, page and file alike."""

import csv
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from app.actions.ledger import post_session, reverse
from app.clock import now
from app.fees import fee_of
from app.locales import manner_of
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerAccount, LedgerLine, LedgerTransaction, PostingKind
from db.models.session_states import SessionStatus
from db.queries import earning_lines, earnings
from tests.contract_factories import bring, make_contract, session_of

DONE, LATE = PostingKind.SESSION_COMPLETED, PostingKind.SESSION_CANCELLED_LATE
STAYS = (SessionStatus.UNSCHEDULED, SessionStatus.ENDED, SessionStatus.PROBLEM, SessionStatus.VOID)


@pytest.fixture
def contract(db, sofia, carla):
    """Two of six sessions counted, one over and not confirmed yet."""
    contract = make_contract(db, sofia, carla, price=1850, sessions=6)
    for number in (1, 2):
        post_session(db, contract, session_of(db, contract, number), DONE)
        bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=ago(number))
    bring(db, contract, 3, to=SessionStatus.ENDED, starts_at=ago(3))
    db.commit()
    return contract


def ago(hours):
    return now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=3 * hours)


def seen(answer):
    return " ".join(answer.page.get_text(" ").split())


def rows_of(answer):
    text = answer.response.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def minor(amount):
    return round(float(amount) * 100)


def test_carla_reads_what_she_earned_after_the_fee(browser, carla, contract):
    page = browser.as_(carla).get("/earnings")
    words = seen(page)
    assert "US Dollar (USD)" in words and "$33.30 earned this month, after the Skileez fee" in words
    assert "Earned in all, 2 sessions $33.30" in words and "Skileez fee in all $3.70" in words
    assert "Pending, 1 session not counted yet $16.65" in words
    assert "Agreed, 3 sessions to come $49.95" in words
    assert "settle outside Skileez, which moves no money" in words
    assert "$33.30 of $99.90" in words and contract.number in words
    assert len(page.all(".chart li")) == len(page.all("tbody tr")) == 12
    assert page.texts(".chart [aria-current] text") == ["33"]
    assert page.headers["cache-control"] == "no-store"


def test_sofia_has_the_mirror(browser, sofia, contract):
    words = seen(browser.as_(sofia).get("/earnings"))
    assert "$37 spent this month" in words and "fee in all" not in words
    assert "Agreed, 3 sessions to come $55.50" in words
    assert "Pending, 1 session not counted yet $18.50" in words


def test_currencies_are_never_added_together(browser, db, sofia, carla, contract):
    other = make_contract(db, sofia, carla, price=2000, currency="EUR", sessions=1)
    post_session(db, other, session_of(db, other), LATE)
    db.commit()
    page = browser.as_(carla).get("/earnings")
    assert [one.split(" (")[0] for one in page.texts("h2")][:2] == ["US Dollar", "Euro"]
    assert len(page.all(".chart")) == 2
    assert "€18 earned this month" in seen(page) and "$33.30 earned this month" in seen(page)
    rows = rows_of(browser.as_(carla).get("/earnings.csv"))
    assert [(one["What"], one["Earned"], one["Currency"]) for one in rows] == [
        ("Session completed", "16.65", "USD"), ("Session completed", "16.65", "USD"),
        ("Session cancelled late", "18.00", "EUR"),
    ]  # fmt: skip


def test_who_has_no_contract_reads_what_will_be_here(browser, cole, sam, dora, mina):
    assert browser.as_(cole).get("/earnings").click("Find requests").is_good
    assert browser.as_(sam).get("/earnings").click("Your requests").is_good
    assert browser.as_(dora).get("/earnings?side=student").says("Nothing spent yet")
    assert browser.as_(dora).get("/earnings?side=coach").says("Nothing earned yet")
    assert browser.as_(mina).get("/earnings").is_good
    assert rows_of(browser.as_(cole).get("/earnings.csv")) == []


@pytest.mark.parametrize(
    "address", ["?side=both", "?list=all", "?after=x", "?list=payments&after=1-2", ".csv?side=both"]
)
def test_nonsense_in_the_address_is_not_found(browser, carla, contract, address):
    assert browser.as_(carla).get(f"/earnings{address}").is_not_found


def test_the_other_side_is_one_link_away(browser, db, dora, sofia, carla):
    make_contract(db, sofia, dora, price=1000)
    make_contract(db, dora, carla, price=3000)
    page = browser.as_(dora).get("/earnings?side=coach")
    assert "$54 of" not in seen(page) and "of $54" in seen(page)
    assert "of $180" in seen(page.click("Your spending as a student"))


def test_the_file_says_what_was_taken_back_and_no_spreadsheet_reckons_with_a_title(
    browser, db, sofia, carla, mina, viewer
):
    contract = make_contract(db, sofia, carla, title="=HYPERLINK(A1)", price=1850)
    posted = post_session(db, contract, session_of(db, contract), DONE)
    reverse(db, posted, reason="It did not take place.", by=viewer(mina))
    db.commit()
    answer = browser.as_(carla).get("/earnings.csv")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="earnings.csv"'
    rows = rows_of(answer)
    assert [one["Earned"] for one in rows] == ["16.65", "-16.65"]
    assert [one["Title"] for one in rows] == ["'=HYPERLINK(A1)"] * 2
    assert [one["What"] for one in rows] == ["Session completed", "Taken back"]
    sofias = rows_of(browser.as_(sofia).get("/earnings.csv"))
    assert [one["Spent"] for one in sofias] == ["18.50", "-18.50"] and "Fee" not in sofias[0]


def test_a_long_list_goes_on(browser, db, sofia, carla):
    for number in range(23):
        make_contract(db, sofia, carla, price=1000 + number, sessions=1)
    db.commit()
    page = browser.as_(carla).get("/earnings")
    assert len(page.all("#list > li")) == 20
    assert len(page.click("Show 20 more").all("#list > li")) == 3


@pytest.fixture
def history(db, sofia, sam, dora, carla, cole, mina, viewer):
    """Contracts of many terms between five people, posted over two years, some taken back."""
    chance = random.Random(7)  # the same story each time
    for _ in range(12):
        student, coach = chance.choice(
            [(sofia, carla), (sofia, dora), (dora, carla), (sam, carla), (sam, cole), (dora, cole)]
        )
        contract = make_contract(
            db, student, coach, price=chance.randint(1, 99_999), fee=chance.choice((0, 777, 1000)),
            currency=chance.choice(("USD", "EUR", "KES")), sessions=chance.randint(1, 5),
        )  # fmt: skip
        for number in range(1, contract.sessions + 1):
            session = session_of(db, contract, number)
            if chance.random() < 0.3:
                session.status = chance.choice(STAYS)
                continue
            at = now() - timedelta(minutes=chance.randint(0, 730 * 24 * 60))
            posted = post_session(db, contract, session, chance.choice((DONE, LATE)), at=at)
            session.status = SessionStatus.COMPLETED
            if chance.random() < 0.2:
                reverse(db, posted, reason="It did not take place.", by=viewer(mina))
    db.commit()


def recounted(db, account_id, side):
    """Month by month and in all, from nothing but the lines of the ledger and Python."""
    sums, months, fees = Counter(), Counter(), Counter()
    accounts = {one.id: one for one in db.scalars(select(LedgerAccount))}
    for posted in db.scalars(select(LedgerTransaction)):
        lines = db.query(LedgerLine).filter_by(transaction_id=posted.id).all()
        kind = "earned" if side is Side.COACH else "spent"
        mine = [
            line for line in lines
            if (accounts[line.account_id].kind, accounts[line.account_id].owner_id)
            == (kind, account_id)
        ]  # fmt: skip
        for line in mine:
            amount = line.amount if side is Side.COACH else -line.amount
            sums[line.currency] += amount
            months[line.currency, posted.posted_at.replace(tzinfo=UTC)] += amount
            fees[line.currency] += sum(
                one.amount for one in lines if accounts[one.account_id].kind == "fees"
            )
    return sums, months, fees


@pytest.mark.parametrize("side", list(Side))
def test_summary_page_and_file_equal_a_recount(
    browser, db, history, sofia, sam, dora, carla, cole, side
):
    for person in (sofia, sam, dora, carla, cole):
        totals, moments, fees = recounted(db, person.id, side)
        zone = ZoneInfo(person.time_zone)
        found = earnings.summary(db, person.id, side, at=now(), zone=person.time_zone)
        assert {one.currency: one.lifetime for one in found if one.sessions or one.lifetime} == {
            currency: total for currency, total in totals.items() if total
        }
        for one in found:
            assert one.fee == fees[one.currency]
            by_month: Counter[date] = Counter()
            for (currency, at), amount in moments.items():
                if currency == one.currency:
                    by_month[at.astimezone(zone).date().replace(day=1)] += amount
            assert [month.amount for month in one.months] == [
                by_month[month.starts] for month in one.months
            ]
            assert (one.pending, one.ahead) == still_open(db, person.id, side, one.currency)
        equals_page_and_file(browser, person, side, found)


def still_open(db, account_id, side, currency):
    pending = ahead = 0
    for session in db.scalars(select(LearningSession)).unique():
        agreed = db.get_one(Contract, session.contract_id)
        mine = agreed.coach_id if side is Side.COACH else agreed.student_id
        if mine != account_id or agreed.currency != currency:
            continue
        fee = fee_of(agreed.price, agreed.fee) if side is Side.COACH else 0
        if session.status in (SessionStatus.ENDED, SessionStatus.PROBLEM):
            pending += agreed.price - fee
        elif session.status is SessionStatus.UNSCHEDULED:
            ahead += agreed.price - fee
    return pending, ahead


def equals_page_and_file(browser, person, side, found):
    rows = rows_of(browser.as_(person).get(f"/earnings.csv?side={side}"))
    column = "Earned" if side is Side.COACH else "Spent"
    lifetime, months = Counter(), Counter()
    for row in rows:
        lifetime[row["Currency"]] += minor(row[column])
        months[row["Currency"], row["Date"][:7]] += minor(row[column])
    page = browser.as_(person).get(f"/earnings?side={side}")
    assert len(page.all(".chart")) == len(found)
    for one, chart in zip(found, page.all(".chart"), strict=True):
        assert lifetime[one.currency] == one.lifetime
        for month in one.months:
            assert months[one.currency, f"{month.starts:%Y-%m}"] == month.amount
        shown = [month for month in one.months if month.amount]
        assert len(chart.select("text")) == len(shown)
        table = [cell.get_text() for cell in chart.find_next("table").select("td")]
        in_words = [manner_of("en").money(month.amount, one.currency) for month in one.months]
        assert table == in_words[::-1]
    if found:
        listed = earning_lines.by_contract(browser.db, person.id, side, at=now(), after="").items
        in_list = Counter()
        for line in listed:
            in_list[line.currency] += line.amount
        assert {c: n for c, n in in_list.items() if n} == {c: n for c, n in lifetime.items() if n}


def test_months_begin_by_the_clocks_of_carla(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla, price=1000, fee=0, sessions=1)
    at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # November in Madrid
    post_session(db, contract, session_of(db, contract), DONE, at=at)
    db.commit()
    with time_machine.travel(at + timedelta(hours=3), tick=False):
        hers = browser.as_(carla)
        [row] = rows_of(hers.get("/earnings.csv"))
        assert (carla.time_zone, row["Date"]) == ("Europe/Madrid", "2026-11-01")
        page = hers.get("/earnings")
        assert page.says("$10 earned this month") and page.says("go by the clocks in Madrid")
        assert page.texts("tbody td")[:2] == ["$10", "$0"]
        carla.time_zone = "UTC"
        page = hers.get("/earnings")
        assert page.says("$0 earned this month") and page.says("go by the clocks in UTC")
        assert page.texts("tbody td")[:2] == ["$0", "$10"]


def test_the_file_opens_everywhere_as_it_is(browser, db, sofia, carla):
    title = 'Tapas, "sobremesa" and ñ;=1+1'
    contract = make_contract(db, sofia, carla, title=title, price=1850, fee=777, sessions=1)
    post_session(db, contract, session_of(db, contract), DONE)
    db.commit()
    answer = browser.as_(carla).get("/earnings.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, line, end = answer.response.content.split(b"\r\n")
    assert head.decode() == "\ufeffDate,Contract,Title,Session,What,Price,Fee,Earned,Currency"
    words = '"Tapas, ""sobremesa"" and ñ;\'=1+1",1,Session completed,18.50,1.44,17.06,USD'
    assert line.decode().split(",", 1)[1] == f"{contract.number},{words}" and not end
    assert browser.as_(carla).get("/earnings").says("Skileez fee in all $1.44")
    theirs = browser.as_(sofia).get("/earnings.csv").response.content.decode().splitlines()
    assert theirs[0] == "\ufeffDate,Contract,Title,Session,What,Spent,Currency"
    assert theirs[1].endswith(",18.50,USD")
