# Every task of the project. `make demo` and `make test` need Python 3.11, pip and make; they set up the rest.
# Set-up talks on standard error, so that `make bench ARGS=--json` prints one JSON object and nothing else.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint test-kafka kafka bench score check-data torture lock clean
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
READY := .venv/stamp
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist worksteal
UV := uv==0.13.9
COMPILE := .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --upgrade --no-config

help:  ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | expand -t 14
	@echo
	@echo "ARGS=... goes to the program behind the target: make test ARGS='-k seeds', make bench ARGS=--json"

demo: $(READY)  ## two news reports become one story, on an embedded broker
	@$(BIN)/python -m replay.demo $(ARGS)

test: lint  ## ruff, mypy and every test that needs no Java (ARGS to pytest)
	@echo "pytest" >&2
	@$(PYTEST) $(ARGS)

lint: $(READY)  ## ruff and mypy alone
	@echo "ruff check" >&2
	@$(BIN)/ruff check --quiet .
	@echo "ruff format --check" >&2
	@$(BIN)/ruff format --check . >&2
	@echo "mypy --strict" >&2
	@$(BIN)/mypy --no-error-summary

test-kafka: $(READY)  ## the broker tests on the embedded broker and on Apache Kafka (Java 17 and Maven)
	@SLUGLINE_TEST_KAFKA=1 $(PYTEST) tests/broker tests/worker tests/cli tests/system tests/deploy/test_compose_kafka.py $(ARGS)

kafka: $(READY)  ## a local Apache Kafka of one node, until Ctrl-C (Java 17 and Maven)
	@$(BIN)/python -m stream.broker.kafka $(ARGS)

bench: $(READY)  ## speed and memory, as one table (ARGS=--json: one JSON object)
	@$(BIN)/python -m bench $(ARGS)

score: $(READY)  ## how well it groups, beside three simple methods, on real wires where they are at hand
	@$(BIN)/python -m bench.score $(ARGS)

check-data: $(READY)  ## the worker and the fold say the same, on the real wire of 1987 where it is at hand
	@$(BIN)/python -m bench.check_data $(ARGS)

torture: $(READY)  ## a hundred faults in a running installation, then every law asked (Java 17 and Maven)
	@$(BIN)/python -m bench.torture $(ARGS)

lock: .cache/lock/bin/uv  ## renew the three lock files from pyproject.toml
	@echo "requirements.lock, requirements-dev.lock, requirements-build.lock" >&2
	@$(COMPILE) pyproject.toml --output-file requirements.lock >/dev/null
	@$(COMPILE) pyproject.toml --extra dev --extra bench --constraint requirements.lock \
		--output-file requirements-dev.lock >/dev/null
	@.cache/lock/bin/python -c "import tomllib; \
		print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
		| $(COMPILE) - --output-file requirements-build.lock >/dev/null

clean:  ## take away what make made (.venv, caches, local brokers)
	@rm -rf .venv .cache .kafka .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first interpreter that is new enough: a pyenv shim may be on the PATH and still not run.
FIND_PYTHON = for python in $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14) none; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ "$$python" = none ]; then \
		echo "Slugline needs Python 3.11 or newer. Say where it is: make PYTHON=/path/to/python3.11" >&2; \
		exit 2; \
	fi

$(READY): pyproject.toml requirements-dev.lock requirements-build.lock .ci/prepare.py
	@$(FIND_PYTHON); "$$python" .ci/prepare.py

.cache/lock/bin/uv:
	@$(FIND_PYTHON); "$$python" -m venv --clear .cache/lock
	@echo "installing $(UV), which writes the lock files ..." >&2
	@.cache/lock/bin/python -m pip --disable-pip-version-check --quiet install '$(UV)' >&2
