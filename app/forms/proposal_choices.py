"""What a student may send about the proposals to their request."""

from app.forms.form import Form
from db.models.proposals import DeclineReason


class DeclineForm(Form, frozen=True, kw_only=True):
    """Why a student says no; the coach reads it."""

    reason: DeclineReason
