"""The names of everything a person may be allowed to do, one sentence each."""

from enum import StrEnum


class Permission(StrEnum):
    """A singular noun and a verb; the comment is the sentence read aloud in the matrix."""

    # Anyone, signed in or not.
    VIEW_PUBLIC_PAGE = "public_page.view"  # open the landing page and what else is for everyone
    SIGN_UP = "account.create"  # make an account
    SIGN_IN = "sign_in.create"  # prove who one is
    SIGN_OUT = "sign_in.destroy"  # end one's own sign-in
    CONFIRM_EMAIL = "email.confirm"  # prove that an address is one's own, by a mail to it
    RESTORE_EMAIL = "email.restore"  # take a change of address back, by a mail to the old one
    RESET_PASSWORD = "password.reset"  # choose a new password, by a mail
    READ_DEMO_MAIL = "demo_mail.view"  # read the mails of the demo, which have no mail server
    # The person and their two sides.
    VIEW_DASHBOARD = "dashboard.view"  # see what is waiting for oneself
    SWITCH_ROLE = "account.switch_role"  # look from the other side, which one may gain by it
    EDIT_SETTINGS = "settings.update"  # change one's name, time zone and how pages look
    CHANGE_EMAIL = "email.update"  # change one's address
    CHANGE_PASSWORD = "password.update"  # change one's password
    PROVE_PASSWORD = "sign_in.prove"  # give one's password again
    LIST_SIGN_INS = "sign_in.list"  # see the browsers one is signed in with
    END_SIGN_IN = "sign_in.end"  # sign one of them out
    END_OTHER_SIGN_INS = "sign_in.end_others"  # sign out all but this one
    VIEW_PARKED_FORM = "parked_form.view"  # find what one was sending when the sign-in ran out
    # Staff.
    LIST_MAIL = "outgoing_mail.list"  # see the mails that could not be delivered
    SEND_MAIL_AGAIN = "outgoing_mail.send_again"  # try one of them once more
    VIEW_STAFF_HOME = "staff_home.view"  # see what waits for the people who look after Skileez
    LIST_APPLICATIONS = "coach_profile.list"  # see which coaches wait for approval
    READ_APPLICATION = "coach_profile.examine"  # read what a coach has sent, and what was decided
    CLAIM_APPLICATION = "coach_profile.claim"  # keep it to oneself while one reads it
    RELEASE_APPLICATION = "coach_profile.release"  # leave it to the others again
    APPROVE_COACH = "coach_profile.approve"  # let a coach teach
    REQUEST_CHANGES = "coach_profile.request_changes"  # ask a coach for something else
    REJECT_COACH = "coach_profile.reject"  # say no to a coach for good
    LOOK_AT_COACH = "coach_profile.look_at"  # note that one has seen what a coach has changed
    LIST_REPORTS = "report.list"  # see what people have reported
    READ_REPORT = "report.view"  # read one, with the copy that was made; each look is recorded
    WARN_ABOUT_REPORT = "report.warn"  # tell the reported person what they may not do
    HIDE_REPORTED = "report.hide"  # hide messages of theirs
    SUSPEND_REPORTED = "report.suspend"  # keep them out of their account
    DISMISS_REPORT = "report.dismiss"  # leave everything as it is
    RESTORE_REPORTED = "report.restore"  # let somebody suspended in again
    LIST_REPORTED_SESSIONS = "session.list_reported"  # see which sessions wait for a decision
    EXAMINE_SESSION = "session.examine"  # read what was reported about one, and what is agreed
    DECIDE_SESSION = "session.decide"  # say whether it counts
    REVERSE_SESSION = "session.reverse"  # take back what it cost
    LIST_SKILLS = "skill.list"  # see who uses which skill
    MERGE_SKILLS = "skill.merge"  # make two skills one
    # Learning requests.
    BROWSE_REQUESTS = "request.browse"  # search the open requests
    LIST_MY_REQUESTS = "request.list"  # see one's own requests
    POST_REQUEST = "request.create"  # write a request
    PUBLISH_REQUEST = "request.publish"  # let coaches see it
    VIEW_REQUEST = "request.view"  # open one request
    EDIT_REQUEST = "request.update"  # change one's own request
    CLOSE_REQUEST = "request.close"  # end one's own request
    PAUSE_REQUEST = "request.pause"  # take no proposals to it for a while
    RESUME_REQUEST = "request.resume"  # take them again
    RENEW_REQUEST = "request.renew"  # let it stand for another 30 days
    DELETE_REQUEST = "request.delete"  # throw one's own draft away
    # Bookmarks.
    LIST_BOOKMARKS = "bookmark.list"  # see what one has bookmarked
    BOOKMARK_REQUEST = "bookmark.create"  # mark a request, unseen by anybody else
    UNBOOKMARK_REQUEST = "bookmark.destroy"  # take the mark off again
    NOTE_BOOKMARK = "bookmark.note"  # write beside one's own mark what nobody else reads
    # Proposals.
    LIST_PROPOSALS = "proposal.index"  # see every proposal to one's own request
    LIST_MY_PROPOSALS = "proposal.list"  # see the proposals one has sent
    DRAFT_PROPOSAL = "proposal.draft"  # begin to write one, which only its coach sees
    SUBMIT_PROPOSAL = "proposal.submit"  # propose to a request
    VIEW_PROPOSAL = "proposal.view"  # open one proposal
    ACCEPT_PROPOSAL = "proposal.accept"  # choose this coach
    DECLINE_PROPOSAL = "proposal.decline"  # say no to this coach
    DECLINE_SEVERAL_PROPOSALS = "proposal.decline_several"  # say no to several coaches at once
    SHORTLIST_PROPOSAL = "proposal.shortlist"  # put this coach among the few one thinks about
    UNSHORTLIST_PROPOSAL = "proposal.unshortlist"  # take them from there again
    REOPEN_PROPOSAL = "proposal.reopen"  # take a no back within a week
    COMPARE_PROPOSALS = "proposal.compare"  # read two or three side by side
    UPDATE_PROPOSAL = "proposal.update"  # change what one has sent, before it is answered
    DELETE_PROPOSAL = "proposal.delete"  # throw away what one has not sent
    WITHDRAW_PROPOSAL = "proposal.withdraw"  # take one's own proposal back
    # Invitations.
    INVITE_COACH = "invitation.create"  # ask a coach for a proposal to one's own request
    LIST_INVITATIONS = "invitation.list"  # see where one was invited, as a coach
    DECLINE_INVITATION = "invitation.decline"  # say that one cannot take it on
    WITHDRAW_INVITATION = "invitation.withdraw"  # take one's own invitation back
    # Becoming a coach, and being one.
    BECOME_COACH = "coach_profile.begin"  # see what it takes to teach
    EDIT_COACH_PROFILE = "coach_profile.update"  # fill in one's own coach profile, and send it
    # Profiles.
    VIEW_COACH = "coach.view"  # open a coach's public profile
    CHANGE_HANDLE = "handle.update"  # choose the address of one's page, and who may find it
    VIEW_STUDENT = "student.view"  # open a student's profile, as matrix B allows
    LOOK_AT_STUDENT = "student.look_at"  # read one as staff, who say why; the student sees it
    EDIT_STUDENT_PROFILE = "student_profile.update"  # say what one wants to learn, and who one is
    # The lists of a profile.
    LIST_EXPERIENCES = "experience.list"  # see where one has worked, and add to it
    CHANGE_EXPERIENCE = "experience.update"  # do something to one's own entry of it
    LIST_EDUCATIONS = "education.list"  # see where one has learned, and add to it
    CHANGE_EDUCATION = "education.update"  # do something to one's own entry of it
    LIST_COACH_LANGUAGES = "coach_language.list"  # see what one teaches in, and add to it
    CHANGE_COACH_LANGUAGE = "coach_language.update"  # do something to one's own entry of it
    LIST_STUDENT_LANGUAGES = "student_language.list"  # see what one speaks, and add to it
    CHANGE_STUDENT_LANGUAGE = "student_language.update"  # do something to one's own entry of it
    LIST_PORTFOLIO = "portfolio_item.list"  # see what one shows of one's work, and add to it
    CHANGE_PORTFOLIO_ITEM = "portfolio_item.update"  # do something to one's own piece of it
    # Pictures.
    VIEW_PICTURE = "picture.view"  # see a picture, as one may see what it belongs to
    # Skills.
    SUGGEST_SKILLS = "skill.suggest"  # see the skills that begin as one types
    # Places.
    SUGGEST_PLACES = "place.suggest"  # see the countries, zones and currencies one may mean
    # Notices.
    LIST_NOTICES = "notice.list"  # see what one was told
    EDIT_NOTICE_SETTINGS = "notice_setting.update"  # choose what one is mailed about, and when
    UNSUBSCRIBE = "notice_setting.unsubscribe"  # end the mails of a kind, by what stands in one
    READ_CALENDAR = "calendar.feed"  # read the sessions behind a secret address
    EDIT_CALENDAR = "calendar.update"  # give one's own sessions such an address, or take it away
    DOWNLOAD_SESSION = "calendar.download"  # put one session into a calendar
    # Threads and messages.
    LIST_THREADS = "thread.list"  # open the inbox
    START_THREAD = "thread.create"  # write to a coach for the first time, as matrix A allows
    VIEW_THREAD = "thread.view"  # read a thread one is a party of
    SEND_MESSAGE = "message.create"  # write in a thread, as matrix A allows
    REPORT_PERSON = "report.create"  # tell staff about the other one of a thread
    BLOCK_PERSON = "block.create"  # hear nothing more from the other one of a thread
    UNBLOCK_PERSON = "block.destroy"  # take that back
    # Contracts.
    LIST_CONTRACTS = "contract.list"  # see what one has agreed on, from either side
    VIEW_CONTRACT = "contract.view"  # open a contract one is a party of
    PAUSE_CONTRACT = "contract.pause"  # agree on no new times for a while
    RESUME_CONTRACT = "contract.resume"  # go on after a pause of one's own
    END_CONTRACT = "contract.end"  # end it before all its sessions are over
    # How sessions went.
    CONFIRM_SESSION = "session.confirm"  # say, as the student, that it took place
    MARK_NO_SHOW = "session.no_show"  # say that the other one did not come
    REPORT_PROBLEM = "session.problem"  # say that it went otherwise than agreed
    WAIVE_SESSION = "session.waive"  # ask nothing, as the coach, for one that was reported
    # Sessions.
    LIST_SESSIONS = "session.list"  # see when one meets whom, from either side
    VIEW_SESSION = "session.view"  # open a session of one's own
    OFFER_TIME = "session.offer"  # offer the other one a time for it
    AGREE_ON_TIME = "session.agree"  # say yes to the time the other one offers
    DECLINE_TIME = "session.decline"  # say no to it
    TAKE_TIME_BACK = "session.take_back"  # offer a time no more that nobody has answered
    CANCEL_SESSION = "session.cancel"  # call it off before it begins
    LINK_SESSION = "session.link"  # say where the two meet
    # Earnings and payments.
    VIEW_EARNINGS = "earnings.view"  # see what one has earned or spent
    MARK_PAID = "payment.mark_paid"  # say, as the student, that one has paid
    MARK_RECEIVED = "payment.mark_received"  # say, as the coach, that it has come
    # Reviews.
    WRITE_REVIEW = "review.create"  # say how it went, sealed until both have or the time is over
    REPLY_TO_REVIEW = "review.reply"  # answer a student's review of oneself, once
    VIEW_RATING = "rating.view"  # see, as a coach, what coaches on average give a student
