"""All that is due is done in one go, and what fails is said and keeps no other."""

import logging
import threading

import pytest
from sqlalchemy.orm import Session

from app.jobs import one_by_one as work
from app.jobs.one_by_one import one_by_one

NAMES = ["Sofia", "Carla", "Dora", "Eve", "Sam"]


class Desk:
    """People to be told, two at a look; `broken` ones cannot be."""

    def __init__(self, *broken):
        self.waits, self.broken, self.looks, self.told = list(NAMES), broken, 0, []

    def find(self, db: Session, at):
        self.looks += 1
        return self.waits[:2]

    def tell(self, db, name):
        self.told.append(name)
        if name in self.broken:
            raise OSError(f"{name} cannot be told")
        self.waits.remove(name)


def test_a_full_batch_goes_on_at_once(database):
    desk = Desk()
    one_by_one(database, threading.Event(), (desk.find, desk.tell))
    assert desk.told == NAMES and desk.looks == 4


def test_carla_who_cannot_be_told_keeps_nobody_and_is_tried_once(database, caplog):
    desk, other = Desk("Carla"), Desk("Eve", "Sam")
    with (
        caplog.at_level(logging.WARNING, "skileez.jobs"),
        pytest.raises(OSError, match="Carla cannot be told"),
    ):
        one_by_one(database, threading.Event(), (desk.find, desk.tell), (other.find, other.tell))
    assert desk.told == other.told == NAMES
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        f"test_one_by_one.tell {name}: {name} cannot be told" for name in ("Carla", "Eve", "Sam")
    ]


def test_what_is_left_to_another_node_is_not_asked_for_again_and_again(database):
    desk = Desk()
    one_by_one(database, threading.Event(), (desk.find, lambda db, name: desk.told.append(name)))
    assert desk.told == NAMES[:2]


def test_it_stops_when_it_is_told_to(database):
    desk, stop = Desk(), threading.Event()

    def tell(db, name):
        desk.tell(db, name)
        stop.set()

    one_by_one(database, stop, (desk.find, tell), (desk.find, tell))
    assert desk.told == ["Sofia"]


def test_much_that_is_due_keeps_the_mails_waiting_for_a_turn_only(database, monkeypatch):
    monkeypatch.setattr(work, "TURN", 0)
    desk, other = Desk(), Desk()
    one_by_one(database, threading.Event(), (desk.find, desk.tell), (other.find, other.tell))
    assert desk.told == other.told == NAMES[:2]


def test_each_is_kept_for_itself(database, db, sofia, carla):
    sofia_id, carla_id = sofia.id, carla.id
    db.commit()

    def rename(own, number):
        account = own.get(type(sofia), number)
        account.first_name = "Anew"
        own.flush()
        if number == sofia_id:
            raise OSError("not today")

    with pytest.raises(OSError, match="not today"):
        one_by_one(database, threading.Event(), (lambda *_: [sofia_id, carla_id], rename))
    db.expire_all()
    assert (sofia.first_name, carla.first_name) == ("Sofia", "Anew")
