"""What leaves: small, readable without styles, one link, and nothing anybody could smuggle in."""

import email
import re
from datetime import timedelta
from email.policy import default

import pytest
from bs4 import BeautifulSoup

from app.clock import now
from app.mail.claims import Claimed
from app.mail.links import LINKS
from app.mail.message import compose
from db.models.mail_tokens import Purpose
from tests.house.source import ROOT

SECRET = "s" * 43
MAILS = {
    "email_confirmation": Purpose.CONFIRM_EMAIL,
    "account_exists": None,
    "password_reset": Purpose.RESET_PASSWORD,
    "email_change": Purpose.CHANGE_EMAIL,
    "email_changed": Purpose.RESTORE_EMAIL,
    "password_changed": None,
    "email_restored": None,
    "coach_approved": None,
    "coach_changes_requested": None,
    "coach_rejected": None,
    "account_warned": None,
    "message_hidden": None,
    "account_suspended": None,
    "account_restored": None,
    "invitation_received": None,
    "invitation_declined": None,
    "message_unread": None,
    "contract_paused": None,
    "contract_resumed": None,
    "contract_ended": None,
    "contract_completed": None,
    "proposal_accepted": None,
    "proposal_declined": None,
    "proposal_not_selected": None,
    "proposal_reopened": None,
    "proposal_received": None,
    "proposal_changed": None,
    "proposal_expired": None,
    "request_changed": None,
    "request_closed": None,
    "request_expiring": None,
    "notices_bundled": None,
    "session_ended": None,
    "session_reminder_day": None,
    "session_reminder_hour": None,
    "session_confirmed": None,
    "session_waived": None,
    "session_no_show": None,
    "session_problem": None,
    "session_decided": None,
    "session_reversed": None,
    "session_offered": None,
    "session_agreed": None,
    "session_moved": None,
    "session_declined": None,
    "session_lapsed": None,
    "session_cancelled": None,
    "payment_paid": None,
    "payment_received": None,
    "review_invited": None,
    "review_closing": None,
    "review_published": None,
    "review_replied": None,
}
DETAIL = {
    "title": "Small talk in Spanish",
    "request": 11,
    "changed": ["budget", "times"],
    "days": 5,
    "proposal": 12,
    "thread": 7,
    "contract": 9,
    "other": "student",
    "session": 5,
    "number": 2,
    "starts": "2026-12-01T14:00:00+00:00",
    "ends": "2026-12-01T15:00:00+00:00",
    "zone": "Africa/Nairobi",
    "other_zone": "Europe/Madrid",
    "who": "Carla Ruiz",
    "until": "2026-12-04T15:00:00+00:00",
    "report": ["I waited for half an hour."],
    "outcome": "resolved",
    "said": "received",
    "unread": 2,
    "why": "The price",
    "sessions": 6,
    "minutes": 60,
    "price": 1800,
    "total": 10800,
    "currency": "USD",
    "student": "Sofia",
    "coach": "Carla Ruiz",
    "new_email": "new@skileez.example",
    "step": "headline",
    "messages": 2,
    "comments": [{"title": "Headline and story", "text": "Say whom you help."}],
    "reason": ["The links lead to pages of somebody else."],
    "lines": [{"title": "A coach sent you a proposal", "more": "“Small talk in Spanish”"}],
    "notices": 21,
    "rest": 1,
}
NAMES = ["Sofia", "O'Brien & <Søns>", "Мария", "محمد", "你好", "नमस्ते", "🙂"]


def claimed(template="password_changed", **but) -> Claimed:
    purpose = MAILS[template]
    given = {
        "id": 7, "key": "event:1", "template": template, "recipient": "sofia@skileez.example",
        "detail": DETAIL | but.pop("detail", {}), "first_name": "Sofia",
        "wants_link": purpose is not None, "token_id": None, "purpose": purpose, "attempts": 1,
        "created_at": now(), "lease": now(),
    }  # fmt: skip
    return Claimed(**{**given, **but})


def sent(mail: Claimed, settings, secret: str = SECRET):
    """The message as its reader's program reads it, and its bytes."""
    content = compose(mail, secret if mail.wants_link else "", settings).content
    return email.message_from_bytes(content, policy=default), content


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


