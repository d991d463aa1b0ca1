"""Trying things on a copy of the day: the bar over the panes that says so, compares the trials and ends them."""
