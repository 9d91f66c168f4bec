"""Nobody learns from an answer whether an address is known."""

import re

import pytest

from db.models.accounts import AccountStatus
from db.models.outgoing_mail import OutgoingMail
from tests.mailbox import mailbox
from tests.statements import statements

__all__ = ["mailbox"]

JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "password": "four quiet green chairs",
    "adult": "yes",
}  # fmt: skip
FORMS = {
    "learn": ("/sign-up", JOIN | {"intent": "learn"}),
    "teach": ("/sign-up", JOIN | {"intent": "teach"}),
    "both": ("/sign-up", JOIN | {"intent": "both"}),
    "forgotten": ("/forgot-password", {}),
    "confirm": ("/confirm-email/send", {}),
    "change": ("/settings/email", {}),
}
UNKNOWN = "nina@skileez.example"
# Equally long, so that answers that repeat what was typed are, too.
KNOWN = {
    "confirmed": "sofi@skileez.example",
    "unconfirmed": "nila@skileez.example",
    "suspended": "side@skileez.example",
    "in other letters": "SoFI@skileez.example",
}
GETS_ONE = {
    "learn": {"confirmed", "unconfirmed", "suspended", "in other letters"},
    "forgotten": {"confirmed", "unconfirmed", "suspended", "in other letters"},
    "confirm": {"unconfirmed"},
    "change": set(),
}


@pytest.fixture(autouse=True)
def known(db, sofia, nia, sid):
    for person, email in zip((sofia, nia, sid), list(KNOWN.values())[:3], strict=True):
        person.email = person.email_folded = email
    assert sid.status is AccountStatus.SUSPENDED
    db.commit()


def told(database, name, email, asking):
    """All that comes back, also after following, and how many statements it took."""
    path, sent = FORMS[name]
    with statements(database) as sent_to_database:
        answer = asking.post(path, sent | {"email": email})
        asked = len(sent_to_database)
    page = answer.follow()
    return asked, [shown(answer, email), shown(page, email)]


def shown(answer, email):
    headers = sorted(
        (name, value) for name, value in answer.headers.multi_items() if name != "x-request-id"
    )
    text = answer.text.replace(answer.headers.get("x-request-id", "?"), "").replace(email, "…")
    return answer.status, headers, text


@pytest.mark.parametrize("who", KNOWN)
@pytest.mark.parametrize("name", FORMS)
def test_an_address_that_is_known_gets_the_answer_of_one_that_is_not(
    browser, database, db, mailbox, sam, name, who
):
    seen = []
    # The first one finds nothing compiled yet.
    for email in ("warm@skileez.example", UNKNOWN, KNOWN[who]):
        asking = browser.as_(sam) if name == "change" else browser.as_guest()
        seen.append(told(database, name, email, asking))
    (most, first), (asked, second) = seen[1:]
    assert without_keys(first) == without_keys(second)
    assert abs(most - asked) <= 3, (most, asked)


def without_keys(answers):
    """Without what is random in every answer."""
    return [
        (status, headers, re.sub(r'(name="form_key" value|nonce)="[^"]*"', "", text))
        for status, headers, text in answers
    ]


@pytest.mark.parametrize("who", KNOWN)
@pytest.mark.parametrize("name", GETS_ONE)
def test_mails_go_to_whom_they_concern_three_an_hour(browser, mailbox, sam, name, who):
    asking = browser.as_(sam) if name == "change" else browser.as_guest()
    path, sent = FORMS[name]
    answers = []
    for _ in range(5):
        answers.append(asking.post(path, sent | {"email": KNOWN[who]}))
        mailbox.letters()  # since a newer link takes the place of one that has not left
    if name != "change":
        assert len({(answer.status, answer.location, answer.text) for answer in answers}) == 1
    owned = KNOWN[who].lower()
    assert [one.to for one in mailbox.letters()] == [owned] * (3 if who in GETS_ONE[name] else 0)


def test_sign_up_tells_the_owner_and_nobody_else(browser, db, mailbox):
    browser.post("/sign-up", FORMS["learn"][1] | {"email": KNOWN["in other letters"]})
    [letter] = mailbox.letters()
    assert (letter.to, letter.subject) == (KNOWN["confirmed"], "You already have an account")
    assert mailbox.secrets() == set()
    assert db.query(OutgoingMail).count() == 1
