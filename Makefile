# Témoin's commands. `make` alone lists them.
# Works with GNU make 3.81 (macOS) and later, any POSIX sh, Python 3.11 or later.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
# Where `make demo` puts its case and its report.
DEMO ?= out/demo

# The first Python that is new enough; override with `make setup PYTHON=/path/to/python`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

# The workbench's pages; without Node everything else works.
PAGES := src/temoin/workbench/static/index.html
PAGE_SOURCES := $(shell find web -type d \( -name node_modules -o -name generated \) -prune -o -type f -print)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast check pages-check screenshots format train evaluate bench linking fuzz build docs docs-version dist check-install sbom lock audit clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.ready $(PAGES) ## Create .venv, install Témoin and its developers' tools (no torch), build the workbench

$(VENV)/.ready: pyproject.toml
	@$(call create-venv,$(VENV))
	@echo "Installing Témoin into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable '.[pandas]' --group dev
	@touch $@

$(PAGES): $(PAGE_SOURCES)
	@if command -v npm >/dev/null && node -e 'process.exit(+(parseInt(process.versions.node) < 20))'; then \
		echo "Building the workbench's pages ..." && cd web && npm ci --silent && npm run --silent build >/dev/null && cd .. && touch $@; \
	else \
		echo "No Node.js 20 or later: \`temoin serve\` will have no pages (Debian: apt install nodejs npm)."; \
	fi

pages-check: $(PAGES) ## Types, lint and unit tests of the workbench's pages
	cd web && npm run --silent check && npm test --silent

screenshots: setup ## Make the README's pictures of the workbench (Chromium)
	$(BIN)/python tools/screenshots.py $(ARGS)

demo: setup ## Read the examples into a case: claims, a contested incident, who holds what, a report
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/temoin read examples/mizda --published 2019-11-14
	$(BIN)/temoin init $(DEMO)/examples.temoin
	$(BIN)/temoin add $(DEMO)/examples.temoin examples/mizda --published 2019-11-14
	$(BIN)/temoin add $(DEMO)/examples.temoin examples/elsewhere
	$(BIN)/temoin corroborate $(DEMO)/examples.temoin
	$(BIN)/temoin incident $(DEMO)/examples.temoin --contested --limit 5
	$(BIN)/temoin incident $(DEMO)/examples.temoin --contested --limit 1 --full
	$(BIN)/temoin situation $(DEMO)/examples.temoin --at 2019-11-14 --area Mizda~150 \
	  --changes-since 2019-11-12
	$(BIN)/temoin export $(DEMO)/examples.temoin --format html --out $(DEMO)/report.html
	$(BIN)/temoin verify $(DEMO)/examples.temoin
	@echo "Open $(DEMO)/report.html in a browser."

test: setup ## Run all tests
	$(BIN)/python -m pytest

test-fast: setup ## Run the tests that take a few seconds at most
	$(BIN)/python -m pytest -m 'not slow'

check: setup ## Lint, formatting, types, import layers, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@for each in tests/*/conftest.py; do \
		MYPYPATH=tests/fakes $(BIN)/mypy --exclude '^$$' "$$each" || exit 1; \
	done
	$(BIN)/lint-imports
	$(BIN)/codespell

format: setup ## Format the code and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Training has a virtualenv of its own: torch is large and types are checked without it.
train: .venv-train/.ready ## Train the extraction model on the CPU (hours), into the package
	.venv-train/bin/python -m temoin.training $(ARGS)

.venv-train/.ready: pyproject.toml
	@$(call create-venv,.venv-train)
	@.venv-train/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-train/bin/python -m pip install --quiet --editable '.[train]'
	@touch $@

evaluate: setup ## Score the shipped model and the grounding alone, against their gates
	$(BIN)/temoin evaluate corpus/development --gate corpus/gate.json $(ARGS)
	$(BIN)/temoin evaluate corpus/development --given-events --gate corpus/grounding-gate.json $(ARGS)
	$(BIN)/temoin evaluate corpus/languages --gate corpus/languages-gate.json $(ARGS)
	$(BIN)/temoin evaluate corpus/languages --given-events --gate corpus/languages-grounding-gate.json $(ARGS)

