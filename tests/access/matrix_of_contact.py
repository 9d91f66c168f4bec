"""Who may do what where people have blocked each other; the columns are those of matrix.py.

Sofia has blocked Carla where a state is `blocked`, and Carla her where it is `blocked_back`.
"""

MATRIX_OF_CONTACT = """
request.view             blocked       -     yes   -   yes   yes  yes  yes   yes  -   -    -
proposal.draft           blocked       -     -     -   -     yes  yes  yes   yes  -   -    -
proposal.submit          blocked       -     -     -   -     yes  -    -     yes  -   -    -
invitation.create        blocked       -     -     yes -     -    -    -     yes  -   -    -
thread.create            blocked       -     -     yes -     -    -    -     yes  -   -    -
thread.create            blocked_back  -     -     yes -     -    -    -     yes  -   -    -
thread.view              blocked       -     yes   -   yes   -    -    -     -    -   -    -
message.create           accepted      -     yes   -   yes   -    -    -     -    -   -    -
message.create           not_approved  -     yes   -   yes   -    -    -     -    -   -    -
message.create           no_student    -     -     -   -     -    -    -     -    -   -    -
message.create           no_coach      -     -     -   -     -    -    -     -    -   -    -
message.create           blocked       -     -     -   -     -    -    -     -    -   -    -
message.create           blocked_back  -     -     -   -     -    -    -     -    -   -    -
block.create             begun         -     yes   -   yes   -    -    -     -    -   -    -
block.create             not_begun     -     yes   -   yes   -    -    -     -    -   -    -
block.create             blocked       -     -     -   yes   -    -    -     -    -   -    -
block.create             blocked_back  -     yes   -   -     -    -    -     -    -   -    -
block.destroy            begun         -     -     -   -     -    -    -     -    -   -    -
block.destroy            blocked       -     yes   -   -     -    -    -     -    -   -    -
block.destroy            blocked_back  -     -     -   yes   -    -    -     -    -   -    -
"""
