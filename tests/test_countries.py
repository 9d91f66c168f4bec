"""Countries are found by the names people use, and by nothing that is no country."""

import pytest

from app.countries import (
    countries,
    countries_called,
    country_called,
    country_name,
    find_countries,
    name_key,
    other_names,
)


@pytest.mark.parametrize(("typed", "code"), [
    ("Kenya", "KE"), ("KENYA", "KE"), ("ke", "KE"), ("KEN", "KE"), ("uk", "GB"), ("U.K.", "GB"),
    ("England", "GB"), ("usa", "US"), ("U.S.A.", "US"), ("America", "US"), ("the gambia", "GM"),
    ("cote d'ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("Turkey", "TR"),
    ("türkiye", "TR"), ("St Lucia", "LC"), ("Saint Lucia", "LC"), ("Niger", "NE"),
    ("Kosovo", "XK"), ("Bosnia and Herzegovina", "BA"), ("Czech Republic", "CZ"),
    ("reunion", "RE"), ("Holland", "NL"),
])  # fmt: skip
def test_a_name_is_one_country(typed, code):
    assert country_called(typed) == code
    assert countries_called(typed) == [code]
    assert find_countries(typed)[0] == code


@pytest.mark.parametrize(("typed", "codes"), [
    ("Keny", ["KE"]), ("Engl", ["GB"]), ("Indo", ["ID"]), ("Ke", ["KE"]), ("K", []), ("", []),
    ("Korea", ["KP", "KR"]), ("Congo", ["CG", "CD"]), ("Nowhere", []), ("Ger!", ["DE"]),
])  # fmt: skip
def test_an_unfinished_name_may_mean_several(typed, codes):
    assert countries_called(typed) == codes


@pytest.mark.parametrize("code", ["EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "SU", "YU", "001"])
def test_a_union_or_a_former_country_is_none(code):
    assert code not in countries()
    assert countries_called(code) == []


@pytest.mark.parametrize("code", countries())
def test_every_country_is_found_by_its_code_and_by_all_its_names(code):
    assert country_called(code) == country_called(code.lower()) == code
    assert country_called(country_name(code)) == code
    assert code in find_countries(country_name(code))
    for name in filter(None, other_names(code)):
        assert country_called(name) == code
        assert code in find_countries(name)


def test_they_stand_by_name_and_each_has_one_of_its_own():
    names = list(countries().values())
    assert len(names) == 250 == len(set(map(name_key, names)))
    assert names[:2] == ["Afghanistan", "Åland Islands"]
