"""Handing a letter over: to the mail server, or into the data folder where there is none."""

import threading
from collections.abc import Callable

from app.mail import folder, smtp
from app.mail.message import Letter
from app.mail.outcomes import NotNow
from app.settings import Settings


def deliver(
    letter: Letter, settings: Settings, hand_over: Callable[[], None], stop: threading.Event
) -> None:
    """Hand a letter over, calling `hand_over` just before. Raises NotNow, Never or Unknown.

    It takes half a minute at most, whatever a server does, and less once `stop` is set.
    """
    if settings.smtp_url:
        smtp.send(letter, settings, hand_over, stop)
        return
    try:
        folder.write(settings.data_dir, letter, hand_over)
    except TimeoutError:
        raise  # of the database, which had to be told first
    except OSError as error:
        raise NotNow(f"The data folder does not take it: {error.strerror}.") from error
