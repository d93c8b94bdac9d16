# Gza. `make help` lists the targets.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 8000
STAMP := $(VENV)/.ready
export PYTHONDONTWRITEBYTECODE ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup run test test-sqlite test-postgres e2e bench bench-protection soak mutate lint docs lock pictures clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements/test.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Gza needs Python 3.11 or newer; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what requirements/test.txt pins, into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m tools.messages compile
	@touch $@

setup: $(STAMP) ## make the environment in .venv and install, nothing else

run: $(STAMP) ## migrate, build the synthetic country if there is none, serve on 127.0.0.1 (PORT, default 8000)
	@$(BIN)/python -m tools.messages compile
	@$(BIN)/gza serve --port $(PORT)

test: $(STAMP) lint test-sqlite test-postgres e2e ## everything that must hold: lint, both engines, the browser

test-sqlite: $(STAMP) ## the suite on SQLite
	@echo "== the suite on SQLite"
	@$(BIN)/python -m pytest -n 2 -m "not e2e" tests

test-postgres: $(STAMP) ## the suite on PostgreSQL, without the two libraries that touch no database
	@echo "== the suite on PostgreSQL"
	@GZA_TEST_ENGINE=postgres $(BIN)/python -m pytest -n 2 -m "not e2e" --ignore tests/law --ignore tests/protection tests

e2e: $(STAMP) ## the browser tests, in the machine's Chromium
	@echo "== the browser tests"
	@$(BIN)/python -m pytest -m e2e -rs tests/e2e

lint: $(STAMP) ## ruff, mypy, import-linter, templates, translations, fresh generated docs
	@$(BIN)/ruff check gza tests tools
	@$(BIN)/ruff format --check gza tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.messages check
	@$(BIN)/python -m tools.templatelint
	@$(BIN)/python -m tools.docs --check

bench: $(STAMP) ## server time and queries of each page, with ratios to bare queries, at three sizes (SIZES="3000 30000 300000")
	@$(BIN)/python -m tools.benchpdf
	@$(BIN)/python -m tools.bench $(if $(SIZES),--sizes "$(SIZES)")

bench-protection: $(STAMP) ## protected tables beside three rivals' on the same records (SIZES="40 66 150 300 3000 100000")
	@$(BIN)/python -m tools.benchprotection --rivals $(if $(SIZES),--sizes "$(SIZES)")

soak: $(STAMP) ## kill the server in the middle of writes (KILLS=200); a crowd at once (MINUTES=10); attack protected tables (COUNTRIES=2000, SEED=1)
	@$(BIN)/python -m tools.soak --kills $(or $(KILLS),200)
	@$(BIN)/python -m tools.soakcrowd --engine sqlite --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)
	@$(BIN)/python -m tools.soakcrowd --engine postgres --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)
	@$(BIN)/python -m tools.soakprotection --countries $(or $(COUNTRIES),2000) --seed $(or $(SEED),1)
	@$(BIN)/python -m tools.soakprotection --countries $(or $(COUNTRIES),2000) --seed $(or $(SEED),1) --late

mutate: $(STAMP) ## turn each rule into "allowed" and see a test of its clause fail
	@$(BIN)/python -m tools.mutate

docs: $(STAMP) ## make docs/reference anew
	@$(BIN)/python -m tools.docs

pictures: $(STAMP) ## make docs/pictures anew with the browser tests
	@$(BIN)/python -m pytest -m e2e tests/e2e --pictures

lock: ## pin every requirement with its hash (needs pip-tools in .venv)
	@$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate -o requirements/run.txt pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate --extra test -o requirements/test.txt pyproject.toml requirements/build.in
	@$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate -o requirements/rivals.txt requirements/rivals.in

clean: ## remove the environment, the demonstration's data and every cache
	@rm -rf $(VENV) var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
