"""A condition is made once for all of a standing, and holds for each person at each instant."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scopes import ONCE_VISIBLE, VISIBLE, Scope, for_all, open_requests
from app.clock import now
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.statements import ask
from tests.access.scene import about, make_thing, rows
from tests.factories import make_request
from tests.people import as_viewer

ROWS = {about(row[0]): row for row in reversed(rows()) if about(row[0]) is not None}
SCOPES = [(model, VISIBLE[model]) for model in ROWS]
SCOPES += [(LearningRequest, scope) for scope in set(ONCE_VISIBLE.values())]


@pytest.mark.parametrize(("model", "scope"), SCOPES)
def test_all_of_a_standing_see_what_each_of_them_sees(
    db: Session, everybody: dict[str, Account], model: Any, scope: Scope
) -> None:
    make_thing(db, everybody, model, ROWS[model][1])
    db.flush()
    [key] = model.__table__.primary_key
    seen = set()
    for who in (None, *everybody.values()):
        viewer = as_viewer(db, who)
        own = set(db.scalars(select(key).where(scope(viewer))))
        made = select(key).where(for_all(scope, viewer.standing))
        assert {row[0] for row in ask(db, made, viewer=viewer.id)} == own, who and who.email
        seen |= own
    assert seen


def test_time_passes_between_two_looks_at_one_condition(
    db: Session, sofia: Account, carla: Account
) -> None:
    wanted = make_request(db, sofia, expires_at=now() + timedelta(days=1))
    viewer = as_viewer(db, carla)
    made = select(LearningRequest.id).where(for_all(open_requests, viewer.standing))
    assert wanted.id in {row[0] for row in ask(db, made, viewer=viewer.id)}
    with time_machine.travel(now() + timedelta(days=2)):
        assert wanted.id not in {row[0] for row in ask(db, made, viewer=viewer.id)}
