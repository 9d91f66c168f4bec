"""What the routes of contracts, and of what hangs on them, answer to whom; see answers.py."""

ANSWERS_OF_CONTRACTS = """
contracts.index             -       in    ok    ok    ok    ok    ok    ok    ok    in    ok    ok
contracts.show              sofias  in    ok    404   ok    404   404   404   404   in    404   404
contracts.show              sams    in    404   ok    404   ok    404   404   404   in    404   404
contracts.show              missing in    404   404   404   404   404   404   404   in    404   404
contracts.pause             sofias  in    ok    404   ok    404   404   404   404   in    404   404
contracts.pause             sams    in    404   ok    404   ok    404   404   404   in    404   404
contracts.pause             missing in    404   404   404   404   404   404   404   in    404   404
contracts.resume            sofias  in    ok    404   403   404   404   404   404   in    404   404
contracts.resume            sams    in    404   ok    404   403   404   404   404   in    404   404
contracts.resume            missing in    404   404   404   404   404   404   404   in    404   404
contracts.end               sofias  in    ok    404   ok    404   404   404   404   in    404   404
contracts.end               sams    in    404   ok    404   ok    404   404   404   in    404   404
contracts.end               missing in    404   404   404   404   404   404   404   in    404   404
"""
