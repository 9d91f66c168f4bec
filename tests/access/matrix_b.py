"""What a coach, and everybody else, may read of a student: one row a kind of reader.

`facts`: country and languages. `first`: first name. `rest`: last name, bio, what she wants to
learn, picture, the time where she is. `yes` means: found somewhere; `-`: nowhere.
"""

TABLE = """
reader                               facts first rest email
guest                                -     -     -    -
another student                      -     -     -    -
herself                              yes   yes   yes  yes
coach without relation               yes   -     -    -
coach not yet approved               yes   -     -    -
coach who bookmarked                 yes   -     -    -
coach she wrote to                   yes   yes   -    -
coach she invited                    yes   yes   -    -
coach she invited, withdrawn         yes   yes   -    -
coach with a proposal                yes   -     -    -
coach shortlisted                    yes   -     -    -
coach with a proposal, wrote         yes   yes   -    -
coach declined                       yes   -     -    -
coach withdrawn                      yes   -     -    -
coach not selected, wrote            yes   yes   -    -
coach accepted                       yes   yes   yes  -
coach accepted, suspended            -     -     -    -
coach whose contract is over         yes   yes   yes  -
coach whose contract is long over    yes   yes   -    -
both sides, no relation, teaching    yes   -     -    -
both sides, no relation, learning    yes   -     -    -
both sides, accepted, teaching       yes   yes   yes  -
both sides, accepted, learning       yes   yes   yes  -
both sides, wrote, learning          yes   yes   -    -
both sides, her coach writes to      yes   -     -    -
staff                                -     -     -    -
staff who looks                      yes   yes   yes  -
staff who looked long ago            -     -     -    -
staff who looks at another           -     -     -    -
"""
