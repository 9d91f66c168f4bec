"""Settings as they are sent."""

import pytest

from app.forms.form import bind
from app.forms.settings import SettingsForm, TimeZoneForm
from app.locales import LOCALES

SENT = {
    "first_name": [" Sofia "], "last_name": ["Mwangi"], "locale": ["en"], "theme": ["system"],
    "data_saver": ["off"],
}  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_that_is_offered_is_taken(locale):
    assert bind(SettingsForm, SENT | {"locale": [locale]}).data.locale == locale


@pytest.mark.parametrize(("field", "wrong"), [
    ("first_name", ""), ("first_name", "x" * 51), ("last_name", " "), ("locale", ""),
    ("locale", "en_US"), ("locale", "xx"), ("theme", "sepia"), ("data_saver", "yes"),
])  # fmt: skip
def test_one_sentence_for_what_is_wrong(field, wrong):
    bound = bind(SettingsForm, SENT | {field: [wrong]})
    assert bound.data is None
    assert set(bound.errors) == {field}


def test_a_time_zone_is_called_as_it_is_today():
    assert bind(TimeZoneForm, {"time_zone": ["Europe/Kiev"]}).data.time_zone == "Europe/Kyiv"
    assert bind(TimeZoneForm, {"time_zone": ["UTC"]}).error("time_zone")
    assert bind(TimeZoneForm, {}).error("time_zone") == "Choose a place."
