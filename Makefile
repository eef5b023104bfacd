# Two commands: `make nightly` runs the pipeline, `make test` the tests. Both make the environment first.
PYTHON ?= python3
BIN := .venv/bin
ENVIRONMENT := .venv/.installed
SPARK_ENVIRONMENT := .venv-spark/.installed
SOURCES := pipelines assets tests benchmarks
LOCKED = $(BIN)/uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"
export DAGSTER_HOME ?= $(CURDIR)/.dagster
# compiled bytecode saves more than a second at every start
unexport PYTHONDONTWRITEBYTECODE

.PHONY: nightly test test-spark torture check format ui bench lock browser clean

nightly: $(ENVIRONMENT)
	@$(BIN)/neighbourhoods nightly

# three on two processors, since many wait for processes of their own; those that take minutes first: tests/conftest.py
test: $(ENVIRONMENT) browser
	@$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

# every model on DuckDB and on Spark, all rows compared; needs Java 17, and an environment of its own (0.5 GB)
test-spark: $(SPARK_ENVIRONMENT)
	@.venv-spark/bin/python -m tests.spark $(OPTIONS)

# nightlies killed and starved while analysts read; about half an hour, and OPTIONS="--kills 20" for less
torture: $(ENVIRONMENT)
	@$(BIN)/python -m tests.torture $(OPTIONS)

check: $(ENVIRONMENT)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar sql

format: $(ENVIRONMENT)
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

ui: $(ENVIRONMENT)
	@$(BIN)/dg dev --host 127.0.0.1 --port 3000

bench: $(ENVIRONMENT)
	@$(BIN)/python -m benchmarks $(OPTIONS)

# the second is what a server installs: what runs and its Postgres, nothing of development, in the same versions
lock: $(ENVIRONMENT)
	$(LOCKED) --upgrade --extra dev --output-file requirements.lock pyproject.toml
	@echo 'setuptools>=77' | $(LOCKED) --extra postgres --constraints requirements.lock \
		--output-file deploy/requirements.lock pyproject.toml -

# what the browser tests need of the system, where this user may install it; where not, they say what is missing
browser:
	@sh tests/browser/install.sh

$(ENVIRONMENT): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 ...")'
	@echo "Making the environment in .venv (once; a minute or two)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(SPARK_ENVIRONMENT): deploy/requirements.lock pyproject.toml
	@java -version 2>/dev/null || { echo "Spark needs Java 17 or later on the PATH: apt-get install openjdk-17-jre-headless"; exit 1; }
	@echo "Making the environment in .venv-spark (once; some minutes)"
	@$(PYTHON) -m venv .venv-spark
	@.venv-spark/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement deploy/requirements.lock
	@.venv-spark/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[spark]'
	@touch $@

clean:
	rm -rf .venv .venv-spark .mypy_cache .ruff_cache .pytest_cache warehouse