def test_every_mail_has_both_its_templates():
    for ending in ("txt", "html"):
        there = {path.stem for path in (ROOT / "app/templates/mail").glob(f"*.{ending}")}
        assert there == set(MAILS)


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_has_a_subject_words_and_one_link(settings, template):
    message, _ = sent(claimed(template), settings)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    page = BeautifulSoup(html_of(message), "html.parser")
    assert page.title.string == page.h1.string == message["Subject"] != ""
    [link] = [tag["href"] for tag in page("a")]
    assert link.startswith("https://skileez.test/")
    assert (SECRET in link) == (MAILS[template] is not None)
    text = text_of(message)
    assert re.findall(r"https?://\S+", text) == [link]
    assert "Hello Sofia," in text
    assert text.count("{") == 0


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_loads_nothing_and_follows_nobody(settings, template):
    html = html_of(sent(claimed(template), settings)[0])
    assert not re.search(r"<(img|link|script|iframe|form|input)|url\(|@import|src=", html)
    assert html.count("http") == 1


@pytest.mark.parametrize("template", [name for name, purpose in MAILS.items() if purpose])
def test_a_mail_says_how_long_its_link_works(settings, template):
    link = LINKS[MAILS[template]]
    message, _ = sent(claimed(template), settings)
    for words in (text_of(message), html_of(message)):
        assert f"for {link.words}" in " ".join(words.split())
    number, unit = link.words.split()
    assert link.holds == timedelta(**{unit.rstrip("s") + "s": int(number)})


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_stays_below_20_kilobytes_however_long_a_name_is(settings, template):
    endless = {"first_name": "你" * 5000, "new_email": "🙂" * 5000 + "@skileez.example"}
    _, content = sent(claimed(template, detail=endless), settings)
    assert len(content) < 20_000
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_arrive_as_they_were_written(settings, name):
    message, content = sent(claimed(first_name=name), settings)
    assert f"Hello {name}," in text_of(message)
    assert BeautifulSoup(html_of(message), "html.parser").find(string=f"Hello {name},")
    assert content.isascii()


@pytest.mark.parametrize(
    "name", ["evil.example", "https://evil.example", "a@evil.example", "//evil", "you\\x", "a:b"]
)
def test_who_signs_up_with_another_ones_address_puts_no_link_into_the_mail(settings, name):
    message, _ = sent(claimed("email_confirmation", first_name=name), settings)
    assert "Hello,\n" in text_of(message)
    assert name not in text_of(message) + html_of(message)


@pytest.mark.parametrize(
    "hostile",
    [
        "x\r\nBcc: all@skileez.example",
        "x\nSubject: y",
        "x\u2028Bcc: a",
        "x\x00",
        "\x1b[31m",
        "\ud800",
    ],
)
def test_nothing_typed_becomes_a_header(settings, hostile):
    for template in MAILS:
        mail = claimed(template, first_name=hostile, detail={"new_email": hostile})
        message, content = sent(mail, settings)
        assert message["Bcc"] is None
        assert len(message.get_all("Subject")) == 1
        head = content.split(b"\r\n\r\n")[0].decode()
        assert "all@" not in head
        assert not message.defects


@pytest.mark.parametrize(
    "recipient",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example, c@d.example",
        "a b@c.example",
        "<a@b.example>",
    ],
)
def test_a_mail_goes_to_one_address_or_not_at_all(settings, recipient):
    try:
        message, _ = sent(claimed(recipient=recipient), settings)
    except ValueError:
        return
    assert len(message["To"].addresses) == 1
    assert message["Bcc"] is None


def test_the_headers_are_ours_and_hold_no_secret(settings):
    mail = claimed("password_reset")
    message, content = sent(mail, settings)
    assert set(message) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert message["From"] == "Skileez <no-reply@skileez.test>"
    assert message["To"] == "sofia@skileez.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs(message["Date"].datetime - now()) < timedelta(minutes=1)
    assert SECRET.encode() not in content.split(b"\r\n\r\n")[0]


def test_a_repeated_mail_can_be_told_by_its_id(settings):
    mail = claimed()
    first, second = (sent(mail, settings)[0]["Message-ID"] for _ in range(2))
    assert first == second
    assert first.endswith("@skileez.test>")
    assert (
        sent(claimed(key="event:2", created_at=mail.created_at), settings)[0]["Message-ID"] != first
    )


def test_an_address_in_another_script_is_written_as_servers_know_it(settings):
    letter = compose(claimed(recipient="sofia@bücher.example"), "", settings)
    assert letter.recipient == "sofia@xn--bcher-kva.example"
    assert not letter.is_international
    letter = compose(claimed(recipient="søfia@skileez.example"), "", settings)
    assert letter.is_international
    assert "To: søfia@skileez.example\r\n".encode() in letter.content
