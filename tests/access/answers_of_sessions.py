"""What the routes of sessions and of calendars answer to whom; read with answers.py."""

ANSWERS_OF_SESSIONS = """
learning_sessions.index     -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
learning_sessions.show      sofias  in    ok    404   ok    404   404   404   404   in    404   404
learning_sessions.show      sams    in    404   ok    404   ok    404   404   404   in    404   404
learning_sessions.show      missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.offer     sofias  in    ok    404   ok    404   404   404   404   in    404   404
learning_sessions.offer     sams    in    404   ok    404   ok    404   404   404   in    404   404
learning_sessions.offer     missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.agree     sofias  in    ok    404   403   404   404   404   404   in    404   404
learning_sessions.agree     sams    in    404   ok    404   403   404   404   404   in    404   404
learning_sessions.agree     missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.decline   sofias  in    ok    404   403   404   404   404   404   in    404   404
learning_sessions.decline   sams    in    404   ok    404   403   404   404   404   in    404   404
learning_sessions.decline   missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.take_back sofias  in    403   404   ok    404   404   404   404   in    404   404
learning_sessions.take_back sams    in    404   403   404   ok    404   404   404   in    404   404
learning_sessions.take_back missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.cancel    sofias  in    ok    404   ok    404   404   404   404   in    404   404
learning_sessions.cancel    sams    in    404   ok    404   ok    404   404   404   in    404   404
learning_sessions.cancel    missing in    404   404   404   404   404   404   404   in    404   404
learning_sessions.link      sofias  in    403   404   ok    404   404   404   404   in    404   404
learning_sessions.link      sams    in    404   403   404   ok    404   404   404   in    404   404
learning_sessions.link      missing in    404   404   404   404   404   404   404   in    404   404
calendars.edit              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
calendars.make              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
calendars.renew             -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
calendars.end               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
calendars.download          sofias  in    ok    404   ok    404   404   404   404   in    404   404
calendars.download          sams    in    404   ok    404   ok    404   404   404   in    404   404
calendars.download          missing in    404   404   404   404   404   404   404   in    404   404
calendars.feed              sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
calendars.feed              sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
calendars.feed              missing 404   404   404   404   404   404   404   404   404   404   404
"""
