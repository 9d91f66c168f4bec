"""Times of the day as people write them, and the one field of RFC 8058."""

import pytest

from app.forms.form import bind
from app.forms.kinds import Wrong
from app.forms.notice_settings import SIDES, UnsubscribeForm, clock, read_clock
from db.models.notices import NoticeKind


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("22:00", 1320), ("00:00", 0), (" 7:05 ", 425), ("23.59", 1439), ("", "")],
)
def test_a_time_is_minutes_after_midnight(text, minutes):
    assert read_clock(text) == minutes


@pytest.mark.parametrize("text", ["24:00", "7", "7:5", "07:60", "-1:00", "٢٢:٠٠", "22:00:00", "x"])
def test_what_is_no_time_of_the_day_is_refused(text):
    with pytest.raises(Wrong):
        read_clock(text)


def test_a_time_is_shown_as_it_is_written():
    assert [clock(minutes) for minutes in (0, 425, 1439, None)] == ["00:00", "07:05", "23:59", None]


def test_everything_but_what_staff_decide_can_be_chosen():
    assert set(SIDES) == set(NoticeKind) - {NoticeKind.CONDUCT}


def test_one_field_ends_mails_and_no_other():
    assert bind(UnsubscribeForm, {"List-Unsubscribe": ["One-Click"]}).data is not None
    for sent in ({}, {"one_click": ["One-Click"]}, {"List-Unsubscribe": ["Two-Click"]}):
        assert bind(UnsubscribeForm, sent).data is None
