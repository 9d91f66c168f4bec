"""What both searches share."""

import pytest

from app.forms.coach_searches import CoachSearch
from app.forms.search_addresses import as_typed
from app.forms.searches import Search


@pytest.mark.parametrize(("minor", "text"), [(1800, "18"), (1850, "18.50"), (5, "0.05")])
def test_an_amount_stands_in_the_address_as_people_type_it(minor, text):
    assert as_typed(minor) == text


@pytest.mark.parametrize("kind", [Search, CoachSearch])
def test_every_field_but_the_order_and_the_purpose_belongs_to_one_filter(kind):
    fields = [field for several in kind.filtering.values() for field in several]
    assert sorted(fields) == sorted({*kind.__struct_fields__} - {"sort", "request"})


def test_what_is_asked_stands_in_the_form():
    search = Search("piano", skills=("chess", 7), levels=(), budget_to=1850, currency="EUR")
    fields = search.fields
    assert fields["q"] == ["piano"] and fields["skill"] == ["chess", "7"]
    assert fields["budget_to"] == ["18.50"] and "level" not in fields


def test_an_order_is_no_filter():
    assert Search(sort="newest").filters == () and Search(sort="newest").cleared.sort == "newest"
