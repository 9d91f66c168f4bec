"""Who may review a contract, reply, and see what students are given; read together with matrix.py.

The contract is Sofia's and Carla's: `long_over` for 14 days. The review is Sofia's of Carla, but
for `about_sofia`, which is Carla's; `old` was published 28 days ago.
"""

MATRIX_OF_REVIEWS = """
review.create            active        -     yes   -     -   -     -    -    -     -    -    -
review.create            paused        -     yes   -     -   -     -    -    -     -    -    -
review.create            completed     -     yes   -     yes -     -    -    -     -    -    -
review.create            ended_early   -     yes   -     yes -     -    -    -     -    -    -
review.create            long_over     -     -     -     -   -     -    -    -     -    -    -
review.reply             sealed        -     -     -     -   -     -    -    -     -    -    -
review.reply             published     -     -     -     yes -     -    -    -     -    -    -
review.reply             due           -     -     -     yes -     -    -    -     -    -    -
review.reply             replied       -     -     -     -   -     -    -    -     -    -    -
review.reply             old           -     -     -     -   -     -    -    -     -    -    -
review.reply             about_sofia   -     -     -     -   -     -    -    -     -    -    -
rating.view              -             -     -     -     yes   yes  yes  yes   yes  -   -    -
"""
