"""A coach's portfolio: what they show of their work."""

from sqlalchemy.orm import Session

from app.actions.list_items import Listing, add_entry, noted, require_standing
from app.actions.pictures import drop_picture, store_picture
from app.actions.skills import find_or_create_skills
from app.clock import now
from app.forms.portfolio_items import PortfolioItemForm, values_of
from app.forms.versions import version_of
from app.pictures import Upload
from db.models.accounts import Side
from db.models.pictures import PictureKind
from db.models.portfolio_items import MOST_ITEMS, PortfolioItem, PortfolioLink, PortfolioSkill
from db.queries import portfolio_items
from db.queries.portfolio_items import PortfolioCard
from db.queries.viewers import Viewer
from db.search_text import fold

PORTFOLIO = Listing(
    model=PortfolioItem,
    noun="portfolio_item",
    side=Side.COACH,
    most=MOST_ITEMS,
    columns=("category", "title", "description"),
    address="/profile/portfolio",
    form=PortfolioItemForm,
    values_of=values_of,
    lines=portfolio_items.lines,
)


def add_portfolio_item(
    db: Session,
    coach_id: int,
    form: PortfolioItemForm,
    thumbnail: Upload | None = None,
    *,
    by: Viewer,
) -> PortfolioItem:
    """One more piece of work, at the end. Raises Refused when there are twelve."""
    written = PORTFOLIO.written(form) | {"created_at": now()}
    item: PortfolioItem = add_entry(db, PORTFOLIO, coach_id, written, by=by)
    _write_links(db, item, form.links)
    _write_skills(db, item, form.skill_names)
    _write_thumbnail(db, item, thumbnail)
    return item


def update_portfolio_item(
    db: Session,
    item: PortfolioItem,
    form: PortfolioItemForm,
    thumbnail: Upload | None = None,
    *,
    by: Viewer,
) -> None:
    """Other words, links, skills or picture in the same item; the same again change nothing."""
    require_standing(PORTFOLIO, item)
    written = PORTFOLIO.written(form)
    changed = [name for name, value in written.items() if getattr(item, name) != value]
    for name in changed:
        setattr(item, name, written[name])
    if _write_links(db, item, form.links):
        changed.append("links")
    if _write_skills(db, item, form.skill_names):
        changed.append("skills")
    if _write_thumbnail(db, item, thumbnail, remove=form.remove_thumbnail):
        changed.append("thumbnail")
    if changed:
        noted(db, PORTFOLIO, "changed", item, by=by, changed=changed)


def is_stale(stored: PortfolioCard, form: PortfolioItemForm) -> bool:
    """Whether the form was opened on other words than are stored now, and would replace them."""
    same = all(getattr(stored, name) == getattr(form, name) for name in PORTFOLIO.columns)
    same = same and stored.links == tuple(form.links)
    same = same and [*map(fold, stored.skills)] == [*map(fold, form.skill_names)]
    return not same and form.version != version_of(values_of(stored))


def _write_links(db: Session, item: PortfolioItem, wanted: list[tuple[str, str]]) -> bool:
    """Whether that changed anything."""
    kept = portfolio_items.links_of(db, item.id)
    if [(link.address, link.label) for link in kept] == wanted:
        return False
    for position, (address, label) in enumerate(wanted):
        if position < len(kept):
            kept[position].address, kept[position].label = address, label
        else:
            link = PortfolioLink(item_id=item.id, position=position, address=address, label=label)
            db.add(link)
    for link in kept[len(wanted) :]:
        db.delete(link)
    return True


def _write_skills(db: Session, item: PortfolioItem, names: list[str]) -> bool:
    """Whether that changed anything."""
    wanted = [skill.id for skill in find_or_create_skills(db, names)]
    kept = {place.skill_id: place for place in portfolio_items.skills_of(db, item.id)}
    if list(kept) == wanted:
        return False
    for position, skill_id in enumerate(wanted):
        place = kept.pop(skill_id, None) or PortfolioSkill(item_id=item.id, skill_id=skill_id)
        place.position = position
        db.add(place)
    for place in kept.values():
        db.delete(place)
    return True


def _write_thumbnail(
    db: Session, item: PortfolioItem, sent: Upload | None, *, remove: bool = False
) -> bool:
    """Whether that changed anything. A picture that was sent takes the place of the old one."""
    before = item.thumbnail_id
    if sent is None and not (remove and before):
        return False
    item.thumbnail_id = None
    if sent is not None:
        kept = store_picture(db, item.account_id, PictureKind.THUMBNAIL, sent, field="thumbnail")
        item.thumbnail_id = kept.id
    drop_picture(db, before)
    return True
