"""Who may do what, to be read aloud: one row a permission and state, one column a person.

The scene: the request is Sofia's, in the state of the row; Carla and Cole have each proposed to
it, and the row is about Carla's proposal, her profile, Sofia's profile, and the thread of Sofia
and Carla. Dora has both sides and nothing to do with it. `yes` means: sees it, and may.
"""

from tests.access.matrix_of_contact import MATRIX_OF_CONTACT
from tests.access.matrix_of_contracts import MATRIX_OF_CONTRACTS
from tests.access.matrix_of_earnings import MATRIX_OF_EARNINGS
from tests.access.matrix_of_invitations import MATRIX_OF_INVITATIONS
from tests.access.matrix_of_outcomes import MATRIX_OF_OUTCOMES
from tests.access.matrix_of_reviews import MATRIX_OF_REVIEWS
from tests.access.matrix_of_sessions import MATRIX_OF_SESSIONS
from tests.access.matrix_of_staff import MATRIX_OF_STAFF
from tests.access.matrix_on_hold import MATRIX_ON_HOLD

_MATRIX = """
permission               state         guest sofia sam carla cole noor petra dora sid mina ada

public_page.view         -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
account.create           -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
sign_in.create           -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
sign_in.destroy          -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
email.confirm            -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
email.restore            -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
password.reset           -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
demo_mail.view           -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
notice_setting.unsubscribe -           yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
calendar.feed            -             yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes

dashboard.view           -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
account.switch_role      -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
notice.list              -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
notice_setting.update    -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
calendar.update          -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
thread.list              -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
settings.update          -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
email.update             -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
password.update          -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
sign_in.prove            -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
sign_in.list             -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
sign_in.end              own           -     yes   -   -     -    -    -     -    -   -    -
sign_in.end_others       -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
parked_form.view         -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
skill.suggest            -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
place.suggest            -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
coach_profile.begin      -             -     yes   yes yes   yes  yes  yes   yes  -   yes  yes
coach_profile.update     -             -     -     -   yes   yes  yes  yes   yes  -   -    -
handle.update            -             -     -     -   yes   yes  yes  yes   yes  -   -    -
outgoing_mail.list       -             -     -     -   -     -    -    -     -    -   yes  yes
outgoing_mail.send_again set_aside     -     -     -   -     -    -    -     -    -   yes  yes
outgoing_mail.send_again waiting       -     -     -   -     -    -    -     -    -   -    -
outgoing_mail.send_again sent          -     -     -   -     -    -    -     -    -   -    -

request.browse           -             -     -     -   yes   yes  yes  yes   yes  -   -    -
student_profile.update   -             -     yes   yes -     -    -    -     yes  -   -    -
request.list             -             -     yes   yes -     -    -    -     yes  -   -    -
request.create           -             -     yes   yes -     -    -    -     yes  -   -    -
request.publish          -             -     yes   yes -     -    -    -     yes  -   -    -
bookmark.list            -             -     -     -   yes   yes  yes  yes   yes  -   -    -
experience.list          -             -     -     -   yes   yes  yes  yes   yes  -   -    -
education.list           -             -     -     -   yes   yes  yes  yes   yes  -   -    -
coach_language.list      -             -     -     -   yes   yes  yes  yes   yes  -   -    -
student_language.list    -             -     yes   yes -     -    -    -     yes  -   -    -
portfolio_item.list      -             -     -     -   yes   yes  yes  yes   yes  -   -    -
proposal.list            -             -     -     -   yes   yes  yes  yes   yes  -   -    -

request.view             draft         -     yes   -   -     -    -    -     -    -   -    -
request.view             open          -     yes   -   yes   yes  yes  yes   yes  -   -    -
request.view             paused        -     yes   -   yes   yes  -    -     -    -   -    -
request.view             filled        -     yes   -   yes   yes  -    -     -    -   -    -
request.view             closed        -     yes   -   yes   yes  -    -     -    -   -    -
request.view             expired       -     yes   -   yes   yes  -    -     -    -   -    -
request.view             removed       -     yes   -   -     -    -    -     -    -   -    -
request.update           draft         -     yes   -   -     -    -    -     -    -   -    -
request.update           open          -     yes   -   -     -    -    -     -    -   -    -
request.update           paused        -     yes   -   -     -    -    -     -    -   -    -
request.update           filled        -     -     -   -     -    -    -     -    -   -    -
request.update           closed        -     -     -   -     -    -    -     -    -   -    -
request.update           expired       -     -     -   -     -    -    -     -    -   -    -
request.update           removed       -     -     -   -     -    -    -     -    -   -    -
request.close            draft         -     -     -   -     -    -    -     -    -   -    -
request.close            open          -     yes   -   -     -    -    -     -    -   -    -
request.close            paused        -     yes   -   -     -    -    -     -    -   -    -
request.close            filled        -     -     -   -     -    -    -     -    -   -    -
request.close            closed        -     -     -   -     -    -    -     -    -   -    -
request.close            expired       -     -     -   -     -    -    -     -    -   -    -
request.close            removed       -     -     -   -     -    -    -     -    -   -    -
request.pause            draft         -     -     -   -     -    -    -     -    -   -    -
request.pause            open          -     yes   -   -     -    -    -     -    -   -    -
request.pause            paused        -     -     -   -     -    -    -     -    -   -    -
request.pause            filled        -     -     -   -     -    -    -     -    -   -    -
request.pause            closed        -     -     -   -     -    -    -     -    -   -    -
request.pause            expired       -     -     -   -     -    -    -     -    -   -    -
request.pause            removed       -     -     -   -     -    -    -     -    -   -    -
request.resume           draft         -     -     -   -     -    -    -     -    -   -    -
request.resume           open          -     -     -   -     -    -    -     -    -   -    -
request.resume           paused        -     yes   -   -     -    -    -     -    -   -    -
request.resume           filled        -     -     -   -     -    -    -     -    -   -    -
request.resume           closed        -     -     -   -     -    -    -     -    -   -    -
request.resume           expired       -     -     -   -     -    -    -     -    -   -    -
request.resume           removed       -     -     -   -     -    -    -     -    -   -    -
request.renew            draft         -     -     -   -     -    -    -     -    -   -    -
request.renew            open          -     yes   -   -     -    -    -     -    -   -    -
request.renew            paused        -     yes   -   -     -    -    -     -    -   -    -
request.renew            filled        -     -     -   -     -    -    -     -    -   -    -
request.renew            closed        -     -     -   -     -    -    -     -    -   -    -
request.renew            expired       -     -     -   -     -    -    -     -    -   -    -
request.renew            removed       -     -     -   -     -    -    -     -    -   -    -
request.delete           draft         -     yes   -   -     -    -    -     -    -   -    -
request.delete           open          -     -     -   -     -    -    -     -    -   -    -
request.delete           paused        -     -     -   -     -    -    -     -    -   -    -
request.delete           filled        -     -     -   -     -    -    -     -    -   -    -
request.delete           closed        -     -     -   -     -    -    -     -    -   -    -
request.delete           expired       -     -     -   -     -    -    -     -    -   -    -
request.delete           removed       -     -     -   -     -    -    -     -    -   -    -

bookmark.create          open          -     -     -   yes   yes  yes  yes   yes  -   -    -
bookmark.create          filled        -     -     -   yes   yes  -    -     -    -   -    -
bookmark.destroy         open          -     -     -   yes   yes  yes  yes   yes  -   -    -
bookmark.destroy         filled        -     -     -   yes   yes  -    -     -    -   -    -
bookmark.note            open          -     -     -   yes   yes  yes  yes   yes  -   -    -
bookmark.note            filled        -     -     -   yes   yes  -    -     -    -   -    -

proposal.index           draft         -     -     -   -     -    -    -     -    -   -    -
proposal.index           open          -     yes   -   -     -    -    -     -    -   -    -
proposal.index           filled        -     yes   -   -     -    -    -     -    -   -    -
proposal.compare         draft         -     -     -   -     -    -    -     -    -   -    -
proposal.compare         open          -     yes   -   -     -    -    -     -    -   -    -
proposal.compare         filled        -     yes   -   -     -    -    -     -    -   -    -
proposal.decline_several draft         -     -     -   -     -    -    -     -    -   -    -
proposal.decline_several open          -     yes   -   -     -    -    -     -    -   -    -
proposal.decline_several filled        -     yes   -   -     -    -    -     -    -   -    -
proposal.draft           draft         -     -     -   -     -    -    -    -     -   -    -
proposal.draft           open          -     -     -   yes   yes  yes  yes  yes   -   -    -
proposal.draft           paused        -     -     -   -     -    -    -    -     -   -    -
proposal.draft           filled        -     -     -   -     -    -    -    -     -   -    -
proposal.draft           closed        -     -     -   -     -    -    -    -     -   -    -
proposal.draft           expired       -     -     -   -     -    -    -    -     -   -    -
proposal.draft           removed       -     -     -   -     -    -    -    -     -   -    -
proposal.submit          draft         -     -     -   -     -    -    -     -    -   -    -
proposal.submit          open          -     -     -   yes   yes  -    -     yes  -   -    -
proposal.submit          filled        -     -     -   -     -    -    -     -    -   -    -

proposal.view            draft         -     -     -   yes   -    -    -     -    -   -    -
proposal.view            submitted     -     yes   -   yes   -    -    -     -    -   -    -
proposal.view            shortlisted   -     yes   -   yes   -    -    -     -    -   -    -
proposal.view            withdrawn     -     yes   -   yes   -    -    -     -    -   -    -
proposal.view            accepted      -     yes   -   yes   -    -    -     -    -   -    -
proposal.accept          draft         -     -     -   -     -    -    -     -    -   -    -
proposal.accept          submitted     -     yes   -   -     -    -    -     -    -   -    -
proposal.accept          shortlisted   -     yes   -   -     -    -    -     -    -   -    -
proposal.accept          withdrawn     -     -     -   -     -    -    -     -    -   -    -
proposal.accept          declined      -     -     -   -     -    -    -     -    -   -    -
proposal.accept          accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.accept          not_selected  -     -     -   -     -    -    -     -    -   -    -
proposal.accept          expired       -     -     -   -     -    -    -     -    -   -    -
proposal.decline         draft         -     -     -   -     -    -    -     -    -   -    -
proposal.decline         submitted     -     yes   -   -     -    -    -     -    -   -    -
proposal.decline         shortlisted   -     yes   -   -     -    -    -     -    -   -    -
proposal.decline         withdrawn     -     -     -   -     -    -    -     -    -   -    -
proposal.decline         declined      -     -     -   -     -    -    -     -    -   -    -
proposal.decline         accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.decline         not_selected  -     -     -   -     -    -    -     -    -   -    -
proposal.decline         expired       -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       draft         -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       submitted     -     yes   -   -     -    -    -     -    -   -    -
proposal.shortlist       shortlisted   -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       withdrawn     -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       declined      -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       not_selected  -     -     -   -     -    -    -     -    -   -    -
proposal.shortlist       expired       -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     draft         -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     submitted     -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     shortlisted   -     yes   -   -     -    -    -     -    -   -    -
proposal.unshortlist     withdrawn     -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     declined      -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     not_selected  -     -     -   -     -    -    -     -    -   -    -
proposal.unshortlist     expired       -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          draft         -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          submitted     -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          shortlisted   -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          withdrawn     -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          declined      -     yes   -   -     -    -    -     -    -   -    -
proposal.reopen          accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          not_selected  -     -     -   -     -    -    -     -    -   -    -
proposal.reopen          expired       -     -     -   -     -    -    -     -    -   -    -
proposal.update          draft         -     -     -   -     -    -    -    -     -   -    -
proposal.update          submitted     -     -     -   yes   -    -    -    -     -   -    -
proposal.update          shortlisted   -     -     -   yes   -    -    -    -     -   -    -
proposal.update          accepted      -     -     -   -     -    -    -    -     -   -    -
proposal.update          declined      -     -     -   -     -    -    -    -     -   -    -
proposal.update          withdrawn     -     -     -   -     -    -    -    -     -   -    -
proposal.update          not_selected  -     -     -   -     -    -    -    -     -   -    -
proposal.update          expired       -     -     -   -     -    -    -    -     -   -    -
proposal.delete          draft         -     -     -   yes   -    -    -    -     -   -    -
proposal.delete          submitted     -     -     -   -     -    -    -    -     -   -    -
proposal.delete          shortlisted   -     -     -   -     -    -    -    -     -   -    -
proposal.delete          accepted      -     -     -   -     -    -    -    -     -   -    -
proposal.delete          declined      -     -     -   -     -    -    -    -     -   -    -
proposal.delete          withdrawn     -     -     -   -     -    -    -    -     -   -    -
proposal.delete          not_selected  -     -     -   -     -    -    -    -     -   -    -
proposal.delete          expired       -     -     -   -     -    -    -    -     -   -    -
proposal.withdraw        draft         -     -     -   -     -    -    -     -    -   -    -
proposal.withdraw        submitted     -     -     -   yes   -    -    -     -    -   -    -
proposal.withdraw        shortlisted   -     -     -   yes   -    -    -     -    -   -    -
proposal.withdraw        accepted      -     -     -   -     -    -    -     -    -   -    -
proposal.withdraw        declined      -     -     -   -     -    -    -    -     -   -    -
proposal.withdraw        withdrawn     -     -     -   -     -    -    -    -     -   -    -
proposal.withdraw        expired       -     -     -   -     -    -    -    -     -   -    -
proposal.withdraw        not_selected  -     -     -   -     -    -    -     -    -   -    -

coach.view               draft         -     -     -   yes   -    -    -     -    -   yes  yes
coach.view               submitted     -     -     -   yes   -    -    -     -    -   yes  yes
coach.view               approved      yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
coach.view               suspended     -     -     -   yes   -    -    -     -    -   yes  yes
student.view             submitted     -     yes   -   -     -    -    -     -    -   yes  yes
student.view             withdrawn     -     yes   -   -     -    -    -     -    -   yes  yes
student.view             accepted      -     yes   -   yes   -    -    -     -    -   yes  yes
student.look_at          submitted     -     -     -   -     -    -    -     -    -   yes  yes
student.look_at          accepted      -     -     -   -     -    -    -     -    -   yes  yes

portfolio_item.update    standing      -     -     -   yes   -    -    -     -    -   -    -
portfolio_item.update    removed       -     -     -   yes   -    -    -     -    -   -    -

experience.update        standing      -     -     -   yes   -    -    -     -    -   -    -
experience.update        removed       -     -     -   yes   -    -    -     -    -   -    -
education.update         standing      -     -     -   yes   -    -    -     -    -   -    -
education.update         removed       -     -     -   yes   -    -    -     -    -   -    -
coach_language.update    standing      -     -     -   yes   -    -    -     -    -   -    -
coach_language.update    removed       -     -     -   yes   -    -    -     -    -   -    -
student_language.update  standing      -     yes   -   -     -    -    -     -    -   -    -
student_language.update  removed       -     yes   -   -     -    -    -     -    -   -    -

picture.view             draft         -     -     -   yes   -    -    -     -    -   yes  yes
picture.view             submitted     -     -     -   yes   -    -    -     -    -   yes  yes
picture.view             approved      yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
picture.view             suspended     -     -     -   yes   -    -    -     -    -   yes  yes
picture.view             of_work       yes   yes   yes yes   yes  yes  yes   yes  yes yes  yes
picture.view             removed_work  -     -     -   yes   -    -    -     -    -   -    -
picture.view             shown_nowhere -     -     -   yes   -    -    -     -    -   -    -
picture.view             sofias        -     yes   -   -     -    -    -     -    -   -    -
picture.view             accepted      -     yes   -   yes   -    -    -     -    -   -    -

calendar.download        scheduled     -     yes   -   yes   -    -    -     -    -   -    -
calendar.download        cancelled_early -   yes   -   yes   -    -    -     -    -   -    -
calendar.download        unscheduled   -     -     -   -     -    -    -     -    -   -    -

thread.create            draft         -     -     -   -     -    -    -     -    -   -    -
thread.create            approved      -     yes   yes -     -    -    -     yes  -   -    -
thread.create            suspended     -     -     -   -     -    -    -     -    -   -    -
thread.view              begun         -     yes   -   yes   -    -    -     -    -   -    -
thread.view              not_begun     -     yes   -   yes   -    -    -     -    -   -    -
message.create           begun         -     yes   -   yes   -    -    -     -    -   -    -
message.create           invited       -     yes   -   yes   -    -    -     -    -   -    -
message.create           not_begun     -     yes   -   -     -    -    -     -    -   -    -
"""

MATRIX = _MATRIX + MATRIX_OF_INVITATIONS + MATRIX_ON_HOLD + MATRIX_OF_CONTACT + MATRIX_OF_STAFF
MATRIX += MATRIX_OF_CONTRACTS
MATRIX += MATRIX_OF_SESSIONS
MATRIX += MATRIX_OF_OUTCOMES
MATRIX += MATRIX_OF_EARNINGS
MATRIX += MATRIX_OF_REVIEWS
