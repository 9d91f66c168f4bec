"""What the entries of a profile's lists have in common: a place, and a way back after removal."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped, mapped_column

from db.types import Id

UNDO_FOR = timedelta(minutes=15)


class ListItem:
    """An entry its owner adds, changes, moves and removes.

    A removed one can be put back for a while (UNDO_FOR); nobody but the owner still sees it, and
    the sweeper deletes it later.
    """

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None]
