"""What one person is shown of another."""

from datetime import datetime, timedelta

KNOWN_FOR = timedelta(days=90)  # after a contract is over, as long as the two may still settle it


def still_known(ended_at: datetime | None, at: datetime) -> bool:
    """Whether a coach may know of a student what an accepted proposal shows, by its contract."""
    return ended_at is None or at < ended_at + KNOWN_FOR


def student_name(first_name: str, last_name: str, *, wrote: bool, accepted: bool) -> str:
    """Matrix B: a student's name as a coach sees it; "" as long as it is not theirs to know.

    The first name once the student wrote to the coach or invited them, the full name once they
    accepted a proposal of this coach. A coach's own name is public.
    """
    if accepted:
        return f"{first_name} {last_name}"
    return first_name if wrote else ""
