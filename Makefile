# Each target makes .venv from requirements.lock when it is missing or stale.
# Needs Python 3.11 or later, make and git; on Windows see the README.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: report test lab bench evidence lock clean
.DELETE_ON_ERROR:

report: $(READY)
	$(BIN)/tellings report

test: $(READY)
	$(BIN)/python -m pytest

lab: $(READY)
	$(BIN)/tellings lab

bench: $(READY)
	$(BIN)/python benchmarks/analyse.py
	$(BIN)/python benchmarks/times.py
	$(BIN)/python benchmarks/edit.py
	$(BIN)/python benchmarks/add.py
	$(BIN)/python benchmarks/copies.py

# After a change of results: stores what the notebooks' evidence cells show now.
evidence: $(READY)
	$(BIN)/python tests/evidence.py

# .venv is made anew rather than mended, so that it never holds more than the lock says.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Tellings needs Python 3.11 or later; $(PYTHON) is older. Say which to use: make PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Newest versions that pyproject.toml allows, for every platform; names, versions and hashes only.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra dev --upgrade pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) reports build .pytest_cache
