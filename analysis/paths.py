"""Where things are; nothing else builds a path."""

from pathlib import Path

# The repository, found from this file so that chapters, tests and the command line agree.
ROOT = Path(__file__).resolve().parent.parent

# The book's own tables; committed, and enough to build and test everything.
DATA = ROOT / "data"

# Hand-written description of each table, from which the data package is sealed.
ORIGINS = DATA / "origins"

# The sealed description of all tables (Frictionless Data Package v2).
DATAPACKAGE = ROOT / "datapackage.json"

# What people edit (.md) beside its executed record (.ipynb).
CHAPTERS = ROOT / "chapters"

# Whatever is built; never committed.
BUILD = ROOT / "_build"

# The source tree that Jupyter Book reads, assembled afresh for each build.
BOOK_SOURCE = BUILD / "source"

# The pages.
HTML = BUILD / "html"

# The pinned versions, with hashes.
LOCK = ROOT / "requirements.lock"
