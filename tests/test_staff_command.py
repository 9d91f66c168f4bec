"""Who looks after a site is said by who runs it."""

import pytest
from click.testing import CliRunner

from app.cli import main
from db.models.accounts import Account, StaffRole
from db.models.events import Event


@pytest.fixture
def staff(real_database, tmp_path):
    address = real_database.url.render_as_string(hide_password=False)
    given = {"DATABASE_URL": address, "DATA_DIR": str(tmp_path), "DEMO": "0"}
    return lambda *words: CliRunner().invoke(main, ["staff", *words], env=given)


def test_a_member_is_made_a_moderator_and_nobody_again(staff, browser, db, sofia):
    assert browser.as_(sofia).get("/admin").status == 403
    made = staff("Sofia@Skileez.example", "moderator")
    assert (made.exit_code, made.output) == (0, "Sofia@Skileez.example: moderator\n")
    assert browser.as_(sofia).get("/admin").status == 200
    assert staff("sofia@skileez.example", "none").exit_code == 0
    assert browser.as_(sofia).get("/admin").status == 403
    history = db.query(Event).filter_by(name="account.appointed").order_by(Event.id).all()
    assert [(one.subject_id, one.detail) for one in history] == [
        (sofia.id, {"role": StaffRole.MODERATOR}), (sofia.id, {"role": None}),
    ]  # fmt: skip


def test_nobody_is_made_out_of_nothing(staff, db):
    made = staff("nobody@skileez.example", "administrator")
    assert made.exit_code == 1
    assert "Nobody signed up as nobody@skileez.example." in made.output
    assert db.query(Account).count() == 0
