"""What is said of a review that cannot be taken."""

import pytest

from app.forms.form import bind
from app.forms.reviews import ReplyForm, ReviewForm


@pytest.mark.parametrize(("fields", "wrong"), [
    ({}, {"stars": "Choose how many stars you give."}),
    ({"stars": ["6"]}, {"stars": "Give a whole number from 1 to 5."}),
    ({"stars": ["5", "1"]}, {"stars": "This was sent more than once. Check it and send it again."}),
    ({"stars": ["5"], "text": ["x" * 2001]},
     {"text": "Keep it to 2,000 characters. This has 2,001."}),
    ({"stars": ["5"], "published_at": ["now"]},
     {"": "This form was sent with something it does not offer. Check it and send it again."}),
])  # fmt: skip
def test_sofia_reads_what_is_wrong(fields, wrong):
    assert bind(ReviewForm, fields).errors == wrong


def test_words_are_cleaned_and_may_be_left_out():
    assert bind(ReviewForm, {"stars": ["3"]}).data == ReviewForm(stars=3)
    assert bind(ReviewForm, {"stars": ["3"], "text": [" Two\r\nlines "]}).data.text == "Two\nlines"
    assert bind(ReplyForm, {"text": [" "]}).errors == {"text": "Fill this in."}
