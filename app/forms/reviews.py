"""What the two of a contract write about each other, and a coach below a review."""

from typing import Annotated

from msgspec import Meta

from app.forms.fields import Lines, read_whole
from app.forms.form import Form, length
from app.forms.kinds import Kind

Stars = Annotated[int, Kind(read_whole, missing="Choose how many stars you give.")]


class ReviewForm(Form, frozen=True, kw_only=True):
    """How it went, and, if one likes, why."""

    stars: Annotated[Stars, Meta(ge=1, le=5)]
    text: Annotated[Lines, length(0, 2000)] = ""


class ReplyForm(Form, frozen=True, kw_only=True):
    """What a coach answers, for everybody to read."""

    text: Annotated[Lines, length(1, 2000)]
