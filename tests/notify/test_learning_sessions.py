"""Who is told about the time of a session, and by what name the other one goes."""

from sqlalchemy import select

from app.events import record
from app.notify import learning_sessions as tell
from db.models.notices import Notice, NoticeKind
from db.models.session_states import SessionStatus
from db.queries import viewers
from tests.contract_factories import bring, make_contract, with_contract


def test_the_other_one_is_told_and_a_coach_by_first_names(db, sofia, carla):
    sofia.time_zone, carla.time_zone = "Africa/Nairobi", "Europe/Madrid"
    session = bring(db, make_contract(db, sofia, carla), to=SessionStatus.SCHEDULED)
    with_contract(db, session)
    for person in (sofia, carla):
        by = viewers.of_account(db, person.id)
        event = record(db, "session.agreed", by=by, subject=session)
        tell.session_agreed(db, session, event, by=by)
    db.flush()
    carlas, sofias = db.scalars(select(Notice).order_by(Notice.id))
    assert (carlas.account_id, sofias.account_id) == (carla.id, sofia.id)
    assert carlas.kind is NoticeKind.SESSION and carlas.path == f"/sessions/{session.id}"
    assert (carlas.detail["who"], sofias.detail["who"]) == ("Sofia", "Carla Ruiz")
    assert carlas.detail["zone"] == sofias.detail["other_zone"] == "Europe/Madrid"
