"""Who may do what about the time of a session; read together with matrix.py.

The session is Sofia's and Carla's, and Carla offers the time. `asked` is one that Sofia offers,
`lapsed` one whose offer has run out, `begun` one that is under way, `paused` one without a time of
a paused contract. The coach (`no_coach`) or the student (`no_student`) of one without a time is
suspended, and so is Carla since she has offered a time (`left`).
"""

MATRIX_OF_SESSIONS = """
session.list             -                -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
session.view             unscheduled      -     yes   -   yes   -    -    -     -    -   -    -
session.view             scheduled        -     yes   -   yes   -    -    -     -    -   -    -
session.view             void             -     yes   -   yes   -    -    -     -    -   -    -
session.offer            unscheduled      -     yes   -   yes   -    -    -     -    -   -    -
session.offer            proposed         -     -     -   -     -    -    -     -    -   -    -
session.offer            lapsed           -     yes   -   yes   -    -    -     -    -   -    -
session.offer            scheduled        -     yes   -   yes   -    -    -     -    -   -    -
session.offer            begun            -     -     -   -     -    -    -     -    -   -    -
session.offer            ended            -     -     -   -     -    -    -     -    -   -    -
session.offer            completed        -     -     -   -     -    -    -     -    -   -    -
session.offer            cancelled_early  -     -     -   -     -    -    -     -    -   -    -
session.offer            void             -     -     -   -     -    -    -     -    -   -    -
session.offer            paused           -     -     -   -     -    -    -     -    -   -    -
session.offer            no_coach         -     -     -   -     -    -    -     -    -   -    -
session.offer            no_student       -     -     -   -     -    -    -     -    -   -    -
session.agree            proposed         -     yes   -   -     -    -    -     -    -   -    -
session.agree            asked            -     -     -   yes   -    -    -     -    -   -    -
session.agree            lapsed           -     -     -   -     -    -    -     -    -   -    -
session.agree            unscheduled      -     -     -   -     -    -    -     -    -   -    -
session.agree            scheduled        -     -     -   -     -    -    -     -    -   -    -
session.agree            left             -     -     -   -     -    -    -     -    -   -    -
session.decline          left             -     yes   -   -     -    -    -     -    -   -    -
session.decline          proposed         -     yes   -   -     -    -    -     -    -   -    -
session.decline          asked            -     -     -   yes   -    -    -     -    -   -    -
session.decline          lapsed           -     -     -   -     -    -    -     -    -   -    -
session.decline          scheduled        -     -     -   -     -    -    -     -    -   -    -
session.take_back        proposed         -     -     -   yes   -    -    -     -    -   -    -
session.take_back        asked            -     yes   -   -     -    -    -     -    -   -    -
session.take_back        lapsed           -     -     -   -     -    -    -     -    -   -    -
session.take_back        scheduled        -     -     -   -     -    -    -     -    -   -    -
session.cancel           scheduled        -     yes   -   yes   -    -    -     -    -   -    -
session.cancel           unscheduled      -     -     -   -     -    -    -     -    -   -    -
session.cancel           proposed         -     -     -   -     -    -    -     -    -   -    -
session.cancel           begun            -     -     -   -     -    -    -     -    -   -    -
session.cancel           ended            -     -     -   -     -    -    -     -    -   -    -
session.cancel           cancelled_late   -     -     -   -     -    -    -     -    -   -    -
session.link             unscheduled      -     -     -   yes   -    -    -     -    -   -    -
session.link             scheduled        -     -     -   yes   -    -    -     -    -   -    -
session.link             begun            -     -     -   yes   -    -    -     -    -   -    -
session.link             ended            -     -     -   -     -    -    -     -    -   -    -
session.link             void             -     -     -   -     -    -    -     -    -   -    -
"""
