from app.actions import request_drafts as drafts
from app.forms.learning_requests import DraftForm
from db.models.submissions import Submission
from tests.factories import make_request

FORM = DraftForm(title="Spa", page="a-page", version=1)


def test_a_page_of_sofias_is_kept_under_its_name(db, sofia, sam, viewer):
    assert not drafts.knows_page(db, "a-page", by=viewer(sofia))
    for person in (sofia, sofia, sam):
        held = drafts.hold_page(db, FORM, by=viewer(person))
        assert (held.account_id, held.location) == (person.id, None)
        db.expunge_all()
    assert db.query(Submission).count() == 2
    assert drafts.knows_page(db, "a-page", by=viewer(sofia))
    assert drafts.hold_page(db, DraftForm(title="Spa"), by=viewer(sofia)) is None


def test_what_it_has_written_last_is_known(db, sofia, sam, viewer):
    page, wanted = drafts.hold_page(db, FORM, by=viewer(sofia)), make_request(db, sofia)
    assert drafts.find_draft(db, FORM, page, by=viewer(sofia)) is None
    drafts.note_written(page, FORM, wanted)
    assert drafts.find_draft(db, FORM, page, by=viewer(sofia)) is wanted
    assert drafts.find_draft(db, FORM, page, by=viewer(sam)) is None
    assert drafts.is_repeated(FORM, page, wanted)
    assert not drafts.is_repeated(DraftForm(title="Spanish", page="a-page"), page, wanted)


def test_only_what_others_wrote_is_newer(db, sofia, viewer):
    page, wanted = drafts.hold_page(db, FORM, by=viewer(sofia)), make_request(db, sofia)
    assert not drafts.is_outdated(FORM, None, wanted)
    wanted.version = 2
    assert drafts.is_outdated(FORM, page, wanted) and drafts.is_outdated(FORM, None, wanted)
    drafts.note_written(page, FORM, wanted)
    assert not drafts.is_outdated(FORM, page, wanted)
    wanted.version = 3
    assert drafts.is_outdated(FORM, page, wanted) and not drafts.is_repeated(FORM, page, wanted)
