"""What staff may do, and who tells them of others; read together with matrix.py.

The report is Carla's about Sofia; `minas` and `adas` are about one of the staff, who never sees
it, `by_mina` is one she made herself, and in `suspended` Sofia is.
"""

MATRIX_OF_STAFF = """
staff_home.view          -             -     -     -   -     -    -    -     -    -   yes  yes
skill.list               -             -     -     -   -     -    -    -     -    -   yes  yes
skill.merge              -             -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.list       -             -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.examine    draft         -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.examine    submitted     -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.examine    approved      -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.examine    rejected      -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.examine    minas         -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.claim      draft         -     -     -   -     -    -    -     -    -   -    -
coach_profile.claim      submitted     -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.claim      claimed       -     -     -   -     -    -    -     -    -   yes  -
coach_profile.claim      claimed_once  -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.claim      minas         -     -     -   -     -    -    -     -    -   -    yes
coach_profile.claim      approved      -     -     -   -     -    -    -     -    -   -    -
coach_profile.claim      changes_requested -     -     -   -     -    -    -     -    -   -    -
coach_profile.claim      rejected      -     -     -   -     -    -    -     -    -   -    -
coach_profile.claim      suspended     -     -     -   -     -    -    -     -    -   -    -
coach_profile.approve    draft         -     -     -   -     -    -    -     -    -   -    -
coach_profile.approve    submitted     -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.approve    claimed       -     -     -   -     -    -    -     -    -   yes  -
coach_profile.approve    claimed_once  -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.approve    minas         -     -     -   -     -    -    -     -    -   -    yes
coach_profile.approve    approved      -     -     -   -     -    -    -     -    -   -    -
coach_profile.approve    changes_requested -     -     -   -     -    -    -     -    -   -    -
coach_profile.approve    rejected      -     -     -   -     -    -    -     -    -   -    -
coach_profile.approve    suspended     -     -     -   -     -    -    -     -    -   -    -
coach_profile.request_changes draft         -     -     -   -     -    -    -     -    -   -    -
coach_profile.request_changes submitted     -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.request_changes claimed       -     -     -   -     -    -    -     -    -   yes  -
coach_profile.request_changes claimed_once  -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.request_changes minas         -     -     -   -     -    -    -     -    -   -    yes
coach_profile.request_changes approved      -     -     -   -     -    -    -     -    -   -    -
coach_profile.request_changes changes_requested - -   -   -     -    -    -     -    -   -    -
coach_profile.request_changes rejected      -     -     -   -     -    -    -     -    -   -    -
coach_profile.request_changes suspended     -     -     -   -     -    -    -     -    -   -    -
coach_profile.reject     draft         -     -     -   -     -    -    -     -    -   -    -
coach_profile.reject     submitted     -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.reject     claimed       -     -     -   -     -    -    -     -    -   yes  -
coach_profile.reject     claimed_once  -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.reject     minas         -     -     -   -     -    -    -     -    -   -    yes
coach_profile.reject     approved      -     -     -   -     -    -    -     -    -   -    -
coach_profile.reject     changes_requested -     -     -   -     -    -    -     -    -   -    -
coach_profile.reject     rejected      -     -     -   -     -    -    -     -    -   -    -
coach_profile.reject     suspended     -     -     -   -     -    -    -     -    -   -    -
coach_profile.release    submitted     -     -     -   -     -    -    -     -    -   -    -
coach_profile.release    claimed       -     -     -   -     -    -    -     -    -   yes  -
coach_profile.release    claimed_once  -     -     -   -     -    -    -     -    -   yes  -
coach_profile.look_at    submitted     -     -     -   -     -    -    -     -    -   -    -
coach_profile.look_at    approved      -     -     -   -     -    -    -     -    -   -    -
coach_profile.look_at    changed       -     -     -   -     -    -    -     -    -   yes  yes
coach_profile.look_at    minas_changed -     -     -   -     -    -    -     -    -   -    yes

report.list              -             -     -     -   -     -    -    -     -    -   yes  yes
report.view           open          -     -     -   -     -    -    -     -    -   yes  yes
report.view           closed        -     -     -   -     -    -    -     -    -   yes  yes
report.view           minas         -     -     -   -     -    -    -     -    -   -    yes
report.view           by_mina       -     -     -   -     -    -    -     -    -   yes  yes
report.view           adas          -     -     -   -     -    -    -     -    -   yes  -
report.view           suspended     -     -     -   -     -    -    -     -    -   yes  yes
report.warn              open          -     -     -   -     -    -    -     -    -   yes  yes
report.warn              closed        -     -     -   -     -    -    -     -    -   -    -
report.warn              minas         -     -     -   -     -    -    -     -    -   -    yes
report.warn              by_mina       -     -     -   -     -    -    -     -    -   -    yes
report.warn              adas          -     -     -   -     -    -    -     -    -   yes  -
report.warn              suspended     -     -     -   -     -    -    -     -    -   yes  yes
report.hide              open          -     -     -   -     -    -    -     -    -   yes  yes
report.hide              closed        -     -     -   -     -    -    -     -    -   -    -
report.hide              minas         -     -     -   -     -    -    -     -    -   -    yes
report.hide              by_mina       -     -     -   -     -    -    -     -    -   -    yes
report.hide              adas          -     -     -   -     -    -    -     -    -   yes  -
report.hide              suspended     -     -     -   -     -    -    -     -    -   yes  yes
report.dismiss           open          -     -     -   -     -    -    -     -    -   yes  yes
report.dismiss           closed        -     -     -   -     -    -    -     -    -   -    -
report.dismiss           minas         -     -     -   -     -    -    -     -    -   -    yes
report.dismiss           by_mina       -     -     -   -     -    -    -     -    -   -    yes
report.dismiss           adas          -     -     -   -     -    -    -     -    -   yes  -
report.dismiss           suspended     -     -     -   -     -    -    -     -    -   yes  yes
report.suspend           open          -     -     -   -     -    -    -     -    -   yes  yes
report.suspend           closed        -     -     -   -     -    -    -     -    -   -    -
report.suspend           minas         -     -     -   -     -    -    -     -    -   -    yes
report.suspend           by_mina       -     -     -   -     -    -    -     -    -   -    yes
report.suspend           adas          -     -     -   -     -    -    -     -    -   -    -
report.suspend           suspended     -     -     -   -     -    -    -     -    -   -    -
report.restore           open          -     -     -   -     -    -    -     -    -   -    -
report.restore           closed        -     -     -   -     -    -    -     -    -   -    -
report.restore           suspended     -     -     -   -     -    -    -     -    -   yes  yes
report.restore           by_mina       -     -     -   -     -    -    -     -    -   -    -
report.restore           minas         -     -     -   -     -    -    -     -    -   -    -
report.restore           minas_suspended -     -     -   -     -    -    -     -    -   -    yes

report.create            begun         -     yes   -   yes   -    -    -     -    -   -    -
report.create            not_begun     -     yes   -   yes   -    -    -     -    -   -    -
report.create            blocked       -     yes   -   yes   -    -    -     -    -   -    -
report.create            no_coach      -     yes   -   -     -    -    -     -    -   -    -
"""
