"""No coach ever learns of another coach's proposal: neither words, price, name nor number.

Zephyrine has proposed to Sofia's request, as Carla and Cole have, in words that stand nowhere else.
Everybody but the two of them opens every page and part, sends every form and reads every mail:
none of it holds such a word, and none of it changes with what becomes of her proposal.
"""

import re
from contextlib import contextmanager
from datetime import date
from difflib import ndiff

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from db.models.learning_requests import ScreeningQuestion
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import DeclineReason, ProposalStatus
from tests.factories import make_account, make_answer, make_coach, make_coach_skill, make_proposal
from tests.house.conftest import settings
from tests.house.filled import filled_in
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.mailbox import mailbox

__all__ = ["mailbox", "settings"]  # fixtures of the house

OTHERS = (None, "carla", "dora", "sam", "noor", "mina")
READS = sorted(route.name for route in all_routes() if not route.writes)
WRITES = sorted(route.name for route in all_routes() if route.writes)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
MOST_PAGES = 100

# In every way in which they might be written; her price is 8,765.43 for each of 43 sessions.
WORDS = r"obsidian marmalade|canary-link\.example|vermilion teapot"
NUMBERS = r"8[., ]?765(?:[.,]?43)?|376[., ]?913(?:[.,]?49)?|43 sessions|2091-07|July 2091"
CANARIES = re.compile(rf"{WORDS}|(?<![\w-])(?:{NUMBERS})(?![\w-])")
NAMES = re.compile("zephyrine|quillfeather", re.IGNORECASE)
# Where every coach is found by name, whoever they propose to.
PUBLIC = re.compile(r"/(coaches.*|sitemap.*|admin/coaches.*|dev/mail.*)?")
ANEW = ("x-request-id", "content-length")  # the second one by what the first packs down to
ONE_OFF = (
    (re.compile(r'(name="(?:form_key|page)" value=")[^"]*'), r"\1"),
    (re.compile(r"\b(\d{3} · )[0-9a-f]{12}\b"), r"\1"),
)


@contextmanager
def taken_back(connection):
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


@pytest.fixture
def zephyrine(db):
    account = make_account(db, first_name="Zephyrine", last_name="Quillfeather")
    make_coach(db, account)
    make_coach_skill(db, account, "Spanish")
    return account


def propose(db, world, zephyrine, **but):
    """Her proposal to Sofia's request."""
    but = {
        "message": "With obsidian marmalade on toast we would speak about the market. " * 3,
        "price": 876_543, "sessions": 43, "minutes": 25, "earliest": date(2091, 7, 13),
        "links": ["https://canary-link.example/lessons"],
    } | but  # fmt: skip
    wanted = db.get_one(_request(), world.ids["request"])
    proposal = make_proposal(db, wanted, zephyrine, **but)
    question = db.scalars(select(ScreeningQuestion)).first()
    make_answer(db, proposal, question, "By the vermilion teapot.")
    return proposal


def _request():
    from db.models.learning_requests import LearningRequest

    return LearningRequest


@pytest.fixture
def entering(browser, world):
    """`entering("carla")()` is a new browser in which Carla has signed in, each time."""

    def prepare(name):
        person = world.people[name] if name else None
        cookies = dict(browser.as_(person).cookies) if person else {}
        browser.settle()

        def enter():
            twin = browser.as_guest()
            twin.cookies = dict(cookies)
            return twin

        return enter

    return prepare


def leaks(path, answer):
    """The words of hers that this answer holds, in its body or its head."""
    said = answer.text + str(answer.headers.multi_items())
    names = [] if PUBLIC.fullmatch(path.split("?")[0]) else NAMES.findall(said)
    return [f"{path}: {word}" for word in CANARIES.findall(said) + names]


def addresses(world, proposal):
    """Every page there is, about Carla's proposal and about hers."""
    everything = [world.ids, world.ids | {"proposal": proposal.id}]
    return list(
        dict.fromkeys(SAMPLES[name][0].format(**ids) for name in READS for ids in everything)
    )


def test_who_sent_it_and_who_received_it_see_all_of_it(browser, db, world, zephyrine):
    proposal = propose(db, world, zephyrine)
    pages = {
        "sofia": f"/requests/{world.ids['request']}/proposals",
        "zephyrine": f"/proposals/{proposal.id}",
    }
    for name, path in pages.items():
        page = browser.as_(world.people.get(name, zephyrine)).get(path)
        for words in ("obsidian marmalade", "canary-link.example", "vermilion teapot", "8,765"):
            assert words in page.text, f"{words} is not shown to {name}"
    assert leaks(pages["sofia"], browser.as_(world.people["sofia"]).get(pages["sofia"]))


@pytest.mark.parametrize("name", OTHERS)
def test_no_page_shows_it_to_anybody_else(entering, db, world, zephyrine, name):
    proposal = propose(db, world, zephyrine)
    waiting, opened, found = addresses(world, proposal), set(), []
    asking = entering(name)()
    while waiting and len(opened) < MOST_PAGES:
        path = waiting.pop(0)
        if path in opened:
            continue
        opened.add(path)
        answer = asking.send("GET", path)
        found += leaks(path, answer) + leaks(path, asking.send("GET", path, headers=HTMX))
        waiting += [
            str(link["href"]).split("#")[0]
            for link in answer.all('a[href^="/"]')
            if not str(link["href"]).startswith("/static/")
        ]
    assert len(opened) >= len(READS)
    assert not found


