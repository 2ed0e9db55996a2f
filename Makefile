# Everything a newcomer types. `make help` lists it.
# Needs only Python 3.11 or later, make and the package registry.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check bench lock i18n format browser clean

VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: what goes wrong is still told, what a machine's own settings provoke is not.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

# `make PYTHON=/path/to/python3.12 setup` chooses another interpreter.
PYTHON ?=
# `make run PORT=8080` listens elsewhere; unset, the settings decide (8000).
PORT ?=
# `make test ARGS="-k outbox"` passes the rest on to pytest.
ARGS ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## Create .venv and install what running needs (instant the second time)

run: $(VENV)/.runtime ## Start web and worker on http://127.0.0.1:8000 (PORT= another)
	@exec $(if $(PORT),env TSUNAGI_PORT=$(PORT) )$(BIN)/tsunagi serve

test: $(VENV)/.dev browser ## Run the whole suite, with PostgreSQL and a real browser (ARGS= for pytest)
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev ## Lint, format, types, import rules, dialogs, catalogs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tsunagi check

bench: $(VENV)/.dev ## Measure, print ratios, write JSON
	@$(BIN)/python -m tests.bench.run $(ARGS)

format: $(VENV)/.dev ## Rewrite the Python files in the house style
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

i18n: $(VENV)/.dev ## Collect new sentences into the catalogs, make furigana
	$(BIN)/tsunagi i18n

browser: $(VENV)/.dev ## Make sure that a Chromium for the tests is there
	@$(BIN)/python -m tests.support.browser

COMPILE = $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(LOCK_ARGS)

# `make lock LOCK_ARGS=--upgrade` moves to the newest versions.
LOCK_ARGS ?=

lock: $(VENV)/.dev ## Compile requirements/*.txt from pyproject.toml (LOCK_ARGS=--upgrade)
	$(COMPILE) --output-file requirements/runtime.txt
	$(COMPILE) --group dev --constraints requirements/runtime.txt --output-file requirements/dev.txt

clean: ## Remove the environment and all caches; data in var/ stays
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- how the environment comes to be ------------------------------------------------------------
# A stamp is touched only after its step has succeeded, so an interrupted install is taken up again.

$(VENV)/.made:
	@python=''; \
	for candidate in $(if $(PYTHON),'$(PYTHON)',python3 python3.13 python3.12 python3.11 python3.14); do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python="$$candidate"; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Tsunagi needs Python 3.11 or later$(if $(PYTHON), and $(PYTHON) is not). Name one: make PYTHON=/path/to/python3.12 setup" >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
		echo "This Python cannot create environments. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what running needs into $(VENV) (about a minute)"
	@$(PIP) install --require-hashes --no-deps --requirement requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "Installing the tools for tests and checks into $(VENV)"
	@$(PIP) install --require-hashes --no-deps --requirement requirements/dev.txt
	@touch $@
