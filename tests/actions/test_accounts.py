"""What signing up causes, and which sides may be looked from."""

import pytest

from app.actions.accounts import create_account, switch_role
from app.forms.accounts import Intent, SignUpForm
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.profiles import CoachProfile, StudentProfile
from tests.factories import make_account, make_student


def form(**but):
    given = {
        "intent": Intent.BOTH, "first_name": "Ruth", "last_name": "Achieng",
        "email": "ruth@skileez.example", "password": "green kettle sings", "adult": True,
    }  # fmt: skip
    return SignUpForm(**(given | but))


def test_ruth_gets_both_sides_and_one_row_of_history(db):
    create_account(db, form(), "hash")
    ruth = db.query(Account).one()
    assert db.get(StudentProfile, ruth.id) and db.get(CoachProfile, ruth.id)
    assert [event.name for event in db.query(Event)] == ["account.created"]


@pytest.mark.parametrize("email", ["Sofia@skileez.example", "SOFIA@SKILEEZ.EXAMPLE"])
def test_a_known_address_leaves_sofia_as_she_is(db, sofia, email):
    before = sofia.password_hash
    create_account(db, form(email=email), "hash")
    db.refresh(sofia)
    assert (sofia.first_name, sofia.password_hash) == ("Sofia", before)
    assert [(event.name, event.actor_id) for event in db.query(Event)] == [
        ("account.sign_up_repeated", None)
    ]


def test_addresses_are_one_address_however_they_are_composed(db):
    create_account(db, form(email="zoë@skileez.example"), "hash")
    create_account(db, form(email="ZOE\u0308@skileez.example"), "hash")
    assert db.query(Account).count() == 1


def test_dora_looks_from_either_side(db, dora, viewer):
    for side in (Side.COACH, Side.STUDENT):
        switch_role(db, side, by=viewer(dora))
        assert dora.role_view is side


def test_sofia_gains_the_coach_side_once(db, sofia, viewer):
    before = viewer(sofia)  # who has not heard of the new side yet, as in a second tab
    for _ in range(2):
        switch_role(db, Side.COACH, by=before)
    assert db.get(CoachProfile, sofia.id).handle == "sofia-mwangi"
    assert [event.name for event in db.query(Event)] == ["account.side_added"]


def test_a_namesake_gets_another_handle(db, carla, viewer):
    twin = make_student(db, make_account(db, first_name="Carla", last_name="Ruiz"))
    switch_role(db, Side.COACH, by=viewer(twin))
    assert db.get(CoachProfile, twin.id).handle == "carla-ruiz-2"
