"""Bring the tables of machine-readable sources up to date, in one step or not at all.

`records` says where each source publishes; `fetch` and `github` ask it; an adapter makes
tables of the answer; `store` puts them in the place of the old ones; `moved` says what that
changes in the book; `run` does one after the other.
"""
