"""Being in the visible condition and being allowed to view: two halves of one rule."""

import pytest
from sqlalchemy.orm import Session

from app.access.enforce import may
from app.access.rules import RULES
from app.access.scopes import VISIBLE
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.outgoing_mail import OutgoingMail
from db.models.portfolio_items import PortfolioItem
from db.models.sign_ins import SignIn
from tests.access.scene import Row, about, is_visible, make_cast, make_thing, rows
from tests.people import as_viewer

# What has no page of its own, but is a line of a list that carries the same condition.
LINES = {SignIn, OutgoingMail, Experience, Education, CoachLanguage, StudentLanguage, PortfolioItem}
LINES |= {Invitation}
VIEWS = [row for row in rows() if row[0].endswith(".view") and about(row[0]) is not None]


@pytest.mark.parametrize("row", VIEWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_what_is_visible_may_be_viewed_and_nothing_else(db: Session, row: Row) -> None:
    permission, state, expected = row
    cast = make_cast(db)
    thing = make_thing(db, cast, about(permission), state)
    for who, yes in expected.items():
        viewer = as_viewer(db, cast.get(who))
        assert is_visible(db, viewer, thing) is yes, who
        assert may(viewer, permission, thing) or not yes, who


def test_every_visible_model_has_a_permission_to_view_it() -> None:
    viewed = {rule.about for permission, rule in RULES.items() if permission.endswith(".view")}
    assert set(VISIBLE) - LINES <= viewed
