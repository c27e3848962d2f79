# 整改台账. `make demo` and `make test` do all of their own set-up; both are safe to run twice.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
DATA ?= $(or $(ZHENGGAI_DATA),data)
PORT ?= 8000

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup:  ## build .venv with everything that tests and checks need
	@scripts/setup dev

setup-run:
	@scripts/setup run

demo: setup-run  ## build the environment, load the sample, serve the system (PORT=8000, DATA=data)
	@$(BIN)/zhenggai --data $(DATA) demo --port $(PORT) $(ARGS)

test: setup  ## run all tests: SQLite, PostgreSQL, browser
	@scripts/test

check: setup  ## format, lint, types, import contracts, templates, docs
	@scripts/check

fix: setup  ## format and mend what can be mended
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/djlint src --reformat --quiet || true

docs: setup  ## write the generated pages of docs/reference
	@$(BIN)/python -m scripts.reference --write

bench: setup  ## measure against the floors; prints ratios
	@$(BIN)/python packages/gongwen/benchmarks/reading.py
	@$(BIN)/python packages/gongwen/benchmarks/peers.py
	@$(BIN)/python packages/gongwen/benchmarks/layout.py
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.acting

corpus-diff: setup  ## what the reader gains and loses against a revision, entry by entry (REV=HEAD)
	@$(BIN)/python -m scripts.corpus_diff $(or $(REV),HEAD)

fuzz: setup  ## open damaged files of every format for a while (SECONDS=60)
	@cd packages/gongwen/tests && ../../../$(BIN)/python -m fuzz.run $(or $(SECONDS),60)

mutate: setup  ## put faults into a module of the rules and see which ones no test notices (MODULE=gongwen.reading.shares)
	@cd packages/gongwen && mkdir -p mutants && export PATH="$(CURDIR)/$(BIN):$$PATH" && \
	  { mutmut run "$(MODULE)*" >mutants/run.log 2>&1 || { tail -n 12 mutants/run.log; exit 1; }; } && \
	  mutmut results --all true | grep -F "$(MODULE)." | sed 's/.*: //' | sort | uniq -c && \
	  { mutmut results | grep -F "$(MODULE)." | grep survived || true; }

messages: setup  ## collect and compile the English messages
	@$(BIN)/python -m tests.pages.catalogue

lock: setup  ## renew the hashed locks from requirements/*.in
	@cd requirements && for name in tools base dev; do \
	  ../$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --overrides overrides.txt --upgrade $$name.in -o $$name.txt; done

clean:  ## remove what can be built again; the data folder stays
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.PHONY: help setup setup-run demo test check fix docs bench corpus-diff fuzz mutate messages lock clean
