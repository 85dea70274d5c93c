# Two commands: `make lab` to learn, `make test` to check. Both set everything up in .venv first.
# `make lab ARGS='--port=9000'` hands options to JupyterLab.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
EXTRAS := lab check sources strong corpus docs test
HOSTILE := tests/test_hostile_text.py tests/e2e/test_hostile_pages.py tests/e2e/test_hostile_lab.py tests/e2e/test_privacy.py
QUICK := rooms public layers story reading article card marking terms reveal

# As a plugin nbval would be imported by each process, seconds before the tests can say what it need not import.
PYTEST := $(BIN)/python -m pytest -p no:nbval --numprocesses 2

# What failed, once more and alone: with two at a time a browser can be late. What fails twice has failed.
AGAIN := $(BIN)/python -m pytest -p no:nbval --last-failed --last-failed-no-failures none

# Compiled once, not in each of the hundred processes that the tests start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup lab test quick walks js fuzz lite hub docs benchmark faults lock clean

help: ## Show these commands
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' Makefile

setup: $(READY) ## Install everything into .venv (once; again only when the lock changes)

lab: $(READY) ## Open JupyterLab on the first notebook
	@$(BIN)/python -m kit lab $(ARGS)

test: $(READY) ## Run every check: style, types, notebooks, tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tests/js/check.py
	$(BIN)/python -m kit check
	$(PYTEST) --dist loadscope --cov=kit --cov-report=term:skip-covered || $(AGAIN)

quick: $(READY) ## Run what finds most faults in half a minute: style, types, and the tests of what everything else stands on
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) --quiet $(QUICK:%=tests/test_%.py)

walks: $(READY) ## Walk through every lesson and exercise in a browser, by mouse, by keyboard alone and by touch
	$(PYTEST) --dist load -m 'walk' tests/e2e/test_lessons.py tests/e2e/test_new_lesson.py tests/e2e/test_quiz.py $(HOSTILE)

js: $(READY) ## Check the widgets' scripts alone: style, types, unit tests (needs Node)
	$(BIN)/python tests/js/check.py

fuzz: $(READY) ## Look for inputs that the kit can't take, a minute for each kind (Linux, macOS); ARGS='any_page --seconds 600'
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r tests/fuzz/requirements.txt
	$(BIN)/python tests/fuzz/run.py $(ARGS)

lite: lite/.venv/ready docs ## Build the site that needs no installation, into lite/_site; ARGS=--test where Pyodide's server can't be reached
	lite/.venv/bin/python lite/build.py $(ARGS)

hub: deploy/hub/.venv/kit ## Run a hub for a class on this machine (needs Node): see deploy/README.md
	@deploy/hub/.venv/bin/python deploy/hub/start.py $(ARGS)

docs: $(READY) ## Build the documentation into docs/_build/html
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet docs docs/_build/html

benchmark: $(READY) ## Measure the kit and other tools on gold files: make benchmark DATA=DIR
	@$(BIN)/python -m benchmarks.accuracy --data '$(DATA)' $(ARGS)

faults: $(READY) ## Put faults into a copy, one by one: is each found by its check? ARGS='key minutes' takes those with such ids
	@$(BIN)/python tests/faults/seed.py $(ARGS)

lock: $(READY) ## Renew requirements.lock with the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile pyproject.toml --upgrade $(EXTRAS:%=--extra %) --universal \
		--python-version 3.11 --generate-hashes --only-binary :all: --no-header --quiet -o requirements.lock
	$(BIN)/python -m uv pip compile pyproject.toml deploy/hub/requirements.in --extra lab --extra sources --constraint requirements.lock \
		--upgrade --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-header --quiet -o deploy/hub/requirements.txt
	@echo 'Looking whether every platform finds all its wheels ...'
	@for platform in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu windows x86_64-apple-darwin aarch64-apple-darwin; do \
		for python in 3.11 3.14; do \
			MACOSX_DEPLOYMENT_TARGET=14.0 $(BIN)/python -m uv pip install --no-config --dry-run --quiet --only-binary :all: --require-hashes --target .venv/unused \
				--python-platform $$platform --python-version $$python -r requirements.lock || exit 1; \
		done; \
	done

clean: ## Delete .venv and everything else that git ignores, but for students' answers
	git clean -d -X --force --quiet --exclude='!answers'

# Hashes make a clone next year install what was tested; wheels only, so no compiler is needed.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or newer is needed. Name one that you have: make $(MAKECMDGOALS) PYTHON=python3.13' >&2; exit 1; }
	@echo 'Setting up .venv (once, one to three minutes) ...'
	@$(PYTHON) -m venv .venv || { \
		echo 'This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --only-binary :all: --require-hashes -r requirements.lock || { \
		echo 'Download failed. Is this machine online? Try again: what has been downloaded is kept.' >&2; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable . --editable ./strong
	@touch $@

lite/.venv/ready: lite/requirements.txt lite/package-lock.json
	@command -v npm >/dev/null || { echo 'Node is needed for this: https://nodejs.org' >&2; exit 1; }
	@$(PYTHON) -m venv lite/.venv
	@lite/.venv/bin/python -m pip install --disable-pip-version-check --quiet -r lite/requirements.txt
	@npm ci --prefix lite --silent
	@touch $@

deploy/hub/.venv/ready: deploy/hub/requirements.txt deploy/hub/package-lock.json
	@command -v npm >/dev/null || { echo 'The hub needs Node: https://nodejs.org' >&2; exit 1; }
	@echo 'Setting up deploy/hub/.venv (once, one to three minutes) ...'
	@$(PYTHON) -m venv --clear deploy/hub/.venv
	@deploy/hub/.venv/bin/python -m pip install --disable-pip-version-check --quiet --only-binary :all: --require-hashes -r deploy/hub/requirements.txt
	@npm ci --prefix deploy/hub --silent
	@touch $@

# The kit as a wheel: students' servers get the lessons without the keys.
deploy/hub/.venv/kit: deploy/hub/.venv/ready pyproject.toml $(shell find kit notebooks exercises seeds -name __pycache__ -prune -o -type f -print 2>/dev/null)
	@deploy/hub/.venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --force-reinstall .
	@touch $@
