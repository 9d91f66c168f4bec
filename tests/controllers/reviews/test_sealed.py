"""Nothing reveals a sealed review: pages, fragments, lists, notices and mails stay as they were."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot
from tests.factories import make_proposal, make_request

CANARY = "Kanarienvogel"
KEYS = re.compile(r'name="form_key" value="[^"]+"|name="version" value="[^"]+"')
TIMES = re.compile(r"\d+ (second|minute)s? ago|\d{3} · [0-9a-f]{12}")
PAGES = (
    "/dashboard", "/contracts", "/contracts/{contract}", "/contracts/{contract}/review",
    "/sessions", "/earnings", "/earnings.csv", "/notices", "/messages", "/coaches",
    "/coaches/carla-ruiz", "/coaches?q=spanish", "/coaches?sort=rating", "/requests",
    "/requests/{wanted}", "/requests/{wanted}/proposals", "/proposals", "/proposals/{proposal}",
    "/students/{student}", "/profile/student", "/profile/coach", "/settings",
)  # fmt: skip


@pytest.fixture
def wanted(db, sofia, carla, cole):
    """Another request of Sofia's, to which both coaches have proposed."""
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, cole)
    return wanted, make_proposal(db, wanted, carla)


@pytest.fixture
def everything(browser, db, contract, wanted, sofia, carla, cole, mina):
    """All that somebody can read, by page, way and person; the author apart."""

    def read(author):
        ids = {
            "contract": contract.id, "wanted": wanted[0].id, "proposal": wanted[1].id,
            "student": sofia.id,
        }  # fmt: skip
        found = {}
        for person in (sofia, carla, cole, mina, None):
            if person is author:
                continue
            asking = browser.as_(person) if person else browser.as_guest()
            asking.cookies["seen"] = "1"
            for page in PAGES:
                for way in (asking, asking.htmx)[: 1 if page.endswith(".csv") else 2]:
                    answer = way.get(page.format(**ids))
                    text = TIMES.sub("", KEYS.sub("", answer.response.text))
                    assert CANARY not in text, (person, page)
                    who = person.first_name if person else "guest"
                    found[who, page, way is asking] = (answer.status, len(text), text)
        return found

    return read


@pytest.mark.parametrize("who", ["sofia", "carla"])
def test_every_page_is_the_same_before_and_after(
    browser, db, contract, everything, clock, sofia, carla, who
):
    author = {"sofia": sofia, "carla": carla}[who]
    with time_machine.travel(now(), tick=False):  # pages tell the time
        everything(author)  # what a first visit leaves behind
        before = everything(author)
        told = (db.query(Notice).count(), db.query(OutgoingMail).count())
        address = f"/contracts/{contract.id}/review"
        answer = browser.as_(author).post(address, {"stars": "1", "text": f"{CANARY} sings."})
        assert answer.leads_to(f"/contracts/{contract.id}")
        after = everything(author)
        for key, one in after.items():
            assert before[key][2].splitlines() == one[2].splitlines(), key
            assert before[key] == one, key
        assert (db.query(Notice).count(), db.query(OutgoingMail).count()) == told
    answer = browser.as_(author).get(f"/contracts/{contract.id}")
    assert answer.says(CANARY), "its author reads it"


def test_an_ongoing_one_is_as_quiet(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla)
    for number in (1, 2, 3):
        at = on_the_slot(now() - timedelta(days=number))
        bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=at)
    pages = ("/dashboard", "/contracts", f"/contracts/{contract.id}", "/coaches/carla-ruiz")
    reading = browser.as_(carla)

    def read():
        return [KEYS.sub("", reading.get(page).response.text) for page in pages]

    read()
    before = read()
    make_review(db, contract, sofia, is_ongoing=True, opens_at=now() + timedelta(days=14))
    assert read() == before
