from datetime import timedelta

from app.clock import now
from db.models.list_items import UNDO_FOR
from db.models.pictures import Picture, PictureKind
from db.queries import portfolio_items
from tests.factories import make_portfolio_item
from tests.statements import statements


def test_a_coachs_work_stands_in_its_order_with_its_links_and_skills(db, carla, cole):
    make_portfolio_item(db, cole, title="Knife skills")
    make_portfolio_item(db, carla, title="Second", position=2, links=(("https://b.example/", ""),))
    picture = Picture(
        account_id=carla.id,
        kind=PictureKind.THUMBNAIL,
        token="t" * 43,
        content=b"",
        created_at=now(),
    )
    db.add(picture)
    db.flush()
    first = make_portfolio_item(
        db,
        carla,
        title="First",
        position=1,
        thumbnail_id=picture.id,
        links=(("https://youtu.be/1", "Watch it"), ("https://a.example/", "")),
        skills=("Small talk", "Spanish"),
    )
    one, two = portfolio_items.cards(db, carla.id)
    assert (one.id, one.title, two.title) == (first.id, "First", "Second")
    assert one.links == (("https://youtu.be/1", "Watch it"), ("https://a.example/", ""))
    assert (one.skills, two.skills) == (("Small talk", "Spanish"), ())
    assert (one.thumbnail, two.thumbnail) == ("t" * 43, None)
    assert portfolio_items.one(db, first.id) == one


def test_what_carla_removed_is_only_seen_by_her_and_only_for_a_while(db, carla):
    stands = make_portfolio_item(db, carla, title="Stands")
    lately = make_portfolio_item(db, carla, title="Lately", removed_at=now())
    make_portfolio_item(
        db, carla, title="Long ago", removed_at=now() - UNDO_FOR - timedelta(seconds=1)
    )
    assert [card.id for card in portfolio_items.cards(db, carla.id)] == [stands.id]
    own = portfolio_items.lines(db, carla.id, at=now())
    assert [(card.id, card.removed) for card in own] == [(stands.id, False), (lately.id, True)]


def test_a_full_portfolio_is_read_in_two_statements(db, database, carla):
    for number in range(12):
        make_portfolio_item(db, carla, title=f"Piece {number}", skills=("Spanish", "Small talk"))
    db.flush()
    with statements(database) as sent:
        assert len(portfolio_items.cards(db, carla.id)) == 12
    assert len(sent) == 2
    with statements(database) as sent:
        assert portfolio_items.cards(db, carla.id + 10**6) == []
    assert len(sent) == 1
