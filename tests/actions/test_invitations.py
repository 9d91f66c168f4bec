from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.invitations import create_invitation, withdraw_invitation
from app.clock import now
from app.errors import Refused
from app.forms.invitations import InvitationForm
from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.moves import WrongMove
from db.models.profiles import CoachProfile
from db.models.threads import Thread
from tests.factories import make_invitation, make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def profile(db, carla):
    found = db.get_one(CoachProfile, carla.id)
    assert found.account_id == carla.id
    db.refresh(found, ["account"])
    return found


def test_one_event_tells_of_an_invitation_and_one_of_a_new_thread(
    db, wanted, profile, sofia, viewer
):
    create_invitation(db, profile, InvitationForm(request=wanted.id), by=viewer(sofia))
    assert db.scalars(select(Event.name).order_by(Event.id)).all() == [
        "thread.created",
        "invitation.created",
    ]


def test_a_second_request_leaves_the_time_of_the_first_contact(db, wanted, profile, sofia, viewer):
    create_invitation(db, profile, InvitationForm(request=wanted.id), by=viewer(sofia))
    first = db.scalars(select(Thread.invited_at)).one()
    other = make_request(db, sofia, title="Read a newspaper in Spanish")
    create_invitation(db, profile, InvitationForm(request=other.id), by=viewer(sofia))
    assert db.scalars(select(Thread.invited_at)).one() == first


def test_nobody_invites_to_the_request_of_another(db, wanted, profile, sam, viewer):
    with pytest.raises(Refused) as no:
        create_invitation(db, profile, InvitationForm(request=wanted.id), by=viewer(sam))
    assert no.value.field == "request" and not db.scalars(select(Invitation)).all()


def test_what_has_ended_does_not_end_again(db, wanted, carla, sofia, viewer):
    declined = make_invitation(db, wanted, carla, status=InvitationStatus.DECLINED)
    with pytest.raises(WrongMove):
        withdraw_invitation(db, declined, by=viewer(sofia))


def test_inviting_moves_the_deadline_of_the_request(db, wanted, profile, sofia, viewer):
    wanted.expires_at, wanted.warned_at = now() + timedelta(days=2), now()
    create_invitation(db, profile, InvitationForm(request=wanted.id), by=viewer(sofia))
    assert wanted.expires_at > now() + timedelta(days=29) and wanted.warned_at is None