# So does the benchmark: spaCy and its French model are no dependencies of Témoin.
bench: .venv-bench/.ready ## Measure speed, memory and size beside spaCy; then linking, as below
	.venv-bench/bin/python benchmarks/bench.py $(ARGS)
	.venv-bench/bin/python benchmarks/linking_speed.py --out benchmarks

linking: setup ## Link a million synthetic claims: fails over 10 minutes or 8 GB
	$(BIN)/python benchmarks/linking_speed.py --out benchmarks $(ARGS)

fuzz: setup ## Fuzz every reader of foreign bytes, a minute each; ARGS="--target html --seconds 600"
	$(BIN)/python tools/fuzz.py $(ARGS)

.venv-bench/.ready: pyproject.toml
	@$(call create-venv,.venv-bench)
	@.venv-bench/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-bench/bin/python -m pip install --quiet --editable . --group bench
	@touch $@

build: setup ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls -l dist

docs: .venv-docs/.ready ## Build the documentation into site/, every link checked
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mkdocs build --quiet
	$(PYTHON) tools/check_site.py site

docs-version: .venv-docs/.ready ## Keep the site of VERSION beside the others, on the branch gh-pages
	NO_MKDOCS_2_WARNING=1 .venv-docs/bin/mike deploy --update-aliases $(VERSION) latest
	.venv-docs/bin/mike set-default latest

.venv-docs/.ready: pyproject.toml
	@$(call create-venv,.venv-docs)
	@.venv-docs/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-docs/bin/python -m pip install --quiet --group docs
	@touch $@

# What a release needs has a virtualenv of its own, too. docs/releasing.md tells the order.
dist: .venv-release/.ready ## Build sdist and wheel into dist/, with the front end where it is built
	@test -f src/temoin/workbench/static/index.html || \
	  echo "Warning: no front end in src/temoin/workbench/static: npm ci && npm run build in web/"
	rm -f dist/temoin-*
	.venv-release/bin/python -m build --no-isolation
	@ls -l dist

check-install: .venv-release/.ready ## Install the wheel offline into an empty virtualenv, and try it
	.venv-release/bin/python tools/check_install.py $(ARGS)

sbom: .venv-release/.ready ## Write the SBOM of what `make check-install` installed, and the hashes
	.venv-release/bin/python tools/release_files.py sbom
	.venv-release/bin/python tools/release_files.py hashes

lock: .venv-release/.ready ## Lock the run-time dependencies with hashes; ARGS=--upgrade for newer ones
	.venv-release/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
	  --output-file requirements/runtime.lock $(ARGS)

audit: .venv-release/.ready ## Look the locked dependencies up in lists of known faults (network)
	.venv-release/bin/python tools/audit.py

.venv-release/.ready: pyproject.toml
	@$(call create-venv,.venv-release)
	@.venv-release/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-release/bin/python -m pip install --quiet --group release
	@touch $@

clean: ## Remove caches and built files (keeps the virtualenvs)
	rm -rf build dist site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call create-venv,DIR): a virtualenv at DIR, or one sentence on what is missing.
define create-venv
if [ -z "$(PYTHON)" ]; then \
	echo "Témoin needs Python 3.11 or later, found: $$(python3 --version 2>&1 || echo none)." >&2; \
	echo "Install one (Debian: apt install python3 python3-venv; macOS: brew install python)," >&2; \
	echo "or name it: make setup PYTHON=/path/to/python3.12" >&2; \
	exit 1; \
fi; \
if [ ! -x $(1)/bin/python ] || ! $(1)/bin/python -m pip --version >/dev/null 2>&1; then \
	"$(PYTHON)" -m venv --clear $(1) || { \
		rm -rf $(1); \
		echo "$(PYTHON) cannot create a virtualenv; on Debian and Ubuntu: apt install python3-venv" >&2; \
		exit 1; \
	}; \
fi
endef
