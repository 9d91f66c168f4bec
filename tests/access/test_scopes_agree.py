"""Being in the visible condition and being allowed to view: two halves of one rule."""

import pytest
from sqlalchemy.orm import Session

from app.access.enforce import may
from app.access.rules import RULES
from app.access.scopes import VISIBLE
from app.clock import now
from db.models.accounts import Account
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.outgoing_mail import OutgoingMail
from db.models.payments import Payment
from db.models.portfolio_items import PortfolioItem
from db.models.reviews import Review
from db.models.sign_ins import SignIn
from db.queries import reviews
from tests.access.scene import Row, about, is_visible, make_thing, rows
from tests.people import as_viewer

# What has no page of its own, but is a line of a list that carries the same condition.
LINES = {SignIn, OutgoingMail, Experience, Education, CoachLanguage, StudentLanguage, PortfolioItem}
LINES |= {Invitation, Payment, Review}  # the last two on the page of their contract
VIEWS = [row for row in rows() if row[0].endswith(".view") and about(row[0]) is not None]


@pytest.mark.parametrize("row", VIEWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_what_is_visible_may_be_viewed_and_nothing_else(
    db: Session, everybody: dict[str, Account], row: Row
) -> None:
    permission, state, expected = row
    cast = everybody
    thing = make_thing(db, cast, about(permission), state)
    for who, yes in expected.items():
        viewer = as_viewer(db, cast.get(who))
        assert is_visible(db, viewer, thing) is yes, who
        assert may(viewer, permission, thing) or not yes, who


def test_every_visible_model_has_a_permission_to_view_it() -> None:
    viewed = {rule.about for permission, rule in RULES.items() if permission.endswith(".view")}
    assert set(VISIBLE) - LINES <= viewed


@pytest.mark.parametrize("state", ["sealed", "published", "due", "about_sofia"])
def test_a_review_is_visible_to_whom_its_contract_shows_it(
    db: Session, everybody: dict[str, Account], state: str
) -> None:
    cast = everybody
    review = make_thing(db, cast, Review, state)
    for who in (None, *cast):
        viewer, shown = as_viewer(db, cast.get(who or "")), []
        if who in ("sofia", "carla"):
            stands = reviews.of_contract(db, review.contract_id, viewer.id, now())
            shown = [one.id for one in (stands.mine, stands.theirs) if one]
        assert is_visible(db, viewer, review) is (review.id in shown), who
