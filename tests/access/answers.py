"""What each route answers to whom: one line a route and thing, one column a person.

`sofias` is the thing the samples name (see tests/house/conftest.py), `sams` the same kind of thing
of another student and coach, `missing` one that does not exist; `-` where an address names none.
Forms are sent as tests/house/filled.py fills them in.

`ok` was done or shown (also by leading on), `in` leads to the sign-in, `prove` asks for the
password again, and a number is the status of the refusal: 404 not theirs to see, 403 not theirs
to do, 409 too late, 422 the form was wrong.
"""

from tests.access.answers_of_contracts import ANSWERS_OF_CONTRACTS
from tests.access.answers_of_earnings import ANSWERS_OF_EARNINGS
from tests.access.answers_of_lists import ANSWERS_OF_LISTS
from tests.access.answers_of_outcomes import ANSWERS_OF_OUTCOMES
from tests.access.answers_of_reports import ANSWERS_OF_REPORTS
from tests.access.answers_of_reviews import ANSWERS_OF_REVIEWS
from tests.access.answers_of_sessions import ANSWERS_OF_SESSIONS

PEOPLE = (
    "guest", "sofia", "sam", "carla", "cole", "noor", "petra", "dora", "sid", "mina", "ada",
)  # fmt: skip

_ANSWERS = """
route                       thing   guest sofia sam   carla cole  noor  petra dora  sid   mina  ada
accounts.create             -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
accounts.new                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
accounts.switch_role        -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
blocks.create               sofias  in    ok    404   ok    404   404   404   404   in    404   404
blocks.create               sams    in    404   ok    404   ok    404   404   404   in    404   404
blocks.create               missing in    404   404   404   404   404   404   404   in    404   404
blocks.destroy              sofias  in    409   404   409   404   404   404   404   in    404   404
blocks.destroy              sams    in    404   409   404   409   404   404   404   in    404   404
blocks.destroy              missing in    404   404   404   404   404   404   404   in    404   404
bookmarks.create            sofias  in    403   404   ok    ok    ok    ok    ok    in    404   404
bookmarks.create            sams    in    404   403   ok    ok    ok    ok    ok    in    404   404
bookmarks.create            missing in    404   404   404   404   404   404   404   in    404   404
bookmarks.destroy           sofias  in    403   404   ok    ok    ok    ok    ok    in    404   404
bookmarks.destroy           sams    in    404   403   ok    ok    ok    ok    ok    in    404   404
bookmarks.destroy           missing in    404   404   404   404   404   404   404   in    404   404
bookmarks.note              sofias  in    403   404   ok    409   409   409   409   in    404   404
bookmarks.note              sams    in    404   403   409   409   409   409   409   in    404   404
bookmarks.note              missing in    404   404   404   404   404   404   404   in    404   404
bookmarks.index             -       in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_onboarding.begin      -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
coach_onboarding.save       sofias  in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_onboarding.save       sams    in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_onboarding.save       missing in    403   403   404   404   404   404   404   in    403   403
coach_onboarding.show       sofias  in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_onboarding.show       sams    in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_onboarding.show       missing in    403   403   404   404   404   404   404   in    403   403
coach_profiles.edit         sofias  in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_profiles.edit         sams    in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_profiles.edit         missing in    403   403   404   404   404   404   404   in    403   403
coach_profiles.show         -       in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_profiles.update       sofias  in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_profiles.update       sams    in    403   403   ok    ok    ok    ok    ok    in    403   403
coach_profiles.update       missing in    403   403   404   404   404   404   404   in    403   403
coach_approvals.approve     sofias  in    404   404   404   404   404   403   404   in    ok    ok
coach_approvals.approve     sams    in    404   404   404   404   403   404   404   in    409   409
coach_approvals.approve     missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.claim       sofias  in    404   404   404   404   404   403   404   in    ok    ok
coach_approvals.claim       sams    in    404   404   404   404   403   404   404   in    409   409
coach_approvals.claim       missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.index       -       in    403   403   403   403   403   403   403   in    ok    ok
coach_approvals.looked      sofias  in    403   403   403   403   403   403   403   in    ok    ok
coach_approvals.looked      sams    in    403   403   403   403   403   403   403   in    ok    ok
coach_approvals.looked      missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.reject      sofias  in    404   404   404   404   404   403   404   in    ok    ok
coach_approvals.reject      sams    in    404   404   404   404   403   404   404   in    409   409
coach_approvals.reject      missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.release     sofias  in    404   404   404   404   404   404   404   in    ok    409
coach_approvals.release     sams    in    404   404   404   404   404   404   404   in    409   ok
coach_approvals.release     missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.request_changes sofias  in    404   404   404   404   404   403   404   in    ok    ok
coach_approvals.request_changes sams    in    404   404   404   404   403   404   404   in    409   409
coach_approvals.request_changes missing in    404   404   404   404   404   404   404   in    404   404
coach_approvals.show        sofias  in    404   404   404   404   404   403   404   in    ok    ok
coach_approvals.show        sams    in    404   404   404   404   403   404   404   in    ok    ok
coach_approvals.show        missing in    404   404   404   404   404   404   404   in    404   404
dashboards.show             -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
dashboards.tile             sofias  in    ok    ok    404   404   404   404   ok    in    404   404
dashboards.tile             sams    in    404   404   ok    ok    ok    ok    ok    in    404   404
dashboards.tile             missing in    404   404   404   404   404   404   404   in    404   404
demo_mail.index             -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
demo_mail.show              sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
demo_mail.show              sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
demo_mail.show              missing 404   404   404   404   404   404   404   404   404   404   404
email_confirmations.confirm -       409   409   409   409   409   409   409   409   409   409   409
email_confirmations.open    sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_confirmations.open    sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_confirmations.open    missing 404   404   404   404   404   404   404   404   404   404   404
email_confirmations.send    -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_confirmations.show    -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_restorations.open     sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_restorations.open     sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
email_restorations.open     missing 404   404   404   404   404   404   404   404   404   404   404
email_restorations.restore  -       409   409   409   409   409   409   409   409   409   409   409
email_restorations.show     -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
emails.cancel               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
emails.edit                 -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
emails.update               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
handles.edit                -       in    403   403   ok    ok    ok    ok    ok    in    403   403
handles.update              -       in    403   403   ok    409   409   409   409   in    403   403
health.alive                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
health.ready                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
invitations.create          sofias  in    ok    422   403   403   403   403   403   in    403   403
invitations.create          sams    in    422   409   403   403   403   403   422   in    403   403
invitations.create          missing in    404   404   404   404   404   404   404   in    404   404
invitations.decline         sofias  in    403   404   ok    404   404   404   404   in    404   404
invitations.decline         sams    in    404   403   404   404   404   404   ok    in    404   404
invitations.decline         missing in    404   404   404   404   404   404   404   in    404   404
invitations.index           -       in    403   403   ok    ok    ok    ok    ok    in    403   403
invitations.new             sofias  in    ok    ok    403   403   403   403   403   in    403   403
invitations.new             sams    in    ok    ok    403   403   403   403   ok    in    403   403
invitations.new             missing in    404   404   404   404   404   404   404   in    404   404
invitations.withdraw        sofias  in    ok    404   403   404   404   404   404   in    404   404
invitations.withdraw        sams    in    404   ok    404   404   404   404   403   in    404   404
invitations.withdraw        missing in    404   404   404   404   404   404   404   in    404   404
landing.show                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
matches.show                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
learning_requests.close     sofias  in    ok    404   403   403   403   403   403   in    404   404
learning_requests.close     sams    in    404   ok    403   403   403   403   403   in    404   404
learning_requests.close     missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.create    -       in    ok    ok    403   403   403   403   ok    in    403   403
learning_requests.edit      sofias  in    ok    404   404   404   404   404   404   in    404   404
learning_requests.edit      sams    in    404   ok    404   404   404   404   404   in    404   404
learning_requests.edit      missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.delete    sofias  in    ok    404   404   404   404   404   404   in    404   404
learning_requests.delete    sams    in    404   ok    404   404   404   404   404   in    404   404
learning_requests.delete    missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.index     -       in    403   403   ok    ok    ok    ok    ok    in    403   403
learning_requests.mine      -       in    ok    ok    403   403   403   403   ok    in    403   403
learning_requests.new       -       in    ok    ok    403   403   403   403   ok    in    403   403
learning_requests.show      sofias  in    ok    404   ok    ok    ok    ok    ok    in    404   404
learning_requests.show      sams    in    404   ok    ok    ok    ok    ok    ok    in    404   404
learning_requests.show      missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.pause     sofias  in    ok    404   403   403   403   403   403   in    404   404
learning_requests.pause     sams    in    404   ok    403   403   403   403   403   in    404   404
learning_requests.pause     missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.renew     sofias  in    ok    404   403   403   403   403   403   in    404   404
learning_requests.renew     sams    in    404   ok    403   403   403   403   403   in    404   404
learning_requests.renew     missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.resume    sofias  in    ok    404   404   404   404   404   404   in    404   404
learning_requests.resume    sams    in    404   ok    404   404   404   404   404   in    404   404
learning_requests.resume    missing in    404   404   404   404   404   404   404   in    404   404
learning_requests.update    sofias  in    ok    404   404   404   404   404   404   in    404   404
learning_requests.update    sams    in    404   ok    404   404   404   404   404   in    404   404
learning_requests.update    missing in    404   404   404   404   404   404   404   in    404   404
messages.create             sofias  in    ok    404   ok    404   404   404   404   in    404   404
messages.create             sams    in    404   ok    404   ok    404   404   404   in    404   404
messages.create             missing in    404   404   404   404   404   404   404   in    404   404
messages.new                sofias  in    ok    404   ok    404   404   404   404   in    404   404
messages.new                sams    in    404   ok    404   ok    404   404   404   in    404   404
messages.new                missing in    404   404   404   404   404   404   404   in    404   404
offline.show                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
outgoing_mail.index         -       in    403   403   403   403   403   403   403   in    ok    ok
outgoing_mail.send_again    sofias  in    404   404   404   404   404   404   404   in    ok    ok
outgoing_mail.send_again    sams    in    404   404   404   404   404   404   404   in    ok    ok
outgoing_mail.send_again    missing in    404   404   404   404   404   404   404   in    404   404
parked_forms.show           -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
passwords.edit              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
passwords.forgotten         -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
passwords.open              sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
passwords.open              sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
passwords.open              missing 404   404   404   404   404   404   404   404   404   404   404
passwords.reset             -       409   409   409   409   409   409   409   409   409   409   409
passwords.reset_form        -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
passwords.send              -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
passwords.update            -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
places.suggest              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
pictures.show               sofias  404   ok    404   ok    404   404   404   404   404   404   404
pictures.show               sams    404   404   ok    404   ok    404   404   404   404   404   404
pictures.show               missing 404   404   404   404   404   404   404   404   404   404   404
profiles.coach              sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
profiles.coach              sams    404   404   404   404   404   ok    404   404   404   ok    ok
profiles.coach              missing 404   404   404   404   404   404   404   404   404   404   404
profiles.coaches            -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
proposals.accept            sofias  in    ok    404   403   404   404   404   404   in    404   404
proposals.accept            sams    in    404   ok    404   403   404   404   404   in    404   404
proposals.accept            missing in    404   404   404   404   404   404   404   in    404   404
proposals.compare           sofias  in    ok    404   403   403   403   403   403   in    404   404
proposals.compare           sams    in    404   ok    403   403   403   403   403   in    404   404
proposals.compare           missing in    404   404   404   404   404   404   404   in    404   404
proposals.decline           sofias  in    ok    404   403   404   404   404   404   in    404   404
proposals.decline           sams    in    404   ok    404   403   404   404   404   in    404   404
proposals.decline           missing in    404   404   404   404   404   404   404   in    404   404
proposals.decline_several   sofias  in    ok    404   403   403   403   403   403   in    404   404
proposals.decline_several   sams    in    404   ok    403   403   403   403   403   in    404   404
proposals.decline_several   missing in    404   404   404   404   404   404   404   in    404   404
proposals.delete            sofias  in    404   404   404   404   404   404   ok    in    404   404
proposals.delete            sams    in    404   404   ok    404   404   404   404   in    404   404
proposals.delete            missing in    404   404   404   404   404   404   404   in    404   404
proposals.draft             sofias  in    403   404   409   409   ok    ok    ok    in    404   404
proposals.draft             sams    in    404   403   ok    409   ok    ok    ok    in    404   404
proposals.draft             missing in    404   404   404   404   404   404   404   in    404   404
proposals.edit              sofias  in    403   404   ok    404   404   404   404   in    404   404
proposals.edit              sams    in    404   403   404   ok    404   404   404   in    404   404
proposals.edit              missing in    404   404   404   404   404   404   404   in    404   404
proposals.index             sofias  in    ok    404   403   403   403   403   403   in    404   404
proposals.index             sams    in    404   ok    403   403   403   403   403   in    404   404
proposals.index             missing in    404   404   404   404   404   404   404   in    404   404
proposals.mine              -       in    403   403   ok    ok    ok    ok    ok    in    403   403
proposals.reopen            sofias  in    409   404   403   404   404   404   404   in    404   404
proposals.reopen            sams    in    404   409   404   403   404   404   404   in    404   404
proposals.reopen            missing in    404   404   404   404   404   404   404   in    404   404
proposals.shortlist         sofias  in    ok    404   403   404   404   404   404   in    404   404
proposals.shortlist         sams    in    404   ok    404   403   404   404   404   in    404   404
proposals.shortlist         missing in    404   404   404   404   404   404   404   in    404   404
proposals.show              sofias  in    ok    404   ok    404   404   404   404   in    404   404
proposals.show              sams    in    404   ok    404   ok    404   404   404   in    404   404
proposals.show              missing in    404   404   404   404   404   404   404   in    404   404
proposals.submit            sofias  in    403   404   409   409   403   403   ok    in    404   404
proposals.submit            sams    in    404   403   400   400   403   403   400   in    404   404
proposals.submit            missing in    404   404   404   404   404   404   404   in    404   404
proposals.total             sofias  in    403   404   ok    ok    ok    ok    ok    in    404   404
proposals.total             sams    in    404   403   ok    ok    ok    ok    ok    in    404   404
proposals.total             missing in    404   404   404   404   404   404   404   in    404   404
proposals.unshortlist       sofias  in    409   404   403   404   404   404   404   in    404   404
proposals.unshortlist       sams    in    404   409   404   403   404   404   404   in    404   404
proposals.unshortlist       missing in    404   404   404   404   404   404   404   in    404   404
proposals.update            sofias  in    403   404   ok    404   404   404   404   in    404   404
proposals.update            sams    in    404   403   404   400   404   404   404   in    404   404
proposals.update            missing in    404   404   404   404   404   404   404   in    404   404
proposals.withdraw          sofias  in    403   404   ok    404   404   404   404   in    404   404
proposals.withdraw          sams    in    404   403   404   ok    404   404   404   in    404   404
proposals.withdraw          missing in    404   404   404   404   404   404   404   in    404   404
settings.edit               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
settings.set_time_zone      -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
settings.time_zone          -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
settings.update             -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
sign_ins.create             -       422   422   422   422   422   422   422   422   422   422   422
sign_ins.destroy            -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sign_ins.end                sofias  in    ok    404   404   404   404   404   404   in    404   404
sign_ins.end                sams    in    404   ok    404   404   404   404   404   in    404   404
sign_ins.end                missing in    404   404   404   404   404   404   404   in    404   404
sign_ins.end_others         -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
sign_ins.index              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
sign_ins.new                -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sign_ins.prove              -       in    422   422   422   422   422   422   422   in    422   422
sign_ins.prove_form         -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
sitemaps.index              -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sitemaps.robots             -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sitemaps.show               sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sitemaps.show               sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sitemaps.show               missing 404   404   404   404   404   404   404   404   404   404   404
skill_merges.index          -       in    403   403   403   403   403   403   403   in    ok    ok
skill_merges.merge          -       in    403   403   403   403   403   403   403   in    ok    ok
skills.suggest              -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
staff_home.show             -       in    403   403   403   403   403   403   403   in    ok    ok
static.show                 -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
static.worker               -       ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
student_onboarding.show     -       in    ok    ok    403   403   403   403   ok    in    403   403
student_onboarding.update   -       in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.edit       sofias  in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.edit       sams    in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.edit       missing in    404   404   403   403   403   403   404   in    403   403
student_profiles.look_at    sofias  in    403   404   403   404   404   404   404   in    ok    ok
student_profiles.look_at    sams    in    404   403   404   403   404   404   404   in    ok    ok
student_profiles.look_at    missing in    404   404   404   404   404   404   404   in    404   404
student_profiles.mine       -       in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.show       sofias  in    ok    404   ok    404   404   404   404   in    ok    ok
student_profiles.show       sams    in    404   ok    404   ok    404   404   404   in    ok    ok
student_profiles.show       missing in    404   404   404   404   404   404   404   in    404   404
student_profiles.update     sofias  in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.update     sams    in    ok    ok    403   403   403   403   ok    in    403   403
student_profiles.update     missing in    404   404   403   403   403   403   404   in    403   403
threads.create              sofias  in    ok    ok    403   403   403   403   ok    in    403   403
threads.create              sams    in    404   404   404   404   403   404   404   in    403   403
threads.create              missing in    404   404   404   404   404   404   404   in    404   404
notices.index               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
notice_settings.edit        -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
notice_settings.update      -       in    ok    ok    400   400   400   400   422   in    400   400
notice_settings.unsubscribe sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
notice_settings.unsubscribe sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
notice_settings.unsubscribe missing 404   404   404   404   404   404   404   404   404   404   404
notice_settings.way_out     sofias  ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
notice_settings.way_out     sams    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
notice_settings.way_out     missing 404   404   404   404   404   404   404   404   404   404   404
badges.show                 -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
thread_lines.new            -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
threads.index               -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
threads.new                 sofias  in    ok    ok    403   403   403   403   ok    in    403   403
threads.new                 sams    in    404   404   404   404   403   404   404   in    403   403
threads.new                 missing in    404   404   404   404   404   404   404   in    404   404
threads.show                sofias  in    ok    404   ok    404   404   404   404   in    404   404
threads.show                sams    in    404   ok    404   ok    404   404   404   in    404   404
threads.show                missing in    404   404   404   404   404   404   404   in    404   404
"""
ANSWERS = _ANSWERS + ANSWERS_OF_LISTS.lstrip() + ANSWERS_OF_REPORTS.lstrip()
ANSWERS += ANSWERS_OF_CONTRACTS.lstrip()
ANSWERS += ANSWERS_OF_SESSIONS.lstrip()
ANSWERS += ANSWERS_OF_OUTCOMES.lstrip()
ANSWERS += ANSWERS_OF_EARNINGS.lstrip() + ANSWERS_OF_REVIEWS.lstrip()
