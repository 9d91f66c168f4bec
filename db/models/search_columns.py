"""What searches look into, beside what it was made of; written by app.actions.search_entries.

The words are coded (db.search_codes). A FTS5 table or a tsvector column follows them by itself.
"""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id


class SearchColumns:
    """`search_title`: titles, names and skills, which rank before the text."""

    search_title: Mapped[str] = mapped_column(Text, default="", server_default="")
    search_facets: Mapped[str] = mapped_column(Text, default="", server_default="")


class RequestSearchColumns(SearchColumns):
    """`posting`: its place among all that were ever posted, in microseconds since 1970."""

    search_text: Mapped[str] = mapped_column(Text, default="")
    posting: Mapped[int | None] = mapped_column(Id, unique=True, index=True)
    budget_top: Mapped[int | None] = mapped_column(Id)  # by this budgets are put in order


class CoachSearchColumns(SearchColumns):
    """`listing`: the same of its approval. `rating`: in hundredths, None before three reviews."""

    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    listing: Mapped[int | None] = mapped_column(Id, unique=True, index=True)
    rating: Mapped[int | None]
    review_count: Mapped[int] = mapped_column(default=0, server_default="0")
