"""What each route answers to whom: one line a route and thing, one column a person.

`sofias` is the thing the samples name (see tests/house/conftest.py), `sams` the same kind of thing
of another student and coach, `missing` one that does not exist; `-` where an address names none.
Forms are sent as tests/house/filled.py fills them in.

`ok` was done or shown (also by leading on), `in` leads to the sign-in, `prove` asks for the
password again, and a number is the status of the refusal: 404 not theirs to see, 403 not theirs
to do, 409 too late, 422 the form was wrong.
"""

PEOPLE = (
    "guest", "sofia", "sam", "carla", "cole", "noor", "petra", "dora", "sid", "mina", "ada",
)  # fmt: skip

ANSWERS = """
route                   thing    guest sofia sam   carla cole  noor  petra dora  sid   mina  ada
"""
