# Two commands do everything on a fresh machine: `make demo` plays the first programme, `make test` passes the tests. `make help` lists all.
.PHONY: demo run test test-all check setup bench faults pictures lock javascript chromium docs help clean

# A stack is a dozen processes: what they import is compiled once, not by each of them.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
DATA ?= var

demo: setup ## play the first programme with real files, then serve (EXIT=1: stop there)
	$(BIN)/omsap demo --data $(DATA) $(if $(EXIT),--exit)

run: setup ## serve on this machine; data stay in var/
	$(BIN)/omsap up --data $(DATA)

# Tests run on one process more than there are processors, for they wait as long as they work; each has a stack of its own. `make test` is what every change has to pass, in eight
# minutes on two cores; `make test-all` has every attack, every process that dies, every page in chromium and 10,000 changed files, in an hour.
PROCESSES := $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 4 ? n + 1 : 4)))
PYTEST := $(BIN)/pytest --numprocesses $(PROCESSES) --dist loadgroup --no-loadscope-reorder
COVER := --cov --cov-report=
COVERED := $(BIN)/coverage report --format total
BEGAN := $(shell date +%s)
MINUTES = $$(awk "BEGIN { printf \"%.1f\", ($$(date +%s) - $(BEGAN)) / 60 }")

test: export COVERAGE_FILE := $(CURDIR)/.coverage
test: check chromium ## what every change has to pass, in eight minutes on two cores
	$(PYTEST) $(COVER) -m "not thorough and not long"
	@echo "make test: $$($(COVERED)) % of all lines covered, $(MINUTES) minutes"

test-all: export COVERAGE_FILE := $(CURDIR)/.coverage-all
test-all: check chromium ## every attack, every killed process, every page, in an hour
	$(PYTEST) $(COVER) -m "not long"
	$(BIN)/python -m tests.fuzz
	@echo "make test-all: $$($(COVERED)) % of all lines covered, $(MINUTES) minutes"

check: setup ## lint, types, import contracts, JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory javascript

bench: setup ## measurements beside peers and limits
	$(BIN)/python -m tests.bench

# What dies and what harms alone, what takes too long for `make test-all`, and 10,000 files that were changed as never before.
faults: setup ## what dies and what harms, alone, and new mutations
	$(PYTEST) -m "faults or long"
	$(BIN)/python -m tests.fuzz --seed $$(date +%s)

pictures: setup chromium ## take the pictures of the README
	PYTHONPATH=tests $(BIN)/python -m browser.pictures

setup: $(VENV)/installed ffmpeg office ## install what all of this needs

$(VENV)/installed: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(UV)
	$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Media tools come from the system: their security updates matter. bubblewrap is the sandbox around them.
.PHONY: ffmpeg
ffmpeg:
	@{ command -v ffmpeg && command -v ffprobe; } >/dev/null || deploy/local/system-packages ffmpeg
	@command -v bwrap >/dev/null || deploy/local/system-packages bubblewrap || echo "Going on without bubblewrap: files are opened under resource limits only." >&2

# Prints what was written in Word, Excel, PowerPoint, Writer or Calc. Laksaman stands for the narrow fonts of Thai offices; Sarabun is our own.
.PHONY: office
office:
	@for part in writer calc impress; do test -e "$$(dirname "$$(readlink -f "$$(command -v soffice)")")/../share/registry/$$part.xcd" || exit 1; done || deploy/local/system-packages --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui fonts-liberation2 fonts-tlwg-laksaman-ttf || echo "Going on without LibreOffice: office documents can only be downloaded." >&2

# The pages' JavaScript: linted and formatted by biome, what computes tested by Node.js. Nothing of either runs with the product.
javascript: node_modules/.installed ## lint and test the pages' JavaScript
	npm run --silent check
	npm run --silent test

node_modules/.installed: package.json
	@{ command -v node && command -v npm; } >/dev/null || deploy/local/system-packages nodejs npm
	npm install --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

chromium:
	@command -v chromium >/dev/null || deploy/local/system-packages chromium

# After a change of dependencies in pyproject.toml. requirements.lock is what runs in production, requirements-dev.lock the same versions and
# the embedded servers and tools of development, requirements-build.lock what the images build the wheel of Omsap with.
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11
.PHONY: lock
lock: $(VENV)/installed ## pin the dependencies anew
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --group dev --constraints requirements.lock -o requirements-dev.lock pyproject.toml
	$(COMPILE) --group build --constraints requirements-dev.lock -o requirements-build.lock

docs: setup ## build the documentation as a site below var/site, and check its links
	$(BIN)/python -m tests.architecture.picture
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

clean: ## remove the virtual environment and local data
	rm -rf $(VENV) $(DATA)
