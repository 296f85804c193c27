.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
PERIOD ?= 2023Q2
SCALE ?= 0.01
KILLS ?= 200
HOST ?= 127.0.0.1
PORT ?= 3000
DATA := $(or $(XY_DATA_DIR),data)
LANDING := $(or $(XY_LANDING_DIR),$(DATA)/landing)

.PHONY: help setup run test test-all reliability check fix ui ui-reader bench bench-peers soak lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/ready ## Make .venv with the locked dependencies and this project

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make setup PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q xypipeline
	touch $@

run: setup ## Simulate uploads if there are none, run PERIOD=2023Q2, print the attachment's path
	@test -n "$$(ls $(LANDING) 2>/dev/null)" || $(BIN)/xypipeline simulate $(PERIOD) --scale $(SCALE)
	$(BIN)/xypipeline run $(PERIOD)

test: setup ## Run the tests, but for those that take minutes each
	$(BIN)/python -m pytest -n auto

test-all: setup ## Run all tests
	$(BIN)/python -m pytest -n auto -m ""

PROMISES := crash raw landing verification end_to_end/test_privacy.py end_to_end/test_no_network.py \
	publication/test_hostile_texts.py orchestration/test_hostile_uploads.py registry/test_harmless_names.py \
	test_hostile_day.py test_harmless.py test_archives.py test_encryption.py test_owner_only.py \
	test_secure_defaults.py

reliability: setup ## Show all that docs/reliability.md promises, with KILLS=200 kills
	XY_CRASH_KILLS=$(KILLS) $(BIN)/python -m pytest -n auto -m "" $(addprefix xypipeline_tests/,$(PROMISES))

# Warnings of our definitions are errors; the two left out Dagster raises against itself.
STRICT := error,ignore:The `__fields__` attribute is deprecated,ignore:Property `ScheduleDefinition.environment_vars` is deprecated

check: setup ## Report what is not as it should be; edits nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar xypipeline
	$(BIN)/xypipeline standard check
	$(BIN)/python -m xypipeline.standard.document --check
	DAGSTER_HOME=$$($(BIN)/python -m xypipeline.orchestration.home) PYTHONWARNINGS='$(STRICT)' $(BIN)/dg check defs
	cp requirements.lock $(VENV)/fresh.lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes --group dev pyproject.toml -o $(VENV)/fresh.lock
	diff requirements.lock $(VENV)/fresh.lock

fix: setup ## Format, and regenerate what is generated
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar xypipeline
	$(BIN)/python -m xypipeline.standard.document

lock: setup ## Compile requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --no-emit-index-url --generate-hashes --group dev pyproject.toml -o requirements.lock

ui: setup ## Open Dagster's UI and daemon on HOST=127.0.0.1, PORT=3000
	umask 077; DAGSTER_HOME=$$($(BIN)/python -m xypipeline.orchestration.home) $(BIN)/dagster dev -w workspace.yaml -h $(HOST) -p $(PORT)

ui-reader: setup ## Open a UI in which nothing can be started or changed
	umask 077; DAGSTER_HOME=$$($(BIN)/python -m xypipeline.orchestration.home) $(BIN)/dagster-webserver -w workspace.yaml -h $(HOST) -p $(PORT) --read-only

bench: setup ## Measure a quarter at SCALE=0.01 beside a bare load; writes docs/benchmarks.md
	$(BIN)/python benchmarks/bench.py --scale $(SCALE)

bench-peers: setup ## Time other tools at our checks of the same rows
	$(BIN)/python benchmarks/peers.py

soak: DAYS := 365
soak: SCALE := 0.0002
soak: setup ## Live through DAYS=365 simulated days with a real daemon; goes on where it stopped
	$(BIN)/python benchmarks/soak.py --days $(DAYS) --scale $(SCALE)

clean: ## Remove .venv and everything written under data/
	rm -rf $(VENV) data/landing data/bench data/publication data/state data/warehouse.* data/expected-findings.parquet
