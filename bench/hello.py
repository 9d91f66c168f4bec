"""The framework saying hello, and nothing else: what no page of ours can be quicker than."""

from litestar import Litestar, get


@get("/hello", sync_to_thread=False)
def hello() -> str:
    """As short as it gets."""
    return "hello"


app = Litestar([hello], openapi_config=None, logging_config=None)
