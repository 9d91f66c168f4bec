"""What a coach shows of their work: an ordered list, changed in place."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.list_items import move_entry, remove_entry, restore_entry
from app.actions.portfolio_items import (
    PORTFOLIO,
    add_portfolio_item,
    is_stale,
    update_portfolio_item,
)
from app.controllers.list_items import ListPages, added, edit_page, list_page, listed, new_page
from app.forms.portfolio_items import PortfolioItemForm
from app.web.request import Request
from app.web.respond import Page
from app.web.routes import get, post
from db.models.portfolio_items import PortfolioItem
from db.queries import portfolio_items

PAGES = ListPages(
    listing=PORTFOLIO,
    called="portfolio_items",
    index=Page("portfolio_items/index", part="portfolio_items/list"),
    new=Page("portfolio_items/index", part="portfolio_items/new"),
    added="portfolio_items/added.swaps",
    region="portfolio-item-list",
)


class PortfolioItems(Controller):
    """A coach's own list, and what is done to its items."""

    path = PORTFOLIO.address

    @get("/", allow=Permission.LIST_PORTFOLIO, name="portfolio_items.index")
    def index(self, request: Request) -> Response[str]:
        return list_page(request, PAGES, PAGES.index)

    @post("/", allow=Permission.LIST_PORTFOLIO, name="portfolio_items.create", uploads=True)
    def create(self, request: Request) -> Response[str]:
        form = request.filled(PortfolioItemForm, again=partial(new_page, request, PAGES))
        thumbnail = request.files.get("thumbnail")
        item = add_portfolio_item(request.db, request.viewer.id, form, thumbnail, by=request.viewer)
        request.db.flush()
        return added(request, PAGES, item)

    @get("/{item_id:str}", allow=Permission.CHANGE_PORTFOLIO_ITEM, name="portfolio_items.edit")
    def edit(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        return edit_page(request, PAGES, portfolio_items.one(request.db, item.id))

    @post(
        "/{item_id:str}",
        allow=Permission.CHANGE_PORTFOLIO_ITEM,
        name="portfolio_items.update",
        uploads=True,
    )
    def update(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        stored = portfolio_items.one(request.db, item.id)
        form = request.filled(PortfolioItemForm, again=partial(edit_page, request, PAGES, stored))
        if is_stale(stored, form):
            return edit_page(request, PAGES, stored, late=True)
        thumbnail = request.files.get("thumbnail")
        update_portfolio_item(request.db, item, form, thumbnail, by=request.viewer)
        return listed(request, PAGES, item)

    @post(
        "/{item_id:str}/up", allow=Permission.CHANGE_PORTFOLIO_ITEM, name="portfolio_items.move_up"
    )
    def move_up(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        move_entry(request.db, PORTFOLIO, item, "up", by=request.viewer)
        return listed(request, PAGES, item, button="up")

    @post(
        "/{item_id:str}/down",
        allow=Permission.CHANGE_PORTFOLIO_ITEM,
        name="portfolio_items.move_down",
    )
    def move_down(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        move_entry(request.db, PORTFOLIO, item, "down", by=request.viewer)
        return listed(request, PAGES, item, button="down")

    @post(
        "/{item_id:str}/remove",
        allow=Permission.CHANGE_PORTFOLIO_ITEM,
        name="portfolio_items.remove",
    )
    def remove(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        remove_entry(request.db, PORTFOLIO, item, by=request.viewer)
        return listed(request, PAGES, item)

    @post(
        "/{item_id:str}/restore",
        allow=Permission.CHANGE_PORTFOLIO_ITEM,
        name="portfolio_items.restore",
    )
    def restore(self, request: Request, item_id: FromPath[str]) -> Response[str]:
        item = request.allowed(PortfolioItem, item_id)
        restore_entry(request.db, PORTFOLIO, item, by=request.viewer)
        return listed(request, PAGES, item)
