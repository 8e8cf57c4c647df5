# Node MLX. Every step's target is a real file, so a second run does only what changed.

PYTHON ?= python3
JOBS   ?= $(shell nproc)
VENV   := build/venv/bin
MOCHA  := node_modules/.bin/mocha
export CHROMIUM ?= /usr/bin/chromium
TYPECHECK = node_modules/.bin/tsc && node_modules/.bin/tsc -p tests/next

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help dev build demo site test test-all check lint format bench bench-check parity pack platforms docs mpi \
	chromium cross clean

# A registry that is busy for a moment fails no build: npm asks again after 1, 2, 4, ... seconds.
export npm_config_fetch_retries ?= 6
export npm_config_fetch_retry_factor ?= 2
export npm_config_fetch_retry_mintimeout ?= 1000

# Installs packages of Debian or Ubuntu, as root. A source whose lists cannot be read is no failure.
apt_install = { apt-get update --quiet; DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes \
	--no-install-recommends -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 $(1); }

# What `make bench` runs; BENCH=--write writes docs/benchmarks.md.
SUITES ?= dispatch training processes libraries

# Stamps: one file per finished step.
PYTHON_READY := build/venv/.ready
NODE_READY   := node_modules/.package-lock.json
BIND_READY   := build/.bind
COMPILE_READY := build/.compile
ADDON        := build/native/mlx.node
NPM_READY    := build/.npm
PACKED       := dist/.ready
BENCH_READY  := build/benchmarks/.ready
PLATFORMS_READY := dist/.platforms
SITE_READY   := examples/next/.next/.ready
DIGITS       := $(foreach part,train test,build/digits/$(part)_images.npy build/digits/$(part)_labels.npy)
DEMO_MODEL   := build/digits/model.js

LONG         := $(wildcard tests/node/*.long.ts tests/node/*/*.long.ts tests/next/*.long.ts)
# Without the configuration, which would add every quick test.
LONG_MOCHA   := $(MOCHA) --no-config --node-option import=tsx --require tests/node/hooks.ts --forbid-only \
	--forbid-pending --timeout 600000

# A test ports its models. They need MLX alone, so its dependencies stay away.
MLX_LM       := mlx-lm==0.32.2

# Sources of each step. The toolchain's own .toml tables count as sources.
sources = $(shell find $(1) -type f 2>/dev/null | grep -v __pycache__)
BIND_SOURCES   := $(wildcard src/node_mlx/*.py) $(call sources,src/node_mlx/surface src/node_mlx/bind)
COMPILE_SOURCES := $(BIND_SOURCES) $(call sources,src/node_mlx/compile)
NATIVE_SOURCES := $(call sources,native)
NPM_SOURCES    := $(call sources,js src/node_mlx/pack) tsconfig.json tsconfig.types.json README.md LICENSE
SITE_SOURCES   := $(call sources,$(addprefix examples/next/,app lib public scripts)) \
	$(addprefix examples/next/,.npmrc next.config.ts package.json package-lock.json tsconfig.json)

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

dev: build ## set up everything needed to work on the project

build: $(NPM_READY) ## generate the binding, compile it and assemble the npm packages in build/npm

demo: build $(DIGITS) $(DEMO_MODEL) ## train a classifier on handwritten digits in Node, as in Python
	MLX_BLAS=reference node examples/digits/train.mjs
	$(VENV)/python examples/digits/compare.py

site: $(SITE_READY) ## build the example site of React and Next.js

test: chromium build $(PACKED) demo site ## run every test
	$(VENV)/pytest
	$(TYPECHECK)
	$(MOCHA)

test-all: mpi test $(PLATFORMS_READY) ## run every test and the long suites
	$(VENV)/pytest -m long
	$(if $(LONG),$(LONG_MOCHA) $(LONG))

check: lint test ## run every linter and every test

lint: build
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/clang-format --dry-run --Werror $(filter %.cpp %.h,$(NATIVE_SOURCES))
	node_modules/.bin/biome check
	$(TYPECHECK)

format: $(PYTHON_READY) $(NODE_READY) ## format the hand-written sources
	$(VENV)/ruff check --fix-only
	$(VENV)/ruff format
	$(VENV)/clang-format -i $(filter %.cpp %.h,$(NATIVE_SOURCES))
	node_modules/.bin/biome check --write

bench: build $(BENCH_READY) ## time Python and Node side by side
	for suite in $(SUITES); do $(VENV)/python -m benchmarks.$$suite.run $(BENCH) || exit; done

bench-check: build ## fail where calls have become slower than docs/benchmarks.md says
	$(VENV)/python -m benchmarks.check

parity: build ## compare every function, bit by bit, with Python
	$(VENV)/node-mlx parity

pack: $(PACKED) ## write the npm tarballs to dist/

platforms: $(PLATFORMS_READY) ## make the packages of every platform, and their tarballs in dist/

cross: ## install compiler and emulator for Linux on arm64 (Debian and Ubuntu, as root)
	@command -v aarch64-linux-gnu-g++ > /dev/null && command -v qemu-aarch64 > /dev/null || \
		$(call apt_install,g++-aarch64-linux-gnu qemu-user)

docs: $(NPM_READY) ## write the reference of the JavaScript API to build/docs
	@mkdir -p build/typedoc
	@cp docs/typedoc/*.json build/typedoc
	npm ci --prefix build/typedoc --silent
	cd build/typedoc && node_modules/.bin/typedoc --logLevel Warn

mpi: ## install Open MPI, for the long suites (Debian and Ubuntu, as root)
	@command -v mpirun > /dev/null && ldconfig -p | grep -q 'libmpi\.so ' || \
		$(call apt_install,openmpi-bin libopenmpi-dev)

chromium: $(CHROMIUM) ## install Chromium, for the browser tests (Debian, as root)

clean: ## remove everything that was built
	rm -rf build dist node_modules $(addprefix examples/next/,.next data node_modules)

/usr/bin/chromium:
	@echo "== Chromium ($@)"
	@$(call apt_install,chromium)

$(PYTHON_READY): pyproject.toml
	@echo "== Python environment (build/venv)"
	$(PYTHON) -m venv build/venv
	$(VENV)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(VENV)/pip install --quiet --disable-pip-version-check --no-deps '$(MLX_LM)'
	@touch $@

$(NODE_READY): package.json package-lock.json
	@echo "== Node tools (node_modules)"
	npm ci
	@touch $@

$(BIND_READY): $(BIND_SOURCES) decisions.toml surface.lock.json $(PYTHON_READY)
	@echo "== Binding from the surface of Python MLX (build/bind)"
	$(VENV)/node-mlx surface --check
	$(VENV)/node-mlx bind
	@touch $@

$(COMPILE_READY): $(COMPILE_SOURCES) decisions.toml surface.lock.json $(PYTHON_READY)
	@echo "== MLX's own Python to JavaScript (build/compile)"
	$(VENV)/node-mlx compile --mlx
	@touch $@

$(ADDON): $(NATIVE_SOURCES) $(BIND_READY) $(NODE_READY)
	@echo "== Native addon ($@)"
	$(MAKE) -f native/native.mk -j$(JOBS) MLX_ROOT="$$(echo build/venv/lib/python3*/site-packages/mlx)" \
		$@ $(@D)/preload.node
	@touch $@

