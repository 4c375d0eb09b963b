# Two commands do everything on a fresh machine: `make demo` plays the first programme, `make test` passes the tests.
.PHONY: demo run test check setup bench faults pictures lock javascript chromium clean

VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
DATA ?= var

demo: setup
	$(BIN)/omsap demo --data $(DATA) $(if $(EXIT),--exit)

run: setup
	$(BIN)/omsap up --data $(DATA)

test: check chromium
	$(BIN)/pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory javascript

bench: setup
	$(BIN)/python -m tests.bench

faults: setup
	$(BIN)/pytest tests/faults --timeout 900 --deselect tests/faults/test_hostile_files.py::test_attack_is_contained
	$(BIN)/python -m tests.fuzz.attacks
	$(BIN)/python -m tests.fuzz

pictures: setup chromium
	$(BIN)/python tests/browser/pictures.py

setup: $(VENV)/installed ffmpeg office

$(VENV)/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(UV)
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Media tools come from the system: their security updates matter. bubblewrap is the sandbox around them.
.PHONY: ffmpeg
ffmpeg:
	@{ command -v ffmpeg && command -v ffprobe; } >/dev/null || deploy/local/system-packages ffmpeg
	@command -v bwrap >/dev/null || deploy/local/system-packages bubblewrap || echo "Going on without bubblewrap: files are opened under resource limits only." >&2

# Prints plans that were written in Word or Writer. Laksaman stands for the narrow fonts of Thai offices; Sarabun is our own.
.PHONY: office
office:
	@command -v soffice >/dev/null || deploy/local/system-packages --no-install-recommends libreoffice-writer-nogui fonts-liberation2 fonts-tlwg-laksaman-ttf || echo "Going on without LibreOffice: plans in Word or OpenDocument can only be downloaded." >&2

# The pages' JavaScript: linted and formatted by biome, what computes tested by Node.js. Nothing of either runs with the product.
javascript: node_modules/.installed
	npm run --silent check
	npm run --silent test

node_modules/.installed: package.json
	@{ command -v node && command -v npm; } >/dev/null || deploy/local/system-packages nodejs npm
	npm install --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

chromium:
	@command -v chromium >/dev/null || deploy/local/system-packages chromium

# After a change of dependencies in pyproject.toml.
lock: $(VENV)/installed
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --all-extras --python-version 3.11 -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(DATA)
