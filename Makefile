# The two commands a newcomer needs are `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORDS := $(wildcard cockpit/locale/*/LC_MESSAGES/messages.po)

.PHONY: help demo test check torture bench lock words clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

# One stamp says that the environment holds exactly what the lock names; without network a second run stops here.
$(READY): requirements.lock pyproject.toml $(WORDS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	cmp -s requirements.lock $(VENV)/installed.lock || $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	cp requirements.lock $(VENV)/installed.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/pybabel -q compile --directory cockpit/locale
	touch $@

demo: $(READY) ## open the stand-up of a demo department
	@$(BIN)/cockpit demo

# Tests of the screen and of real processes wait a good part of their time: three workers keep two cores busy.
test: check ## everything: format, lint, types, arrows, tests with branch coverage
	$(BIN)/pytest -n 3 --dist worksteal --cov --cov-report=term -m "not torture"

check: $(READY) ## format, lint, strict types, import arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

torture: $(READY) ## the long runs against real faults
	$(BIN)/pytest -m torture

bench: $(READY) ## one table of ratios, measured side by side
	$(BIN)/python -m benchmarks

lock: $(READY) ## resolve the exact versions anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes --no-emit-index-url --group dev pyproject.toml --output-file requirements.lock

words: $(READY) ## bring the message catalogues up to date with the code
	$(BIN)/pybabel -q extract --no-location --sort-output --project standup-cockpit --header-comment '# The messages of cockpit, as the code has them.' -k t -k n:1,2 -k mark -k Busy -k Conflict -k Damaged -k Invalid -k Missing -k Unsuitable -k Unwritable -o cockpit/locale/messages.pot cockpit events projections
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --input-file cockpit/locale/messages.pot --output-dir cockpit/locale

clean: ## remove what make made
	rm -rf $(VENV) .demo
