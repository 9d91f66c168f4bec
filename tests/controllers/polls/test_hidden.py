"""What staff hide goes from open pages too, and from those that are opened later."""

import pytest

from app.actions.reports import hide_messages
from app.forms.reports import HideForm
from tests.factories import make_copy, make_message, make_report, make_thread

RUDE, POLITE = "You are a fool.", "Would Thursday suit you?"


@pytest.fixture
def report(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, RUDE)
    make_message(db, thread, carla, POLITE)
    return make_report(db, thread, sofia, copy=make_copy((1, carla, RUDE), reporter=sofia))


def test_an_open_page_loses_a_hidden_message_and_keeps_the_others(
    browser, db, report, sofia, carla, mina, viewer
):
    told = f"/messages/{report.thread_id}"
    cursors = {
        person: browser.as_(person).get(told).one("[hx-ptag] > #talk").parent["hx-ptag"]
        for person in (sofia, carla)
    }
    form = HideForm(number=[1], reason="That was rude.")
    hide_messages(db, report, form, by=viewer(mina))
    db.commit()
    for person, cursor in cursors.items():
        poll = browser.as_(person).htmx
        answer = poll.get(f"{told}/new", headers={"HX-PTag": cursor})
        assert (
            answer.one("[hx-target='#m1'][hx-swap=outerHTML] #m1").get_text().count("hidden") == 1
        )
        assert RUDE not in answer.text and POLITE not in answer.text
        again = {"HX-PTag": answer.headers["hx-ptag"]}
        assert poll.get(f"{told}/new", headers=again).is_nothing_new
        page = browser.as_(person).get(told)
        assert RUDE not in page.text and POLITE in page.text
