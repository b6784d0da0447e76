# The two commands are `make run` and `make test`; `make help` lists the rest.

PORT ?= 8080
PYTEST_ARGS ?=
SWIFT_TEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: run demo test test-swift test-journeys bench format lint clean help
MAKEFLAGS += --no-print-directory

run: ## build, load the association's records and serve them on http://127.0.0.1:$(PORT)
	@PORT=$(PORT) exec scripts/run

demo: ## the same with made-up invoices and payments, each marked so, in a database of its own
	@PORT=$(PORT) MADE_UP_DUES=yes HANSA_DATABASE=sqlite:var/demo.sqlite exec scripts/run

test: ## every test, on both database engines and in a real browser
	@exec scripts/test

test-swift: ## the Swift tests alone, on both database engines; SWIFT_TEST_ARGS="--filter Membership"
	@exec scripts/test swift $(SWIFT_TEST_ARGS)

test-journeys: ## the journeys alone, against .build/debug/hansa; PYTEST_ARGS="-m faults -k backup"
	@exec scripts/test journeys $(PYTEST_ARGS)

bench: ## a table of speeds as ratios to an empty route; BENCH_ARGS="--engine sqlite --seconds 2"
	@exec scripts/bench $(BENCH_ARGS)

format: ## put every Swift file into the one style
	swift format --in-place --recursive --parallel Sources Tests Package.swift

lint: ## say where a Swift file is not in the one style
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

clean: ## remove what was built; the database in var/ stays
	rm -rf .build .build-* .venv var/test
	find Tests Benchmarks scripts -name __pycache__ -prune -exec rm -rf {} +

help: ## this list
	@echo "Hansa runs an international network of cities. What make can do:"
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/; s/\$$\(PORT\)/$(PORT)/' \
		| awk -F'|' '{ printf "%-22s%s\n", $$1, $$2 }'
