"""What a coach writes about one piece of work, with links to where it lives."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from app.forms.fields import Line, Lines, Link, Ticked
from app.forms.form import Errors, Form, length
from app.forms.list_items import nothing_typed
from app.forms.skills import Skills
from app.links import pretends
from db.models.portfolio_items import MOST_LINKS, Category
from db.queries.portfolio_items import PortfolioCard

Label = Annotated[Line, length(0, 80)]

NUMBERS = range(1, MOST_LINKS + 1)
PRETENDS = "Say it in words: this reads like an address, and the link leads to another one."


class PortfolioItemForm(Form, frozen=True, kw_only=True):
    """One piece of work; `version` is that of the words a change was opened on."""

    category: Category
    title: Annotated[Line, length(5, 100)]
    description: Annotated[Lines, length(50, 2000)]
    link_1: Link
    link_2: Link = ""
    link_3: Link = ""
    link_4: Link = ""
    link_5: Link = ""
    label_1: Label = ""
    label_2: Label = ""
    label_3: Label = ""
    label_4: Label = ""
    label_5: Label = ""
    skills: Skills = ""
    remove_thumbnail: Ticked = False
    version: Line = ""

    @property
    def rows(self) -> list[tuple[int, str, str]]:
        """Number, link and name of the rows that the form has."""
        return [(n, getattr(self, f"link_{n}"), getattr(self, f"label_{n}")) for n in NUMBERS]

    @property
    def links(self) -> list[tuple[str, str]]:
        """The links that were given with their names, each link once."""
        named: dict[str, str] = {}
        for _, link, label in self.rows:
            if link:
                named[link] = named.get(link) or label
        return list(named.items())

    @property
    def skill_names(self) -> list[str]:
        """The skills, one name each."""
        return [name for name in self.skills.split(", ") if name]

    def check(self) -> Errors:
        """Every name has its link, and none reads like another one."""
        errors: Errors = {}
        for number, link, label in self.rows:
            if label and not link:
                errors[f"link_{number}"] = "Add the link that goes by this name."
            elif label and pretends(label, link):
                errors[f"label_{number}"] = PRETENDS
        return errors


is_blank = partial(nothing_typed, PortfolioItemForm)


def values_of(item: PortfolioCard) -> dict[str, Any]:
    """What stands in the form of an item that is stored."""
    return {
        "category": item.category,
        "title": item.title,
        "description": item.description,
        "skills": ", ".join(item.skills),
        **link_values(item.links),
    }


def link_values(links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The rows of a form that these links fill."""
    numbered = zip(NUMBERS, links, strict=False)
    return {
        name: text
        for number, (link, label) in numbered
        for name, text in ((f"link_{number}", link), (f"label_{number}", label))
    }
