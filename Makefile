# Every verb makes the environment it needs first; .venv/bin/minewatch works after any of them.
PY ?= python3.11
export UV_LINK_MODE = copy
export PYTHONDONTWRITEBYTECODE =
export GX_ANALYTICS_ENABLED = false
export DO_NOT_TRACK = 1
STAMP = .venv/.installed
MINEWATCH = .venv/bin/minewatch

.PHONY: run test lint docs clean
.DEFAULT_GOAL := run

# Hashes in the lock pin every byte that is installed; byte code is compiled once, here.
$(STAMP): requirements.lock pyproject.toml
	$(PY) -m venv .venv
	.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
	.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
	touch $@
