"""Who may do what about invitations; read together with matrix.py, whose columns these are.

The invitation is Sofia's to Carla; `on_` names the state of its request, where that is not open.
"""

MATRIX_OF_INVITATIONS = """
invitation.list          -             -     -     -   yes   yes  yes  yes   yes  -   -    -
invitation.create        draft         -     -     -   -     -    -    -     -    -   -    -
invitation.create        submitted     -     -     -   -     -    -    -     -    -   -    -
invitation.create        approved      -     yes   yes -     -    -    -     yes  -   -    -
invitation.create        suspended     -     -     -   -     -    -    -     -    -   -    -
invitation.decline       open          -     -     -   yes   -    -    -     -    -   -    -
invitation.decline       answered      -     -     -   -     -    -    -     -    -   -    -
invitation.decline       declined      -     -     -   -     -    -    -     -    -   -    -
invitation.decline       withdrawn     -     -     -   -     -    -    -     -    -   -    -
invitation.decline       expired       -     -     -   -     -    -    -     -    -   -    -
invitation.decline       on_paused     -     -     -   yes   -    -    -     -    -   -    -
invitation.decline       on_filled     -     -     -   -     -    -    -     -    -   -    -
invitation.decline       on_closed     -     -     -   -     -    -    -     -    -   -    -
invitation.decline       on_expired    -     -     -   -     -    -    -     -    -   -    -
invitation.decline       on_removed    -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      open          -     yes   -   -     -    -    -     -    -   -    -
invitation.withdraw      answered      -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      declined      -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      withdrawn     -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      expired       -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      on_paused     -     yes   -   -     -    -    -     -    -   -    -
invitation.withdraw      on_filled     -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      on_closed     -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      on_expired    -     -     -   -     -    -    -     -    -   -    -
invitation.withdraw      on_removed    -     -     -   -     -    -    -     -    -   -    -
"""
