"""The links in mails lead to what they are for, by whichever way the mails have come."""

from tests.mailbox import BY_BOTH_WAYS, LINK, Served, mailbox

__all__ = ["mailbox"]

OLD, NEW = "sofia@skileez.example", "sofia.new@skileez.example"
RUTH = "ruth@skileez.example"
CHOSEN = "four quiet green chairs"
JOIN = {
    "first_name": "Ruth", "last_name": "Achieng", "email": RUTH, "password": CHOSEN,
    "intent": "learn", "adult": "yes",
}  # fmt: skip


def press(browser, mailbox, email, **typed):
    """Open the link in the newest mail to this address, and press the button it leads to."""
    link = mailbox.link(email)
    assert quoted_by_the_server(mailbox, link)
    page = browser.as_guest().get(link).follow()
    [form] = [form["action"] for form in page.all("main form")]
    return page.form(form).fill(**typed).submit()


def quoted_by_the_server(mailbox, link):
    """Whether a server, if there is one, took this link in quotes, in both parts of the mail."""
    if not isinstance(mailbox, Served):
        return True
    text, html = mailbox.server.letters[-1].iter_parts()
    kinds = {part["Content-Transfer-Encoding"] for part in (text, html)}
    assert kinds == {"quoted-printable"}
    assert "href=3D" in html.get_payload() and "=\r\n" in text.get_payload()
    return link in text.get_content() and link in html.get_content()


@BY_BOTH_WAYS
def test_ruth_confirms_her_address(browser, mailbox):
    browser.post("/sign-up", JOIN)
    assert press(browser, mailbox, RUTH).follow().says("Your email address is confirmed.")


@BY_BOTH_WAYS
def test_sofia_has_a_new_password(browser, mailbox, sofia):
    browser.post("/forgot-password", {"email": OLD})
    answer = press(browser, mailbox, OLD, password=CHOSEN)
    assert answer.leads_to("/sign-in") and answer.follow().says("Your new password is set.")
    sent = {"email": OLD, "password": CHOSEN}
    assert browser.as_guest().post("/sign-in", sent).leads_to("/dashboard")
    assert [LINK.findall(one.text) for one in mailbox.letters()][1:] == [[]]


@BY_BOTH_WAYS
def test_sofia_moves_to_a_new_address_and_takes_it_back(browser, db, mailbox, sofia):
    assert browser.as_(sofia).post("/settings/email", {"email": NEW}).leads_to("/settings/email")
    answer = press(browser, mailbox, NEW)
    assert answer.leads_to("/sign-in") and answer.follow().says("the old one is gone")
    db.refresh(sofia)
    assert sofia.email == NEW
    assert press(browser, mailbox, OLD).leads_to("/reset-password")
    db.refresh(sofia)
    assert sofia.email == OLD
    assert [one.to for one in mailbox.letters()] == [NEW, OLD, OLD]
