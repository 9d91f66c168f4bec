"""One's own choices: a way for each kind one can be told of, quiet hours, one form, one save."""

import pytest

from db.models.events import Event
from db.models.notices import MailTiming, NoticeKind, NoticeSetting
from tests.factories import make_coach

PAGE = "/settings/notices"

SOFIAS = ("message", "proposal", "invitation", "request", "session", "contract", "review")


def stored(db, account):
    db.expire_all()
    rows = db.query(NoticeSetting).filter_by(account_id=account.id)
    return {row.kind.value: row.mail.value for row in rows}


def kinds(page):
    return [field["name"].removeprefix("mail_") for field in page.all("select")]


def test_sofia_chooses_for_each_kind_and_for_the_night(browser, db, sofia):
    page = browser.as_(sofia).get(PAGE)
    assert page.has(f'nav a[href="{PAGE}"][aria-current="page"]')
    assert len(page.all("option[value=now][selected]")) == len(kinds(page)) == 7
    form = page.form("#notice-settings").fill(
        mail_message="bundled", mail_invitation="off", quiet_from="22:00", quiet_to="07:00"
    )
    again = form.submit().follow()
    assert again.says("Your choices are saved.")
    assert stored(db, sofia) == {"message": "bundled", "invitation": "off"}
    assert (sofia.quiet_from, sofia.quiet_to) == (22 * 60, 7 * 60)
    assert again.has("#mail-message option[value=bundled][selected]")
    assert again.one("#quiet-from")["value"] == "22:00"
    [event] = db.query(Event).filter_by(name="notice_setting.updated")
    assert sorted(event.detail["changed"]) == ["invitation", "message", "quiet_hours"]


def test_saving_what_stands_there_changes_nothing(browser, db, sofia):
    browser.as_(sofia).get(PAGE).form("#notice-settings").submit()
    assert stored(db, sofia) == {} and sofia.quiet_from is None
    assert db.query(Event).filter_by(name="notice_setting.updated").count() == 0


def test_quiet_hours_go_when_both_are_emptied(browser, db, sofia):
    sofia.quiet_from, sofia.quiet_to = 22 * 60, 0
    page = browser.as_(sofia).get(PAGE)
    assert page.one("#quiet-to")["value"] == "00:00"
    page.form("#notice-settings").fill(quiet_from="", quiet_to="").submit()
    db.expire_all()
    assert sofia.quiet_from is None and sofia.quiet_to is None


def test_each_person_chooses_for_the_sides_they_have(browser, db, sofia, carla, dora, mina):
    assert kinds(browser.as_(sofia).get(PAGE)) == [
        "message", "proposal", "invitation", "request", "session", "contract", "review",
    ]  # fmt: skip
    assert kinds(browser.as_(carla).get(PAGE)) == [
        "message", "outcome", "invitation", "request", "session", "contract", "review", "approval",
    ]  # fmt: skip
    assert len(kinds(browser.as_(dora).get(PAGE))) == 9
    page = browser.as_(mina).get(PAGE)
    assert kinds(page) == []
    assert page.form("#notice-settings").submit().leads_to(PAGE)


def test_what_was_chosen_for_a_side_one_lacks_stays(browser, db, sofia):
    kept = NoticeSetting(account_id=sofia.id, kind=NoticeKind.APPROVAL, mail=MailTiming.OFF)
    db.add(kept)
    browser.as_(sofia).get(PAGE).form("#notice-settings").fill(mail_message="off").submit()
    assert stored(db, sofia) == {"approval": "off", "message": "off"}
    make_coach(db, sofia)
    assert browser.as_(sofia).get(PAGE).has("#mail-approval option[value=off][selected]")


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_every_mistake_is_said_at_once_and_nothing_is_kept(browser, db, sofia, way):
    sent = {"mail_message": "sometimes", "mail_proposal": "off", "quiet_from": "25:00"}
    page = getattr(browser.as_(sofia), way).post(PAGE, sent)
    assert page.is_redisplay
    assert "Choose one of the answers offered." in page.error_of("mail_message")
    assert "Choose one." in page.one("#mail-invitation-error").get_text()
    assert page.error_of("quiet_from") == "Write a time of the day, such as 22:00."
    assert page.has("#mail-proposal option[value=off][selected]")
    assert stored(db, sofia) == {}


@pytest.mark.parametrize(
    ("begin", "end", "field", "sentence"),
    [
        ("22:00", "", "quiet_to", "Give both times, or neither."),
        ("", "07:00", "quiet_from", "Give both times, or neither."),
        ("22:00", "22:00", "quiet_to", "This is when they begin."),
    ],
)
def test_quiet_hours_begin_and_end(browser, sofia, begin, end, field, sentence):
    form = browser.as_(sofia).get(PAGE).form("#notice-settings")
    page = form.fill(quiet_from=begin, quiet_to=end).submit()
    assert page.is_redisplay and sentence in page.error_of(field)


def test_a_kind_of_the_other_side_is_not_offered(browser, db, sofia):
    shown = {f"mail_{kind}": "now" for kind in SOFIAS}
    assert browser.as_(sofia).post(PAGE, shown).leads_to(PAGE)
    assert browser.as_(sofia).post(PAGE, shown | {"mail_approval": "off"}).status == 400
    assert stored(db, sofia) == {}


def test_the_clocks_are_named(browser, sofia):
    sofia.time_zone = "Europe/Madrid"
    page = browser.as_(sofia).get(PAGE)
    assert page.says("By the clocks in Madrid, Spain") and page.says("what our staff decide")


def test_the_list_leads_to_the_choices(browser, sofia):
    assert browser.as_(sofia).get("/notices").click("What is mailed").has("#notice-settings")
