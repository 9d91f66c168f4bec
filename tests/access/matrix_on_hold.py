"""Who may do what with a request whose student is suspended; the columns are those of matrix.py."""

MATRIX_ON_HOLD = """
request.view             on_hold       -     -     -   yes   yes  -    -     -    -   -    -
bookmark.create          on_hold       -     -     -   -     -    -    -     -    -   -    -
bookmark.destroy         on_hold       -     -     -   yes   yes  -    -     -    -   -    -
proposal.draft           on_hold       -     -     -   -     -    -    -    -     -   -    -
proposal.submit          on_hold       -     -     -   -     -    -    -     -    -   -    -
"""
