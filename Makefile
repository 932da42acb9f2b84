# Every verb makes the environment it needs first; .venv/bin/minewatch works after any of them.
PY ?= python3.11
export UV_LINK_MODE = copy
export PYTHONDONTWRITEBYTECODE =
export GX_ANALYTICS_ENABLED = false
export DO_NOT_TRACK = 1
STAMP = .venv/.installed
MINEWATCH = .venv/bin/minewatch

.PHONY: run test prove lint screenshots tools clean
.DEFAULT_GOAL := run

# Hashes in the lock pin every byte that is installed; byte code is compiled once, here.
$(STAMP): requirements.lock pyproject.toml
	$(PY) -m venv .venv
	.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
	.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
	touch $@

# The main job: sample county, load, build, check, publish, dashboards at http://127.0.0.1:8501.
run: $(STAMP)
	@[ -e data/settings.toml ] || $(MINEWATCH) sample
	$(MINEWATCH) run
	$(MINEWATCH) docs
	$(MINEWATCH) serve

# Everything CI runs: lint, dbt unit tests, pytest with browser and fault tests.
test: $(STAMP) lint tools
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long" tests

# The proofs that take minutes each: arrival in any order, kills at random moments, pages walked at a desk and on a phone.
prove: $(STAMP) tools
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m long tests

# Python and SQL style; fails on the first finding.
lint: $(STAMP)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/sqlfluff lint --processes 2 models tests/dbt

# Pictures of every page, wide and narrow, of the data in data/: screenshots/.
screenshots: $(STAMP) tools
	.venv/bin/python -m benchmarks.screenshots screenshots

# Chromium and Chinese fonts for the browser tests, LibreOffice for the PDF of reports; nothing if they are there.
tools:
	@command -v soffice >/dev/null || \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer libreoffice-calc; }
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig; }

# Everything that can be made again. The county's data in data/ stays.
clean:
	rm -rf .venv target logs screenshots build *.egg-info .ruff_cache .pytest_cache .hypothesis
