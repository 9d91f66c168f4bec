"""Who may say how a session went, and who decides; read together with matrix_of_sessions.py.

`waited` is one that began a quarter of an hour ago, `unwritten` one that is over although the
clock has not said so, `outwaited` one whose 72 hours have passed. Carla's sessions are Sofia's, and
`minas` is one of Mina's as a student; `reported_once` was reported, and is completed.
"""

MATRIX_OF_OUTCOMES = """
session.confirm          unscheduled      -     -     -   -     -    -    -     -    -   -    -
session.confirm          scheduled        -     -     -   -     -    -    -     -    -   -    -
session.confirm          waited           -     -     -   -     -    -    -     -    -   -    -
session.confirm          unwritten        -     yes   -   -     -    -    -     -    -   -    -
session.confirm          ended            -     yes   -   -     -    -    -     -    -   -    -
session.confirm          outwaited        -     -     -   -     -    -    -     -    -   -    -
session.confirm          no_show_student  -     yes   -   -     -    -    -     -    -   -    -
session.confirm          no_show_coach    -     yes   -   -     -    -    -     -    -   -    -
session.confirm          problem          -     yes   -   -     -    -    -     -    -   -    -
session.confirm          completed        -     -     -   -     -    -    -     -    -   -    -
session.confirm          resolved         -     -     -   -     -    -    -     -    -   -    -
session.confirm          cancelled_late   -     -     -   -     -    -    -     -    -   -    -
session.no_show          scheduled        -     -     -   -     -    -    -     -    -   -    -
session.no_show          begun            -     -     -   -     -    -    -     -    -   -    -
session.no_show          waited           -     yes   -   yes   -    -    -     -    -   -    -
session.no_show          unwritten        -     yes   -   yes   -    -    -     -    -   -    -
session.no_show          ended            -     yes   -   yes   -    -    -     -    -   -    -
session.no_show          outwaited        -     -     -   -     -    -    -     -    -   -    -
session.no_show          problem          -     -     -   -     -    -    -     -    -   -    -
session.no_show          completed        -     -     -   -     -    -    -     -    -   -    -
session.problem          waited           -     -     -   -     -    -    -     -    -   -    -
session.problem          unwritten        -     yes   -   yes   -    -    -     -    -   -    -
session.problem          ended            -     yes   -   yes   -    -    -     -    -   -    -
session.problem          outwaited        -     -     -   -     -    -    -     -    -   -    -
session.problem          problem          -     -     -   -     -    -    -     -    -   -    -
session.problem          completed        -     -     -   -     -    -    -     -    -   -    -
session.waive            ended            -     -     -   -     -    -    -     -    -   -    -
session.waive            no_show_student  -     -     -   yes   -    -    -     -    -   -    -
session.waive            no_show_coach    -     -     -   yes   -    -    -     -    -   -    -
session.waive            problem          -     -     -   yes   -    -    -     -    -   -    -
session.waive            resolved         -     -     -   -     -    -    -     -    -   -    -
session.list_reported    -                -     -     -   -     -    -    -     -    -   yes  yes
session.examine          ended            -     -     -   -     -    -    -     -    -   -    -
session.examine          problem          -     -     -   -     -    -    -     -    -   yes  yes
session.examine          reported_once    -     -     -   -     -    -    -     -    -   yes  yes
session.examine          minas            -     -     -   -     -    -    -     -    -   -    yes
session.decide           ended            -     -     -   -     -    -    -     -    -   -    -
session.decide           no_show_student  -     -     -   -     -    -    -     -    -   yes  yes
session.decide           no_show_coach    -     -     -   -     -    -    -     -    -   yes  yes
session.decide           problem          -     -     -   -     -    -    -     -    -   yes  yes
session.decide           minas            -     -     -   -     -    -    -     -    -   -    yes
session.decide           reported_once    -     -     -   -     -    -    -     -    -   -    -
session.decide           resolved         -     -     -   -     -    -    -     -    -   -    -
session.reverse          problem          -     -     -   -     -    -    -     -    -   -    -
session.reverse          completed        -     -     -   -     -    -    -     -    -   -    -
session.reverse          reported_once    -     -     -   -     -    -    -     -    -   yes  yes
session.reverse          resolved         -     -     -   -     -    -    -     -    -   -    -
"""
