"""The pages and deeds that are timed, as people write them in Flask.

Flask-SQLAlchemy's models with relations that are loaded ahead, Jinja, Gunicorn. It reads the same
database, keeps to the same rules, asks by what it may (the words of a match and the filters of
templates are ours, for they cost both the same), and sends the same HTML. `bench/sites.py` serves
it; by itself it needs requirements/bench.txt and FLASK_DATABASE.
"""

from bench.peer import coaches, messages, requests
from bench.peer.models import app

__all__ = ["app", "coaches", "messages", "requests"]
