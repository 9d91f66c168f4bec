"""What a student writes into a profile, part by part, and what staff write who look at one."""

from typing import Annotated

from app.forms.fields import Line
from app.forms.form import Form, length


class LookForm(Form, frozen=True, kw_only=True):
    """Why somebody of our team looks at a student's profile."""

    reason: Annotated[Line, length(10, 300)]
