"""What becomes of a request or a proposal in each state, by each form about it, sent by whom.

`owner` is Sofia, whose request it is; `coach` Carla, who has proposed to it; `rival` Cole, another
approved coach (in the first table he has not proposed to it); `student` is Sam. `overdue` is one
whose deadline has passed, while nobody has swept it up yet.

A word is the state that the thing named in the address has afterwards (`gone`: there is none any
more). A number is the refusal, after which every table is as it was: 404 not theirs to see, 403 not
theirs to do, 409 too late, 422 the form was wrong, 429 too many. `in` leads to the sign-in.
"""

PEOPLE = ("owner", "coach", "rival", "student", "guest")

REQUESTS = """
form                           who      draft        open         paused       filled       closed       expired      removed      overdue
bookmarks.create               owner    403          403          403          403          403          403          403          403
bookmarks.create               coach    404          open         paused       filled       closed       expired      404          open
bookmarks.create               rival    404          open         404          404          404          404          404          404
bookmarks.create               student  404          404          404          404          404          404          404          404
bookmarks.create               guest    in           in           in           in           in           in           in           in
bookmarks.destroy              owner    403          403          403          403          403          403          403          403
bookmarks.destroy              coach    404          open         paused       filled       closed       expired      404          open
bookmarks.destroy              rival    404          open         404          404          404          404          404          404
bookmarks.destroy              student  404          404          404          404          404          404          404          404
bookmarks.destroy              guest    in           in           in           in           in           in           in           in
bookmarks.note                 owner    403          403          403          403          403          403          403          403
bookmarks.note                 coach    404          409          409          409          409          409          404          409
bookmarks.note                 rival    404          409          404          404          404          404          404          404
bookmarks.note                 student  404          404          404          404          404          404          404          404
bookmarks.note                 guest    in           in           in           in           in           in           in           in
learning_requests.close        owner    409          closed       closed       409          409          409          409          409
learning_requests.close        coach    404          403          403          403          403          403          404          403
learning_requests.close        rival    404          403          404          404          404          404          404          404
learning_requests.close        student  404          404          404          404          404          404          404          404
learning_requests.close        guest    in           in           in           in           in           in           in           in
learning_requests.delete       owner    gone         409          409          409          409          409          409          409
learning_requests.delete       coach    404          403          403          403          403          403          404          403
learning_requests.delete       rival    404          403          404          404          404          404          404          404
learning_requests.delete       student  404          404          404          404          404          404          404          404
learning_requests.delete       guest    in           in           in           in           in           in           in           in
learning_requests.pause        owner    409          paused       409          409          409          409          409          409
learning_requests.pause        coach    404          403          403          403          403          403          404          403
learning_requests.pause        rival    404          403          404          404          404          404          404          404
learning_requests.pause        student  404          404          404          404          404          404          404          404
learning_requests.pause        guest    in           in           in           in           in           in           in           in
learning_requests.renew        owner    409          open         paused       409          409          409          409          409
learning_requests.renew        coach    404          403          403          403          403          403          404          403
learning_requests.renew        rival    404          403          404          404          404          404          404          404
learning_requests.renew        student  404          404          404          404          404          404          404          404
learning_requests.renew        guest    in           in           in           in           in           in           in           in
learning_requests.resume       owner    409          409          open         409          409          409          409          409
learning_requests.resume       coach    404          403          403          403          403          403          404          403
learning_requests.resume       rival    404          403          404          404          404          404          404          404
learning_requests.resume       student  404          404          404          404          404          404          404          404
learning_requests.resume       guest    in           in           in           in           in           in           in           in
learning_requests.update       owner    draft        open         paused       409          409          409          409          409
learning_requests.update       coach    404          403          403          403          403          403          404          403
learning_requests.update       rival    404          403          404          404          404          404          404          404
learning_requests.update       student  404          404          404          404          404          404          404          404
learning_requests.update       guest    in           in           in           in           in           in           in           in
proposals.decline_several      owner    409          open         paused       409          409          409          409          409
proposals.decline_several      coach    404          403          403          403          403          403          404          403
proposals.decline_several      rival    404          403          404          404          404          404          404          404
proposals.decline_several      student  404          404          404          404          404          404          404          404
proposals.decline_several      guest    in           in           in           in           in           in           in           in
proposals.draft                owner    403          403          403          403          403          403          403          403
proposals.draft                coach    404          409          409          409          409          409          404          409
proposals.draft                rival    404          open         409          409          409          409          404          409
proposals.draft                student  404          404          404          404          404          404          404          404
proposals.draft                guest    in           in           in           in           in           in           in           in
proposals.submit               owner    403          403          403          403          403          403          403          403
proposals.submit               coach    404          409          409          409          409          409          404          409
proposals.submit               rival    404          open         409          409          409          409          404          409
proposals.submit               student  404          404          404          404          404          404          404          404
proposals.submit               guest    in           in           in           in           in           in           in           in
"""

