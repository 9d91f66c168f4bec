"""Skileez: pages, rules and actions. `db/` below it holds the tables and their questions."""

import zoneinfo

# By the zones that are installed with us, not by those of the machine, which may be years older:
# every node shows the same time, and a country that changes its clocks is known in time.
zoneinfo.reset_tzpath(to=())
