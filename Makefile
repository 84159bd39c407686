PYTHON ?= python3
BIN := .venv/bin

.PHONY: all try test lint bench soak clean
all: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

try: .venv/ready
	$(BIN)/linsheng try

test: .venv/ready
	$(BIN)/pytest -n 2 --dist loadfile -m "not soak" -rs

soak: .venv/ready
	SOAK=1 $(BIN)/pytest -rs --timeout=3600

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python -m bench

clean:
	rm -rf .venv build *.egg-info
