"""What the processes write: one line of JSON each, whatever is in it."""

import json
import logging
import sys

import pytest

from app.logs import Lines, fields
from app.main import create_app
from tests.web.probe import Probe


@pytest.fixture
def written(caplog):
    """What has been written so far, read as a machine would."""
    caplog.handler.setFormatter(Lines())
    caplog.set_level(logging.INFO)
    return lambda: [json.loads(line) for line in caplog.text.splitlines()]


def test_a_line_says_when_where_and_what(written):
    logging.getLogger("skileez.jobs").warning("%s failed\n—twice", "it", extra=fields(account=7))
    [line] = written()
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "warning", "log": "skileez.jobs", "message": "it failed\n—twice", "account": 7,
    }  # fmt: skip


def test_a_traceback_is_one_field():
    # Not by way of caplog: a report with half a letter in it stops a run of several processes.
    try:
        raise ZeroDivisionError("half a \ud800 letter")
    except ZeroDivisionError:
        broken = logging.makeLogRecord({"levelname": "ERROR", "exc_info": sys.exc_info()})
    line = json.loads(Lines().format(broken))
    assert line["traceback"].startswith("Traceback (most recent call last):\n")
    assert line["traceback"].endswith("half a \ud800 letter")


@pytest.fixture
def app(settings, database):
    return create_app(settings, database, [Probe])


def test_the_number_on_the_page_finds_the_fault(browser, sofia, written):
    answer = browser.as_(sofia).send("GET", "/probe/trouble/lost-template")
    number = answer.headers["x-request-id"]
    assert answer.status == 500 and answer.says(number)
    lines = [line for line in written() if line.get("request") == number]
    fault = next(line for line in lines if line["level"] == "error")
    assert "TemplateNotFound" in fault["traceback"]
    done = next(line for line in lines if line["log"] == "skileez.requests")
    assert (done["route"], done["method"], done["status"]) == ("probe.look_for_trouble", "GET", 500)
    assert done["bytes"] > 500 and done["ms"] > 0
