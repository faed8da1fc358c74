# Thin wrappers around `python -m analysis ...`, which is the interface on every system.
# Each target first makes sure that the environment is the one in requirements.lock.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m analysis

.PHONY: book student test prove serve lab notebooks sweep refresh bench contact-sheet
.PHONY: mutation independence compat epub pdf clean

book: $(VENV)/.ready
	$(RUN) book

student: $(VENV)/.ready
	$(RUN) student

test: $(VENV)/.ready
	$(RUN) test

prove: $(VENV)/.ready
	$(RUN) prove

serve: $(VENV)/.ready
	$(RUN) serve

lab: $(VENV)/.ready
	$(RUN) lab

notebooks: $(VENV)/.ready
	$(RUN) notebooks

sweep: $(VENV)/.ready
	$(RUN) sweep

refresh: $(VENV)/.ready
	$(RUN) refresh

bench: $(VENV)/.ready
	$(RUN) bench

contact-sheet: $(VENV)/.ready
	$(RUN) contact-sheet

mutation: $(VENV)/.ready
	$(RUN) mutation all

independence: $(VENV)/.ready
	$(RUN) independence

compat: $(VENV)/.ready
	$(RUN) compat --write

epub: $(VENV)/.ready
	$(RUN) epub

pdf: $(VENV)/.ready
	$(RUN) pdf

clean:
	rm -rf _build $(VENV) *.egg-info

# Hashes are required, so a changed upstream file stops here instead of in a number.
# The lock names every package, so pip need not look for more (--no-deps); it refuses a package
# asked for with an extra in that mode. `pip check` proves that nothing is missing.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed')"
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(VENV)/bin/python -m pip check
	touch $@
