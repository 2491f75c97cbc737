# make demo: set up and run the main job.  make test: set up and run the tests.  make check: format, types, lint, tests.
VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check format types lint bench clean

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt torch==2.13.0
	$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev,train]'
	@touch $@

demo: $(READY)
	$(BIN)/sartor demo -o out/demo

test: $(READY)
	$(BIN)/pytest -n 2

format: $(READY)
	$(BIN)/ruff format --check src tests

lint: $(READY)
	$(BIN)/ruff check src tests

types: $(READY)
	$(BIN)/mypy

check: format lint types test

clean:
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache
