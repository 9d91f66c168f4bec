"""Whether Carla's page of a draft is older than what is stored."""

import pytest

from app.forms.proposal_drafts import is_outdated, marked
from app.forms.proposals import new_proposal

STORED = {"message": ["One"], "page": ["first"]}


def opened(stored, page, **typed):
    return marked(new_proposal(), stored, page).raw | typed


@pytest.mark.parametrize(
    ("posted", "is_late"),
    [
        (opened(STORED, "second", message=["Two"]), False),
        (opened({}, "second", message=["Two"]), True),
        (opened({"message": ["Zero"]}, "second", message=["Two"]), True),
        (opened({}, "first", message=["Two"]), False),
        ({"message": ["Two"], "page": ["second"]}, True),
        ({"message": ["Two"]}, True),
        ({"message": ["One"]}, False),
        ({"message": ["One"], "page": ["second"], "words": ["older"]}, False),
        ({"message": ["Two"], "page": [""], "words": ["older"]}, True),
    ],
    ids=[
        "newest",
        "before any",
        "older",
        "own",
        "unmarked",
        "bare",
        "bare, same words",
        "same words",
        "no page",
    ],
)
def test_a_page_is_late_when_others_have_written_since(posted, is_late):
    assert is_outdated(posted, STORED) is is_late


def test_a_page_without_a_name_is_not_taken_for_another_one():
    assert is_outdated({"message": ["Two"], "words": ["older"]}, {"message": ["One"]})
