"""What the routes of earnings and payments answer to whom; read together with answers.py."""

ANSWERS_OF_EARNINGS = """
earnings.index              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
earnings.download           -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
payments.mark_paid          sofias  in    ok    404   403   404   404   404   404   in    404   404
payments.mark_paid          sams    in    404   ok    404   403   404   404   404   in    404   404
payments.mark_paid          missing in    404   404   404   404   404   404   404   in    404   404
payments.mark_received      sofias  in    403   404   ok    404   404   404   404   in    404   404
payments.mark_received      sams    in    404   403   404   ok    404   404   404   in    404   404
payments.mark_received      missing in    404   404   404   404   404   404   404   in    404   404
"""
