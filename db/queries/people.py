"""What one person is shown of another."""


def student_name(first_name: str, last_name: str, *, wrote: bool, accepted: bool) -> str:
    """Matrix B: a student's name as a coach sees it; "" as long as it is not theirs to know.

    The first name once the student wrote to the coach or invited them, the full name once they
    accepted a proposal of this coach. A coach's own name is public.
    """
    if accepted:
        return f"{first_name} {last_name}"
    return first_name if wrote else ""
