PYTHON ?= python3
BIN := .venv/bin

.PHONY: all try meaning test lint bench soak clean starter-model starter-words
all: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

try: .venv/ready
	$(BIN)/linsheng try

# What sentences mean: learned in about two minutes, written to nlu/meaning/weights.npz.
meaning: .venv/ready
	$(BIN)/python -m tools.meaning

test: .venv/ready
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not soak" -rs

soak: .venv/ready
	SOAK=1 $(BIN)/pytest -rs --timeout=3600

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	-$(BIN)/python -m tools.starter_model.unheard

bench: .venv/ready
	$(BIN)/python -m bench

# The bundled speech model: sounds, network and words, about half an hour on two cores.
# The first line spares gigabytes where the smaller build of torch can be reached; elsewhere it may fail.
starter-model: .venv/ready
	-$(BIN)/pip install --quiet --retries 0 --index-url https://download.pytorch.org/whl/cpu torch==2.13.0
	$(BIN)/pip install --quiet --editable '.[starter-model]'
	$(BIN)/python -m tools.starter_model

# Only the words, from the sentences: seconds.
starter-words: .venv/ready
	$(BIN)/python -m tools.starter_model.words

clean:
	rm -rf .venv build *.egg-info
