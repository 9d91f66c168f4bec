"""What the form of a proposal is built on, so that one tab never overwrites another unseen.

`page` names the page that shows the form, and is kept with the words: whoever wrote last goes on,
even where an answer was lost. `words` tells what was stored when the page was opened.
"""

from typing import Any

from app.forms.form import Bound, Posted
from app.forms.versions import is_unread, version_of

NOT_WORDS = ("action", "form_key", "page", "words")


def marked(form: Bound[Any], stored: Posted, page: str) -> Bound[Any]:
    """The same form, on a page of its own, and built on what is stored."""
    marks = {"page": [page], "words": [version_of(_words(stored))]}
    return Bound({**form.raw, **marks}, form.errors, None, frozenset())


def is_outdated(posted: Posted, stored: Posted) -> bool:
    """Whether other words are stored than those this page was opened on, or has written."""
    page = "".join(posted.get("page", ()))
    if page and page == "".join(stored.get("page", ())):
        return False
    there = _words(stored)
    if not is_unread("".join(posted.get("words", ())), there):
        return False
    return is_unread(version_of(_words(posted)), there)


def _words(posted: Posted) -> Posted:
    return {name: posted[name] for name in posted if name not in NOT_WORDS}
