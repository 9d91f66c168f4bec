"""A version changes with what is stored, and with nothing else."""

from app.forms.versions import is_older, is_unread, version_of


def test_the_same_words_have_the_same_version_in_any_order():
    assert version_of({"title": "Cook", "level": 2}) == version_of({"level": "2", "title": "Cook"})


def test_other_words_have_another_version():
    stored = version_of({"title": "Cook", "skills": ["Bread", "Soup"]})
    assert version_of({"title": "cook", "skills": ["Bread", "Soup"]}) != stored
    assert version_of({"title": "Cook", "skills": ["Soup", "Bread"]}) != stored
    assert version_of({"title": "Cook"}) != stored


def test_an_empty_field_is_as_good_as_none():
    assert version_of({"title": "Cook", "bio": ""}) == version_of({"title": "Cook", "bio": None})


def test_words_cannot_move_from_one_field_to_the_next_unseen():
    assert version_of({"degree": "ab", "field": "c"}) != version_of({"degree": "a", "field": "bc"})


def test_a_form_that_does_not_say_what_it_was_opened_on_has_not_read_it():
    stored = {"title": "Cook"}
    assert not is_unread(version_of(stored), stored)
    assert is_unread("", stored) and is_unread("", {}) and is_unread("older", stored)
    assert is_older("older", stored) and not is_older("", stored)
