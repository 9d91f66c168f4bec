"""Time zones are found by what people call the place they live in."""

from zoneinfo import ZoneInfo

import pytest

from app.time_zones import MOST, find_zones, zone_named, zones


@pytest.mark.parametrize(("typed", "first"), [
    ("madrid", "Europe/Madrid"), ("MADRID", "Europe/Madrid"), ("Kenya", "Africa/Nairobi"),
    ("new york", "America/New_York"), ("New_York", "America/New_York"),
    ("são paulo", "America/Sao_Paulo"), ("sao paulo", "America/Sao_Paulo"),
    ("india", "Asia/Kolkata"), ("mumbai", "Asia/Kolkata"), ("uk", "Europe/London"),
    ("england", "Europe/London"), ("sydney australia", "Australia/Sydney"),
    ("Europe/Madrid", "Europe/Madrid"), ("Asia/Calcutta", "Asia/Kolkata"),
    ("nair", "Africa/Nairobi"), ("spain", "Europe/Madrid"), ("usa", "America/New_York"),
    ("ivory", "Africa/Abidjan"), ("zzz", None), ("utc", None), ("+3", None),
])  # fmt: skip
def test_words_lead_to_places(typed, first):
    found = find_zones(typed)
    assert (found[0].name if found else None) == first


def test_no_words_lead_to_what_is_near():
    assert [zone.name for zone in find_zones("", near="KE")] == ["Africa/Nairobi"]
    assert find_zones("", near=None) == []
    assert len(find_zones("a")) == MOST


def test_near_home_comes_first_among_equals():
    assert find_zones("central", near="CA")[0].country == "CA"


@pytest.mark.parametrize("name", ["UTC", "GMT", "EST5EDT", "Factory", "posix/Europe/Paris", ""])
def test_odd_names_are_no_place(name):
    assert zone_named(name) is None


def test_every_place_has_a_clock_a_city_and_a_country():
    for name, zone in zones().items():
        assert ZoneInfo(name).key == zone.name == name
        assert len(name) <= 64
        assert zone.city
        assert len(zone.country) == 2
        assert zone.place != zone.country
        assert "(" not in zone.part
