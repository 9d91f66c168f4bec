"""Who sees what they earned or spent, and who says what of a payment; read with matrix.py.

The payment is of Sofia's and Carla's contract, and stands as the row says.
"""

MATRIX_OF_EARNINGS = """
earnings.view            -             -     yes   yes   yes yes   yes  yes  yes   -    yes  yes
payment.mark_paid        due           -     yes   -     -   -     -    -    -     -    -    -
payment.mark_paid        paid          -     -     -     -   -     -    -    -     -    -    -
payment.mark_paid        received      -     -     -     -   -     -    -    -     -    -    -
payment.mark_paid        void          -     -     -     -   -     -    -    -     -    -    -
payment.mark_received    due           -     -     -     yes -     -    -    -     -    -    -
payment.mark_received    paid          -     -     -     yes -     -    -    -     -    -    -
payment.mark_received    received      -     -     -     -   -     -    -    -     -    -    -
payment.mark_received    void          -     -     -     -   -     -    -    -     -    -    -
"""