PROPOSALS = """
form                           who      draft        submitted    shortlisted  accepted     declined     withdrawn    not_selected expired      overdue
proposals.accept               owner    404          accepted     accepted     409          409          409          409          409          409
proposals.accept               coach    403          403          403          403          403          403          403          403          403
proposals.accept               rival    404          404          404          404          404          404          404          404          404
proposals.accept               student  404          404          404          404          404          404          404          404          404
proposals.accept               guest    in           in           in           in           in           in           in           in           in
proposals.decline              owner    404          declined     declined     409          409          409          409          409          409
proposals.decline              coach    403          403          403          403          403          403          403          403          403
proposals.decline              rival    404          404          404          404          404          404          404          404          404
proposals.decline              student  404          404          404          404          404          404          404          404          404
proposals.decline              guest    in           in           in           in           in           in           in           in           in
proposals.delete               owner    404          403          403          403          403          403          403          403          403
proposals.delete               coach    gone         409          409          409          409          409          409          409          409
proposals.delete               rival    404          404          404          404          404          404          404          404          404
proposals.delete               student  404          404          404          404          404          404          404          404          404
proposals.delete               guest    in           in           in           in           in           in           in           in           in
proposals.reopen               owner    404          409          409          409          submitted    409          409          409          409
proposals.reopen               coach    403          403          403          403          403          403          403          403          403
proposals.reopen               rival    404          404          404          404          404          404          404          404          404
proposals.reopen               student  404          404          404          404          404          404          404          404          404
proposals.reopen               guest    in           in           in           in           in           in           in           in           in
proposals.shortlist            owner    404          shortlisted  409          409          409          409          409          409          409
proposals.shortlist            coach    403          403          403          403          403          403          403          403          403
proposals.shortlist            rival    404          404          404          404          404          404          404          404          404
proposals.shortlist            student  404          404          404          404          404          404          404          404          404
proposals.shortlist            guest    in           in           in           in           in           in           in           in           in
proposals.unshortlist          owner    404          409          submitted    409          409          409          409          409          409
proposals.unshortlist          coach    403          403          403          403          403          403          403          403          403
proposals.unshortlist          rival    404          404          404          404          404          404          404          404          404
proposals.unshortlist          student  404          404          404          404          404          404          404          404          404
proposals.unshortlist          guest    in           in           in           in           in           in           in           in           in
proposals.update               owner    404          403          403          403          403          403          403          403          403
proposals.update               coach    409          submitted    shortlisted  409          409          409          409          409          409
proposals.update               rival    404          404          404          404          404          404          404          404          404
proposals.update               student  404          404          404          404          404          404          404          404          404
proposals.update               guest    in           in           in           in           in           in           in           in           in
proposals.withdraw             owner    404          403          403          403          403          403          403          403          403
proposals.withdraw             coach    409          withdrawn    withdrawn    409          409          409          409          409          409
proposals.withdraw             rival    404          404          404          404          404          404          404          404          404
proposals.withdraw             student  404          404          404          404          404          404          404          404          404
proposals.withdraw             guest    in           in           in           in           in           in           in           in           in
"""
