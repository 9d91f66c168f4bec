"""The same pages and deeds as people write them in Flask; see site.py."""
