# Needs python3 (3.11 or later, with its venv package) and make; everything else is installed into .venv.

PYTHON ?= python3
PIP := .venv/bin/python -m pip install -qq --disable-pip-version-check --progress-bar off

# So that what is started finds the programs of .venv, and shows what it prints at once.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint faults bench clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: export HOST := $(or $(HOST),127.0.0.1)  # its movable clock and made-up shop are for this machine only
run: .venv/installed  ## start everything here, with a made-up pharmacy to try it out
	@exec python -m development

test: lint  ## check the style and run all tests, on SQLite and on PostgreSQL
	@python -m pytest --numprocesses=auto --dist=loadgroup

lint: .venv/installed-for-tests  ## check style and types
	@ruff check .
	@mypy

faults: .venv/installed-for-tests  ## kill, empty and cut off every part for minutes, and see that nothing is lost
	@python -m pytest -m long

bench: .venv/installed-for-tests  ## measure what was promised to be fast
	@python -m bench

clean:  ## remove what was installed and cached; the data in var/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The programs in .venv name the folder they were installed for: one that was moved or copied needs its own.
ifneq ($(CURDIR),$(shell cat .venv/installed 2>/dev/null))
.PHONY: .venv/installed
endif

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Refill Desk needs Python 3.11 or later; name it so: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "Python's venv package is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what Refill Desk needs (this once, about a minute) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@echo "$(CURDIR)" > $@

.venv/installed-for-tests: .venv/installed requirements-test.txt
	@echo "Installing what its tests need (this once) ..."
	@$(PIP) -r requirements.txt -r requirements-test.txt
	@touch $@
