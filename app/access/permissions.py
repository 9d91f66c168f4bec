"""The names of everything a person may be allowed to do, one sentence each."""

from enum import StrEnum


class Permission(StrEnum):
    """A singular noun and a verb; the comment is the sentence read aloud in the matrix."""

    # Anyone, signed in or not.
    VIEW_PUBLIC_PAGE = "public_page.view"  # open the landing page and what else is for everyone
    SIGN_UP = "account.create"  # make an account
    SIGN_IN = "sign_in.create"  # prove who one is
    SIGN_OUT = "sign_in.destroy"  # end one's own sign-in
    # The person and their two sides.
    VIEW_DASHBOARD = "dashboard.view"  # see what is waiting for oneself
    SWITCH_ROLE = "account.switch_role"  # look from the other side, if one has it
    # Learning requests.
    BROWSE_REQUESTS = "request.browse"  # search the open requests
    LIST_MY_REQUESTS = "request.list"  # see one's own requests
    POST_REQUEST = "request.create"  # write a request
    VIEW_REQUEST = "request.view"  # open one request
    EDIT_REQUEST = "request.update"  # change one's own request
    CLOSE_REQUEST = "request.close"  # end one's own request
    # Bookmarks.
    LIST_BOOKMARKS = "bookmark.list"  # see what one has bookmarked
    BOOKMARK_REQUEST = "bookmark.create"  # mark a request, unseen by anybody else
    UNBOOKMARK_REQUEST = "bookmark.destroy"  # take the mark off again
    # Proposals.
    LIST_PROPOSALS = "proposal.index"  # see every proposal to one's own request
    LIST_MY_PROPOSALS = "proposal.list"  # see the proposals one has sent
    SUBMIT_PROPOSAL = "proposal.submit"  # propose to a request
    VIEW_PROPOSAL = "proposal.view"  # open one proposal
    ACCEPT_PROPOSAL = "proposal.accept"  # choose this coach
    DECLINE_PROPOSAL = "proposal.decline"  # say no to this coach
    WITHDRAW_PROPOSAL = "proposal.withdraw"  # take one's own proposal back
    # Profiles.
    VIEW_COACH = "coach.view"  # open a coach's public profile
    VIEW_STUDENT = "student.view"  # open a student's profile, as matrix B allows
    # Threads and messages.
    LIST_THREADS = "thread.list"  # open the inbox
    START_THREAD = "thread.create"  # write to a coach for the first time, as matrix A allows
    VIEW_THREAD = "thread.view"  # read a thread one is a party of
    SEND_MESSAGE = "message.create"  # write in a thread, as matrix A allows
