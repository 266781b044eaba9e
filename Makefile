# What everybody runs. Each target first makes what it needs; nothing is installed outside this
# folder, except Debian packages where that is allowed and nothing else helps.

PORT ?= 8000
WORKERS ?= 3
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --constraint constraints.txt

.PHONY: help install run test check bench soak gallery release

help:
	@echo 'make run       the demo on http://127.0.0.1:$(PORT)'
	@echo 'make test      every test, in real browsers too (BROWSERS=chromium: in one; WORKERS=1: in a row)'
	@echo 'make check     formatting, lint, types and the contracts of the project'
	@echo 'make bench     the benchmarks, as one table'
	@echo 'make soak      the long form of the tests that have one: kills, outages, floods'
	@echo 'make gallery   pictures of every state, as one page'
	@echo 'make release   the last commit as wheel and source in dist/, with their hashes'
	@echo 'make install   .venv with threesteps in it'

install: .venv/installed

run: .venv/installed
	@$(BIN)/threesteps demo --port $(PORT)

test: .venv/tools
	@$(BIN)/python -m tools.browsers
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 20

check: .venv/tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tools.typescript --project widget_js/jsconfig.json
	@$(BIN)/python -m tools.audit
	@$(BIN)/python -m tools.licences
	@$(BIN)/python -m tools.style
	$(BIN)/python -m pytest tests/contracts

bench: .venv/tools
	@$(BIN)/python -m benchmarks

soak: .venv/tools
	@$(BIN)/python -m pytest --soak -m soak --verbose

gallery: .venv/tools
	@$(BIN)/python -m tools.gallery

release: .venv/tools
	@$(BIN)/python -m tools.release

.venv/installed: pyproject.toml constraints.txt
	@test -n '$(PYTHON)' || { echo 'Threesteps needs Python 3.11 or later.' >&2; exit 1; }
	@echo 'Installing into .venv, about a minute ...'
	@$(PYTHON) -m tools.venv .venv
	@$(INSTALL) hatchling
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

.venv/tools: .venv/installed
	@echo 'Installing what tests and checks need, about a minute ...'
	@$(INSTALL) --no-build-isolation --editable '.[test,check]'
	@touch $@
