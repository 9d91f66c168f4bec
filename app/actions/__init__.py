"""Verbs: everything a deed causes, in order, in one function. They check state, not permission."""
