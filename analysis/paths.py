"""Where things are; nothing else builds a path."""

import os
from pathlib import Path

# The repository, found from this file so that chapters, tests and the command line agree.
ROOT = Path(__file__).resolve().parent.parent

# What holds the tables and their sealed description.  It is the repository, except in the
# process that proves a copy of them before the copy replaces the original.
STORE = Path(os.environ.get("POSITION_OF_STRENGTH_STORE", ROOT))

# The book's own tables; committed, and enough to build and test everything.
DATA = STORE / "data"

# Hand-written description of each table, from which the data package is sealed.
ORIGINS = DATA / "origins"

# The sealed description of all tables (Frictionless Data Package v2).
DATAPACKAGE = STORE / "datapackage.json"

# What a refresh keeps for itself: its lock, its journal, what it asked last.  Never committed,
# and on the same file system as the tables, so that a file moves there in one step.
REFRESH = STORE / ".refresh"

# The moves of a refresh that is writing its tables; while it is there nothing reads them.
JOURNAL = REFRESH / "journal.json"

# What people edit (.md) beside its executed record (.ipynb).
CHAPTERS = ROOT / "chapters"

# The notebook in which a reader sets a tolerance and reaches verdicts of their own.
ASSIGNMENT = ROOT / "assignment"

# Whatever is built; never committed.
BUILD = ROOT / "_build"

# The source tree that Jupyter Book reads, assembled afresh for each build.
BOOK_SOURCE = BUILD / "source"

# The pages.
HTML = BUILD / "html"

# Working copies of the chapters, which belong to the reader; never committed.
LAB = ROOT / "lab"
# Variable with the address for which the pages are built, where the builder names one.
ADDRESS = "POSITION_OF_STRENGTH_ADDRESS"

# Variable with the folder that the pages of this build are made from, where not the root.
MADE_FROM = "POSITION_OF_STRENGTH_MADE_FROM"

# The same book for students, without solutions.
STUDENT = BUILD / "student"

# The pinned versions, with hashes.
LOCK = ROOT / "requirements.lock"
