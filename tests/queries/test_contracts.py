"""A contract in short, as each of its two sees it."""

from datetime import timedelta

from app.clock import now
from db.models.accounts import Side
from db.queries import contracts
from tests.contract_factories import make_contract


def test_each_of_the_two_sees_it_from_their_side(db, sofia, carla):
    agreed = make_contract(db, sofia, carla, price=1800, sessions=6)

    sofias = contracts.head(db, agreed.id, sofia.id, at=now())
    carlas = contracts.head(db, agreed.id, carla.id, at=now())

    assert (sofias.side, sofias.other_name) == (Side.STUDENT, "Carla Ruiz")
    assert (carlas.side, carlas.other_name) == (Side.COACH, "Sofia Mwangi")
    assert (sofias.my_zone, sofias.other_zone) == (carlas.other_zone, carlas.my_zone)
    assert (sofias.number, sofias.total) == (agreed.number, 10800)


def test_carla_knows_the_full_name_until_90_days_after_it(db, sofia, carla):
    agreed = make_contract(db, sofia, carla, ended_at=now())

    def name(days):
        at = now() + timedelta(days=days)
        return contracts.head(db, agreed.id, carla.id, at=at).other_name

    assert (name(89), name(91)) == ("Sofia Mwangi", "Sofia")
