# Everything runs from one .venv, made from the hash-pinned lock by whatever Python 3.11+ is here.
# The demo takes the development lock too: the editable install needs hatchling, which only that
# lock pins, and one environment cannot drift from another.

.DEFAULT_GOAL := help
.PHONY: help install demo up test check format lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CANDIDATES := python3.11 python3.12 python3.13 python3.14 python3 python
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c '$(FITS)' 2>/dev/null && echo $$p && break; done)
# The lock is complete, so nothing is resolved: older pips refuse a pin that is also wanted with an extra.
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# One process per core; a file stays in one process, so that its servers are started once. Files go
# in their order: by default those of few tests come last, which are the longest ones here.
PYTEST_ARGS ?= -n auto --dist loadfile --no-loadscope-reorder
# What shows the model at work: its own tests, and those of the acts that ask it.
MODEL_TESTS := tests/model tests/writing tests/records/test_annual_report.py \
	tests/desk/duty/test_annual_report_page.py tests/desk/case/test_incident_time_page.py \
	$(addprefix tests/office/story/,test_duty.py test_no_response.py test_intake.py delivery)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

help:  ## what there is to call
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{printf "%-14s %s\n", $$1, $$2}'

install: $(STAMP)  ## make .venv from the lock

$(STAMP): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed (Debian: apt-get install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	$(PIP) check
	@touch $(STAMP)

demo: $(STAMP)  ## play one incident end to end on real parts
	$(BIN)/phatngon demo

up: $(STAMP)  ## serve everything on this machine until Ctrl-C
	$(BIN)/phatngon up

test: $(STAMP)  ## all tests; CI=true makes a missing PostgreSQL or Chromium a failure
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(STAMP)  ## format, lint, types, import contracts, budgets, coverage of the model
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/loq
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --quiet $(PYTEST_ARGS) -k "not postgresql" $(MODEL_TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered

format: $(STAMP)  ## write the code the way the house writes it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:  ## pin again what pyproject.toml asks for (needs uv; the result names no address)
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra dev --output-file requirements-dev.lock

clean:  ## forget .venv and what tools cached
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .loq_cache .coverage
