"""What is told about messages: that some have stayed unread, to the one they are for."""

from sqlalchemy.orm import Session

from app.mail.message import LIKE_A_LINK
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import NoticeKind
from db.models.threads import Thread

# Never what was written: mails are read on locked screens, on borrowed phones and by whoever runs
# the mailbox, and they stay when a message was hidden. Who wrote is as much as matrix B allows,
# and stays out of the subject, which is all that a locked screen shows.


def message_unread(
    db: Session,
    reader: Account,
    event: Event,
    thread: Thread,
    side: Side,
    *,
    who: str,
    unread: int,
    title: str,
) -> None:
    """That somebody wrote, how many messages wait, and what connects the two."""
    if not who or LIKE_A_LINK.search(who):  # a name must put no link into a mail
        who = "A coach" if side is Side.STUDENT else "A student"
    notify(
        db, reader, event, kind=NoticeKind.MESSAGE, name="message_unread", side=side,
        path=f"/messages/{thread.id}", thread_id=thread.id,
        who=who, unread=unread, title=title, thread=thread.id,
    )  # fmt: skip
