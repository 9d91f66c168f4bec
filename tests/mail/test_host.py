"""Mails lead to the site's own address, whatever address was written on the request."""

import re

import pytest

from tests.browser import HOME
from tests.mailbox import mailbox

__all__ = ["mailbox"]

NINA, NIA, SOFIA = (f"{name}@skileez.example" for name in ("nina", "nia", "sofia"))
JOIN = {
    "first_name": "Nina", "last_name": "Achieng", "password": "four quiet green chairs",
    "adult": "yes", "intent": "learn", "email": NINA,
}  # fmt: skip
FORMS = {
    "sign-up": ("/sign-up", JOIN, NINA),
    "sign-up again": ("/sign-up", JOIN | {"email": SOFIA}, SOFIA),
    "forgotten": ("/forgot-password", {"email": SOFIA}, SOFIA),
    "confirm": ("/confirm-email/send", {"email": NIA}, NIA),
    "change": ("/settings/email", {"email": NINA}, NINA),
}
EVIL = "evil.example"
PLANTED = {
    "Host": EVIL, "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "http", "X-Forwarded-Port": "81",
    "Forwarded": f"for=192.0.2.1;host={EVIL};proto=http", "X-Original-Host": EVIL,
    "X-Host": EVIL, "X-Forwarded-Server": EVIL,
}  # fmt: skip
ADDRESS = re.compile(r"\bhttps?:[^\s\"'<>]+")


@pytest.mark.parametrize("names", [["Host"], ["X-Forwarded-Host"], list(PLANTED)])
@pytest.mark.parametrize("name", FORMS)
def test_a_letter_names_only_the_public_address(browser, mailbox, sofia, nia, name, names):
    path, sent, to = FORMS[name]
    asking = browser.as_(sofia) if name == "change" else browser.as_guest()
    answer = asking.post(path, sent, headers={name: PLANTED[name] for name in names})
    assert answer.status == 303
    assert EVIL not in f"{answer.headers} {answer.text}"
    [letter] = mailbox.letters(to)
    for words in (letter.text, letter.html):
        addresses = ADDRESS.findall(words)
        assert addresses and all(one.startswith(f"{HOME}/") or one == HOME for one in addresses)
        assert EVIL not in words and "evil" not in letter.subject
