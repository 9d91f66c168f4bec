"""What the processes say on standard error: JSON for machines that read it, words on a terminal."""

import json
import logging
import sys
from typing import Any

from app.clock import now

WORDS = "%(asctime)s %(levelname)s %(message)s"


class Lines(logging.Formatter):
    """One line of JSON each; the traceback of a fault is a field of it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
        }
        if record.msg:
            line["message"] = record.getMessage()
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


def fields(**more: Any) -> dict[str, Any]:
    """What a call of a logger takes as `extra`, to stand in fields of its line."""
    return {"fields": more}


def begin(log_format: str) -> None:
    """Let this process, and those it forks, write `json` or `text`; the first call decides."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines() if log_format == "json" else logging.Formatter(WORDS))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
