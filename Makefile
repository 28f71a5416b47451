# Needs python3 (3.11 or newer, with venv and pip) and make; everything else is
# installed into .venv from requirements.lock. Once set up, no target but `lock`
# needs a network.
#
#   make example   solve the first scenario and write out/example
#   make test      all checks: ruff, mypy, pytest
#   make bench     timings
#   make setup     only set up .venv
#   make lint      only ruff and mypy
#   make lock      renew requirements.lock from pyproject.toml
#   make clean     remove what these targets made, .venv included

PYTHON ?= python3
PYTEST_FLAGS ?=
BENCH_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
TYPED := $(wildcard turnus api tests)

# What the caller's shell holds must not leak into .venv.
unexport PYTHONHOME PYTHONPATH PIP_PREFIX PIP_TARGET PIP_USER
export PYTHONNOUSERSITE := 1

.DELETE_ON_ERROR:
.PHONY: example test bench setup lint lock clean

example: setup
	$(BIN)/turnus solve scenarios/heltid/00-today/scenario.yaml --time 60 --out out/example

test: lint
	$(BIN)/pytest -n 2 $(PYTEST_FLAGS)

bench: setup
	$(BIN)/pytest benchmarks --benchmark-only $(BENCH_FLAGS)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy $(TYPED)

setup: $(VENV)/.installed

# Two steps, each with its own stamp: a new lock installs packages, a new
# pyproject.toml only renews turnus's own metadata and scripts. `pip check` says
# when pyproject.toml asks for something that the lock lacks.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	$(PIP) check
	@touch $@

$(VENV)/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "turnus needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which one to use: make setup PYTHON=python3.12")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --require-hashes --only-binary :all: --requirement requirements.lock
	@touch $@

LOCK_TOOLS := out/lock-tools
lock:
	$(PYTHON) -m venv $(LOCK_TOOLS)
	$(LOCK_TOOLS)/bin/python -m pip --disable-pip-version-check install --quiet uv
	$(LOCK_TOOLS)/bin/uv pip compile pyproject.toml --all-extras --universal --fork-strategy fewest \
		--python-version 3.11 --generate-hashes --upgrade --quiet --no-emit-index-url --no-emit-find-links \
		--no-annotate --custom-compile-command "make lock" --output-file requirements.lock

clean:
	rm -rf $(VENV) out/example $(LOCK_TOOLS) build dist .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find turnus api benchmarks tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
