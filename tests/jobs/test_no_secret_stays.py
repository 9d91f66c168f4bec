"""After every flow with a mail in it, no table holds what a link or a cookie holds."""

from db.models.mail_tokens import MailToken
from tests.browser import COOKIE
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

RUTH, NEW = "ruth@skileez.example", "ruth.new@skileez.example"
JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "email": RUTH, "intent": "both",
    "password": "four quiet green chairs", "adult": "yes",
}  # fmt: skip
PASSWORDS = [f"four quiet {colour} chairs" for colour in ("green", "blue", "white")]


def test_no_table_holds_a_secret_of_a_link_or_a_cookie(browser, db, mailbox):
    hers, seen = browser.as_guest(), set()

    def note():
        seen.update(value for name, value in hers.cookies.items() if name.startswith("__Host-"))

    def press(email, **typed):
        page = hers.get(mailbox.link(email)).follow()
        note()
        form = page.all("main form")[0]["action"]
        assert page.form(form).fill(**typed).submit().status == 303
        note()

    hers.post("/sign-up", JOIN)
    press(RUTH)
    assert hers.post("/sign-in", {"email": RUTH, "password": PASSWORDS[0]}).status == 303
    note()
    assert hers.post("/settings/email", {"email": NEW}).leads_to("/settings/email")
    press(NEW)
    assert hers.post("/settings/password", {"password": PASSWORDS[1]}).status == 303
    note()
    hers.post("/forgot-password", {"email": NEW})
    reset = mailbox.link(NEW)
    press(RUTH)  # takes the change back
    hers.post("/forgot-password", {"email": RUTH})
    press(RUTH, password=PASSWORDS[2])
    assert hers.post("/sign-in", {"email": RUTH, "password": PASSWORDS[2]}).status == 303
    note()
    secrets = seen | mailbox.secrets() | {hers.cookies[COOKIE], reset.rsplit("/", 1)[1]}
    assert len(mailbox.secrets()) == 5 and len(secrets) >= 9
    stored = repr(rows(db))
    assert RUTH in stored and db.query(MailToken).count() > 0
    for secret in (*secrets, *PASSWORDS):
        assert secret not in stored
        assert secret.encode().hex() not in stored
