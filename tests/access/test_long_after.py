"""Who gave their password 16 minutes ago is asked for it again where it counts, and only there."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.access.permissions import Permission
from app.access.rules import RULES
from app.clock import now
from db.models.learning_requests import ScreeningQuestion
from db.models.sign_ins import SignIn
from tests.access.answers import PEOPLE
from tests.access.test_answers import (
    EXPECTED,
    sent,
    settings,
    stored,
    taken_back,
    things,
    word_for,
)
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.worlds import World

__all__ = ["settings"]  # a fixture of the house

# Whoever finds a browser unattended must not take the account, or see what only staff see.
ASKS_AGAIN = {
    "coach_approvals.approve",
    "coach_approvals.claim",
    "coach_approvals.index",
    "coach_approvals.looked",
    "coach_approvals.reject",
    "coach_approvals.release",
    "coach_approvals.request_changes",
    "coach_approvals.show",
    "emails.cancel",
    "emails.edit",
    "emails.update",
    "outgoing_mail.index",
    "outgoing_mail.send_again",
    "passwords.edit",
    "passwords.update",
    "report_decisions.dismiss",
    "report_decisions.hide",
    "report_decisions.restore",
    "report_decisions.suspend",
    "report_decisions.warn",
    "reports.index",
    "reports.show",
    "session_outcomes.decide",
    "session_outcomes.index",
    "session_outcomes.reverse",
    "session_outcomes.show",
    "sign_ins.end_others",
    "skill_merges.index",
    "skill_merges.merge",
    "staff_home.show",
    "student_profiles.look_at",
}
ASKING = [who for who in PEOPLE if who in ("sofia", "dora", "mina", "ada")]


def test_the_rules_say_the_same() -> None:
    fresh = {route.name for route in all_routes() if RULES[Permission(route.allow)].fresh}
    assert fresh == ASKS_AGAIN


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_exactly_these_ask_for_the_password_again(
    browser: Any, database: Any, db: Any, world: World, name: str
) -> None:
    asking = {who: browser.as_(world.people[who]) for who in ASKING}
    question = db.scalars(select(ScreeningQuestion.id)).first()
    db.execute(update(SignIn).values(proved_at=now() - timedelta(minutes=16)))
    browser.settle()
    db.close()
    connection = database._outer
    before = stored(connection) if name in ASKS_AGAIN else {}
    for who in ASKING:
        at_once = EXPECTED[name, things(name)[0]][who]
        with taken_back(connection):
            found = word_for(sent(asking[who], name, world.ids, question))
            # Who may not do it at all is told so, and not led to give a password for nothing.
            asks = name in ASKS_AGAIN and at_once == "ok"
            assert found == ("prove" if asks else at_once), who
            assert name not in ASKS_AGAIN or stored(connection) == before