@pytest.mark.parametrize("name", [None, "carla", "dora", "sam"])
def test_no_answer_to_a_form_shows_it(entering, database, db, world, zephyrine, name):
    proposal = propose(db, world, zephyrine)
    question = db.scalars(select(ScreeningQuestion.id)).first()
    hers = world.ids | {"proposal": proposal.id}
    enter = entering(name)
    db.close()
    found = []
    for route in WRITES:
        for path in dict.fromkeys(SAMPLES[route][0].format(**ids) for ids in (world.ids, hers)):
            typed = filled_in(route, question, hers)
            for way in ("plain", "htmx"):
                with taken_back(database._outer):
                    asking = enter()  # a new one: answers may set cookies
                    answer = getattr(asking, way).post(path, typed)
                    found += leaks(path, answer)
                    if answer.location and answer.location.startswith("/"):
                        found += leaks(answer.location, asking.get(answer.location))
    assert not found


# What becomes of it. The first ones leave it waiting for an answer, so not even a count changes.
UNSEEN = {
    "shortlisted": {"status": ProposalStatus.SHORTLISTED},
    "viewed": {"first_viewed_at": now(), "seen_version": 1},
    "changed": {"version": 2, "seen_version": 1, "price": 500, "message": "Short. " * 20},
}
COUNTED = {
    "declined": {"status": ProposalStatus.DECLINED, "decline_reason": DeclineReason.PRICE},
    "withdrawn": {"status": ProposalStatus.WITHDRAWN},
    "drafted": {"status": ProposalStatus.DRAFT},
}


@pytest.mark.parametrize("name", ["carla", "dora", "sam", None])
def test_what_becomes_of_it_changes_nothing_elsewhere(
    entering, database, db, world, zephyrine, name
):
    enter = entering(name)
    with time_machine.travel(now(), tick=False):
        with taken_back(database._outer):
            number = propose(db, world, zephyrine).id
            paths = about_the_request(world, number)
            before = shown(enter, db, paths)
        for what, but in (UNSEEN | COUNTED).items():
            with taken_back(database._outer):
                db.expunge_all()
                propose(db, world, zephyrine, id=number, **but)
                after = shown(enter, db, paths)
            bare = (lambda said: said) if what in UNSEEN else without_numbers
            assert not differences(before, after, bare), f"{what} shows to {name}"
        with taken_back(database._outer):
            db.expunge_all()
            after = shown(enter, db, paths)
        assert not differences(before, after, without_numbers), f"having none shows to {name}"


def about_the_request(world, number):
    """The pages of the marketplace; the others have been searched above."""
    nouns = (
        "learning_requests.",
        "proposals.",
        "bookmarks.",
        "dashboards.",
        "threads.",
        "profiles.",
    )
    more = ("proposal_", "request_", "invitations.", "matches.")
    everything = [world.ids, world.ids | {"proposal": number}]
    names = [name for name in READS if name.startswith(nouns + more)]
    return list(
        dict.fromkeys(SAMPLES[name][0].format(**ids) for name in names for ids in everything)
    )


def shown(enter, db, paths):
    """What each address answers, page and part, but for what is made anew each time."""
    db.commit()
    db.close()
    found = {}
    for path in paths:
        said = ""
        for headers in ({}, HTMX):
            answer = enter().send("GET", path, headers=headers)
            heads = [one for one in answer.headers.multi_items() if one[0] not in ANEW]
            said += f"{answer.status} {heads} {answer.text}"
        for pattern, kept in ONE_OFF:
            said = pattern.sub(kept, said)
        found[path] = said
    return found


def differences(before, after, bare):
    """The lines that are not the same, by their address."""
    lines = {path: [bare(said[path]).splitlines() for said in (before, after)] for path in before}
    return {
        path: [one for one in ndiff(*both) if one[0] in "+-"]
        for path, both in lines.items()
        if both[0] != both[1]
    }


def without_numbers(said):
    return re.sub(r"\b(no|\d+) (proposal)s?\b", "# \\2", re.sub(r"\d+", "0", said.lower()))


@pytest.mark.parametrize("end", ["accept", "close", "withdraw"])
def test_no_mail_tells_anybody_else(browser, db, world, zephyrine, mailbox, end):
    proposal = propose(db, world, zephyrine)
    request, carlas = world.ids["request"], world.ids["proposal"]
    sofia, hers = world.people["sofia"], zephyrine.email
    sends = browser.as_(sofia)
    sends.post(f"/proposals/{proposal.id}/shortlist")
    if end == "withdraw":
        browser.as_(zephyrine).post(f"/proposals/{proposal.id}/withdraw")
    else:
        sends.post(f"/proposals/{proposal.id}/decline", {"reason": "price"})
    if end == "accept":
        sends.post(f"/proposals/{carlas}/accept", {"version": "1"})
    elif end == "close":
        sends.post(f"/requests/{request}/close", {"reason": "other"})
    arrived = mailbox.letters()
    told = {letter.to for letter in arrived}
    assert world.people["carla"].email in told or end == "withdraw"
    for letter in arrived:
        if letter.to not in (hers, sofia.email):
            said = f"{letter.subject} {letter.text} {letter.html}"
            assert not CANARIES.findall(said) + NAMES.findall(said), letter
    for mail in db.scalars(select(OutgoingMail)):
        if mail.recipient not in (hers, sofia.email):
            assert not CANARIES.findall(str(mail.detail)), mail.template
