"""What the routes about how sessions went answer to whom; read together with answers.py."""

ANSWERS_OF_OUTCOMES = """
session_outcomes.confirm    sofias  in    ok    404   403   404   404   404   404   in    404   404
session_outcomes.confirm    sams    in    404   ok    404   403   404   404   404   in    404   404
session_outcomes.confirm    missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.no_show    sofias  in    ok    404   ok    404   404   404   404   in    404   404
session_outcomes.no_show    sams    in    404   ok    404   ok    404   404   404   in    404   404
session_outcomes.no_show    missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.problem    sofias  in    ok    404   ok    404   404   404   404   in    404   404
session_outcomes.problem    sams    in    404   ok    404   ok    404   404   404   in    404   404
session_outcomes.problem    missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.waive      sofias  in    403   404   ok    404   404   404   404   in    403   403
session_outcomes.waive      sams    in    404   403   404   ok    404   404   404   in    403   403
session_outcomes.waive      missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.index      -       in    403   403   403   403   403   403   403   in    ok    ok
session_outcomes.show       sofias  in    403   404   403   404   404   404   404   in    ok    ok
session_outcomes.show       sams    in    404   403   404   403   404   404   404   in    ok    ok
session_outcomes.show       missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.decide     sofias  in    403   404   403   404   404   404   404   in    ok    ok
session_outcomes.decide     sams    in    404   403   404   403   404   404   404   in    ok    ok
session_outcomes.decide     missing in    404   404   404   404   404   404   404   in    404   404
session_outcomes.reverse    sofias  in    403   404   403   404   404   404   404   in    ok    ok
session_outcomes.reverse    sams    in    404   403   404   403   404   404   404   in    ok    ok
session_outcomes.reverse    missing in    404   404   404   404   404   404   404   in    404   404
"""