$(NPM_READY): $(NPM_SOURCES) $(BIND_READY) $(COMPILE_READY) $(ADDON)
	@echo "== npm packages (build/npm)"
	$(VENV)/node-mlx pack
	@touch $@

$(PACKED): $(NPM_READY)
	@echo "== npm tarballs (dist)"
	$(VENV)/node-mlx pack --tarballs dist
	@touch $@

$(PLATFORMS_READY): $(NPM_READY) | cross
	@echo "== npm packages of every platform (build/npm, dist)"
	$(VENV)/pip install --quiet --disable-pip-version-check --editable '.[dev,cross]'
	$(VENV)/node-mlx pack --platforms --tarballs dist
	@touch $@ $(PACKED)

$(BENCH_READY): pyproject.toml $(addprefix benchmarks/libraries/,package.json package-lock.json) $(PYTHON_READY)
	@echo "== What the benchmarks need, and compare with (build/venv, build/benchmarks/libraries)"
	$(VENV)/pip install --quiet --disable-pip-version-check --editable '.[dev,benchmarks]'
	@mkdir -p $(@D)/libraries
	@cp .npmrc benchmarks/libraries/*.json $(@D)/libraries
	npm ci --prefix $(@D)/libraries --silent
	@touch $@

$(DIGITS) &: examples/digits/prepare.py $(PYTHON_READY)
	@echo "== Handwritten digits (build/digits)"
	$(VENV)/python $< build/digits

$(DEMO_MODEL): examples/digits/model.py $(COMPILE_READY)
	$(VENV)/node-mlx compile $< -o $(@D)
	@touch $@

$(SITE_READY): $(SITE_SOURCES) $(NPM_READY) $(DIGITS)
	@echo "== Example site (examples/next/.next)"
	cd examples/next && npm ci && NEXT_TELEMETRY_DISABLED=1 npm run build
	@touch $@
