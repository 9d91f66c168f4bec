"""What the routes of reviews answer to whom; read together with answers.py."""

ANSWERS_OF_REVIEWS = """
reviews.new                 sofias  in    ok    404   ok    404   404   404   404   in    404   404
reviews.new                 sams    in    404   ok    404   ok    404   404   404   in    404   404
reviews.new                 missing in    404   404   404   404   404   404   404   in    404   404
reviews.create              sofias  in    ok    404   ok    404   404   404   404   in    404   404
reviews.create              sams    in    404   ok    404   ok    404   404   404   in    404   404
reviews.create              missing in    404   404   404   404   404   404   404   in    404   404
reviews.new_reply           sofias  in    403   404   ok    404   404   404   404   in    404   404
reviews.new_reply           sams    in    404   403   404   ok    404   404   404   in    404   404
reviews.new_reply           missing in    404   404   404   404   404   404   404   in    404   404
reviews.reply               sofias  in    403   404   ok    404   404   404   404   in    404   404
reviews.reply               sams    in    404   403   404   ok    404   404   404   in    404   404
reviews.reply               missing in    404   404   404   404   404   404   404   in    404   404
"""
