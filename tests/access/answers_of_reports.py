"""What the routes of reports answer to whom; read together with answers.py."""

ANSWERS_OF_REPORTS = """
reports.index               -       in    403   403   403   403   403   403   403   in    ok    ok
reports.show                sofias  in    404   404   404   404   404   404   404   in    ok    ok
reports.show                sams    in    404   404   404   404   404   404   404   in    ok    ok
reports.show                missing in    404   404   404   404   404   404   404   in    404   404
report_decisions.warn       sofias  in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.warn       sams    in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.warn       missing in    404   404   404   404   404   404   404   in    404   404
report_decisions.suspend    sofias  in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.suspend    sams    in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.suspend    missing in    404   404   404   404   404   404   404   in    404   404
report_decisions.dismiss    sofias  in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.dismiss    sams    in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.dismiss    missing in    404   404   404   404   404   404   404   in    404   404
report_decisions.restore    sofias  in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.restore    sams    in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.restore    missing in    404   404   404   404   404   404   404   in    404   404
report_decisions.hide       sofias  in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.hide       sams    in    404   404   404   404   404   404   404   in    ok    ok
report_decisions.hide       missing in    404   404   404   404   404   404   404   in    404   404
reports.new                 sofias  in    ok    404   ok    404   404   404   404   in    404   404
reports.new                 sams    in    404   ok    404   ok    404   404   404   in    404   404
reports.new                 missing in    404   404   404   404   404   404   404   in    404   404
reports.create              sofias  in    ok    404   409   404   404   404   404   in    404   404
reports.create              sams    in    404   ok    404   409   404   404   404   in    404   404
reports.create              missing in    404   404   404   404   404   404   404   in    404   404
"""
