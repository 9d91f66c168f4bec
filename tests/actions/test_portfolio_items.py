import msgspec
import pytest

from app.actions.list_items import remove_entry, restore_entry
from app.actions.portfolio_items import (
    PORTFOLIO,
    add_portfolio_item,
    is_stale,
    update_portfolio_item,
)
from app.clock import now
from app.errors import Refused, WrongState
from app.forms.portfolio_items import PortfolioItemForm, values_of
from app.forms.versions import version_of
from db.models.events import Event
from db.models.portfolio_items import Category
from db.queries import portfolio_items
from tests.factories import make_portfolio_item, make_skill

FORM = PortfolioItemForm(
    category=Category.TUTORIAL,
    title="Small talk at the market",
    description="Ten minutes that show how we would begin, with subtitles.",
    link_1="https://youtu.be/1",
    label_1="Watch it",
    link_2="https://carla.example/",
    skills="small talk, Spanish",
)


def but(**changes):
    return msgspec.structs.replace(FORM, **changes)


def told(db, item):
    events = db.query(Event).filter_by(subject="portfolio_item", subject_id=item.id)
    return [(e.name, e.actor_id, e.side, e.detail) for e in events.order_by(Event.id)]


@pytest.fixture
def item(db, carla, viewer):
    return add_portfolio_item(db, carla.id, FORM, by=viewer(carla))


def stored(db, item):
    db.flush()
    return portfolio_items.one(db, item.id)


def test_what_carla_adds_is_kept_with_its_links_and_skills(db, carla, item):
    make_skill(db, "Small talk")
    card = stored(db, item)
    assert (card.category, card.title) == (Category.TUTORIAL, "Small talk at the market")
    assert card.links == (("https://youtu.be/1", "Watch it"), ("https://carla.example/", ""))
    assert [name.lower() for name in card.skills] == ["small talk", "spanish"]
    assert told(db, item) == [("portfolio_item.added", carla.id, "coach", {})]


def test_links_change_places_and_go(db, carla, viewer, item):
    first, second = [link.id for link in portfolio_items.links_of(db, item.id)]
    turned = but(link_1=FORM.link_2, label_1="", link_2=FORM.link_1, label_2="Watch it")
    update_portfolio_item(db, item, turned, by=viewer(carla))
    assert stored(db, item).links == tuple(turned.links)
    assert [link.id for link in portfolio_items.links_of(db, item.id)] == [first, second]
    update_portfolio_item(db, item, but(link_2=""), by=viewer(carla))
    assert stored(db, item).links == (("https://youtu.be/1", "Watch it"),)
    assert [event[3] for event in told(db, item)][1:] == [{"changed": ["links"]}] * 2


def test_skills_change_places_and_go(db, carla, viewer, item):
    update_portfolio_item(db, item, but(skills="Spanish, small talk"), by=viewer(carla))
    assert [name.lower() for name in stored(db, item).skills] == ["spanish", "small talk"]
    update_portfolio_item(db, item, but(skills="Grammar, Spanish"), by=viewer(carla))
    assert stored(db, item).skills == ("Grammar", "Spanish")
    update_portfolio_item(db, item, but(skills=""), by=viewer(carla))
    assert stored(db, item).skills == ()
    assert [event[3] for event in told(db, item)][1:] == [{"changed": ["skills"]}] * 3


def test_the_same_words_again_are_no_change(db, carla, viewer, item):
    update_portfolio_item(db, item, FORM, by=viewer(carla))
    assert [event[0] for event in told(db, item)] == ["portfolio_item.added"]


def test_history_says_which_words_were_changed(db, carla, viewer, item):
    update_portfolio_item(
        db, item, but(title="At the market", category=Category.OTHER), by=viewer(carla)
    )
    assert told(db, item)[1][3] == {"changed": ["category", "title"]}


def test_what_was_removed_meanwhile_is_not_changed(db, carla, viewer, item):
    remove_entry(db, PORTFOLIO, item, by=viewer(carla))
    with pytest.raises(WrongState, match="removed meanwhile"):
        update_portfolio_item(db, item, but(title="At the market"), by=viewer(carla))


def test_twelve_are_all_and_removed_ones_do_not_count(db, carla, viewer, item):
    gone = make_portfolio_item(db, carla, removed_at=now())
    for _ in range(11):
        make_portfolio_item(db, carla)
    with pytest.raises(Refused, match="12 fit here"):
        add_portfolio_item(db, carla.id, FORM, by=viewer(carla))
    with pytest.raises(WrongState, match="12 fit here"):
        restore_entry(db, PORTFOLIO, gone, by=viewer(carla))
    remove_entry(db, PORTFOLIO, item, by=viewer(carla))
    add_portfolio_item(db, carla.id, FORM, by=viewer(carla))


def test_a_form_that_was_opened_on_older_words_is_stale(db, carla, viewer, item):
    opened = stored(db, item)
    version = version_of(values_of(opened))
    assert not is_stale(opened, but(title="Mine is newer", version=version))
    update_portfolio_item(db, item, but(label_2="My page"), by=viewer(carla))
    card = stored(db, item)
    assert is_stale(card, but(title="Mine is newer", version=version))
    assert not is_stale(card, but(label_2="My page", skills=", ".join(card.skills)))
