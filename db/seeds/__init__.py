"""The demo world, and crowds for load tests; the words are in content/, one file per topic."""
