from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.outgoing_mail import send_mail_again
from app.clock import now
from app.errors import WrongState
from db.models.events import Event
from db.models.outgoing_mail import MailStatus
from tests.factories import make_mail


def test_mina_lets_a_mail_begin_anew(db, viewer, sofia, mina):
    mail = make_mail(
        db, sofia, status=MailStatus.SET_ASIDE, attempts=6, handed_over_at=now(),
        due_at=now() - timedelta(days=1), problem="It may have arrived.",
    )  # fmt: skip
    send_mail_again(db, mail, by=viewer(mina))
    assert (mail.status, mail.attempts, mail.handed_over_at) == (MailStatus.WAITING, 0, None)
    assert now() - mail.due_at < timedelta(minutes=1)
    event = db.scalars(select(Event).where(Event.name == "outgoing_mail.sent_again")).one()
    assert (event.actor_id, event.subject_id) == (mina.id, mail.id)
    assert (event.from_status, event.to_status) == ("set_aside", "waiting")


@pytest.mark.parametrize("status", [one for one in MailStatus if one is not MailStatus.SET_ASIDE])
def test_only_what_was_set_aside_is_sent_again(db, viewer, sofia, mina, status):
    with pytest.raises(WrongState):
        send_mail_again(db, make_mail(db, sofia, status=status), by=viewer(mina))
