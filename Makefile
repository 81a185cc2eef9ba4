# The verbs of this house; .ci/run uses the same. `make` alone prints them.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo dev test conformance lint format types imports notebooks reference screenshots freeze bench readme wheel release ci

help:  ## print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## load the sample, draw its map, serve it
	$(PYTHON) run.py demo

dev:  ## make .venv with everything for development
	@$(PYTHON) run.py dev

test:  ## run the tests; pass options with ARGS="-k map"
	$(PYTHON) run.py test $(ARGS)

conformance: dev  ## ask every operation of the API 150 examples on both stores, an hour; ARGS="-k actors" for some
	GRAPHSVC_TEST_EXAMPLES=$${GRAPHSVC_TEST_EXAMPLES:-150} GRAPHSVC_TEST_REQUIRE=neo4j \
		$(BIN)/python -m pytest -n 0 tests/api/test_conformance.py $(ARGS)

lint: dev  ## style and habits (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: dev  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: dev  ## check the types (mypy, strict)
	$(BIN)/mypy

imports: dev  ## check who may import whom (import-linter)
	$(BIN)/lint-imports

notebooks: dev  ## run every notebook from top to bottom
	$(BIN)/python tools/run_notebooks.py

reference: dev  ## write docs/reference anew from the code
	$(BIN)/python tools/write_reference.py
	$(BIN)/python tools/write_measures.py
	$(BIN)/python tools/api_promise.py
	$(BIN)/python tools/write_client.py

screenshots: dev  ## write docs/images/screenshots and their page (needs Chromium)
	$(BIN)/python tools/write_screenshots.py $(ARGS)

freeze:  ## write constraints.txt anew
	$(PYTHON) tools/freeze.py

bench: dev  ## run the benchmarks (need the data folder, see docs/reference/benchmarks.md)
	$(BIN)/python -m benchmarks.import_cordis
	$(BIN)/python -m benchmarks.projection
	$(BIN)/python -m benchmarks.missing
	$(BIN)/python -m benchmarks.network_files
	$(BIN)/python -m benchmarks.dearest
	$(BIN)/python -m benchmarks.map_sample
	$(BIN)/python -m benchmarks.map_big
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks.hostile_files
	$(BIN)/python -m benchmarks.measures
	$(BIN)/python -m benchmarks.sharing
	$(BIN)/python -m benchmarks.gaps
	$(BIN)/python -m benchmarks.whatif
	$(BIN)/python -m benchmarks.service
	$(BIN)/python -m benchmarks.pages

readme:  ## follow the README in a fresh clone with an empty home folder
	$(PYTHON) tools/try_readme.py

wheel: dev  ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

release: dev  ## the wheel, the bill of its materials, and what is known of each part
	$(BIN)/python tools/release.py

ci:  ## all that a change has to pass
	.ci/run
