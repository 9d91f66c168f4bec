"""Which reminders a time that was just agreed on still gets."""

from datetime import timedelta

from app.actions.session_reminders import begin_reminders
from app.clock import now
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract


def test_carla_is_reminded_only_of_what_is_far_enough(db, sofia, carla):
    session = bring(db, make_contract(db, sofia, carla), to=SessionStatus.SCHEDULED)
    for hours, wanted in ((25, (True, True)), (23, (False, True)), (0.5, (False, False))):
        session.starts_at = now() + timedelta(hours=hours)
        begin_reminders(session)
        found = (session.day_reminded_at is None, session.hour_reminded_at is None)
        assert found == wanted
