"""Bring the tables of machine-readable sources up to date, in one step or not at all.

`records` says where each source publishes; `asking` asks it, by way of `fetch` and `github`, or
unpacks what somebody downloaded; an adapter makes tables of that; `store` puts them in the place
of the old ones, with their `descriptions`; `proof` and `moved` say what that changes in the book;
`run` does one after the other.
"""
