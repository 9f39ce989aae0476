# Four commands. Each sets itself up on a fresh machine with Python 3.11 or later.
#   make run     set up, load the demonstration, study the demonstration e-bike, serve http://127.0.0.1:8000
#   make test    set up and run every test, real browser included
#   make check   lint, types, layers, documentation
#   make bench   benchmarks against peers, as ratios in one run
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PIP_INSTALL = $(BIN)/uv pip install -q -p $(BIN)/python
SHELL := /bin/bash

.PHONY: run test check bench lock docs reference clean

run: $(VENV)/.run
	$(BIN)/ancrage demo --serve

test: $(VENV)/.test $(VENV)/.browser
	$(BIN)/pytest -n 2

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) docs

docs: $(VENV)/.test
	$(BIN)/sphinx-build -W -q -b html docs docs/_build/html

bench: $(VENV)/.test
	$(BIN)/python -m bench

lock: $(BIN)/uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q \
	  pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q \
	  pyproject.toml requirements/build.in -c requirements/run.txt --group pyproject.toml:test \
	  --group pyproject.toml:docs --group pyproject.toml:tools --group pyproject.toml:bench -o requirements/test.txt

reference: $(VENV)/.test
	tools/fetch_reference_packages.sh build/reference-packages
	$(BIN)/python tools/build_reference.py --packages build/reference-packages

clean:
	rm -rf $(VENV) build dist docs/_build .mypy_cache .ruff_cache .pytest_cache

$(BIN)/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q "uv>=0.13,<0.14"

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/uv
	$(PIP_INSTALL) --require-hashes -r $< || $(BIN)/python -m pip install -q --require-hashes -r $<
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: requirements/test.txt pyproject.toml | $(BIN)/uv
	$(PIP_INSTALL) --require-hashes -r $< || $(BIN)/python -m pip install -q --require-hashes -r $<
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.run

# The browser and the PDF reader of the tests: Debian's, installed as root where they are missing.
$(VENV)/.browser: | $(BIN)/uv
	@if ! command -v chromium >/dev/null || ! command -v pdftoppm >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium poppler-utils >/dev/null; \
	  else echo "Install chromium and poppler-utils first (apt-get install chromium poppler-utils)."; exit 1; fi; fi
	@touch $@
