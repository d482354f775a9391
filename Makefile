.DEFAULT_GOAL := help
.PHONY: help setup build test docs screenshots demo bench bench-index bench-builds bench-web format clean
SHELL := bash

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what building, tests and the demo need (only what is missing)
	@eng/setup.sh

build: setup ## Build everything
	@dotnet build Wheelhouse.slnx -v q -nologo -clp:NoSummary

test: build ## Run all tests, the end-to-end tests with real nodes included
	@eng/test.sh

docs: build ## Write the parts of docs/reference that tests prove
	@WHEELHOUSE_WRITE_DOCS=1 dotnet run --project test/Wheelhouse.Tests --no-build -- --filter-class '*RejectionTests' --progress off

screenshots: build ## Pictures of every page, in artifacts/screenshots, and of two in docs/images
	@mkdir -p artifacts/screenshots && rm -f artifacts/screenshots/*.png
	@dotnet run --project test/Wheelhouse.EndToEnd --no-build -- --explicit only --filter-class '*Screenshots' --progress off

demo: setup ## Three nodes, a good release, a broken one, and the way back
	@eng/demo.sh

bench: build ## Deploy and revert 100 nodes, beside Ansible and plain ssh
	@bench/run.sh

bench-index: ## The index beside nginx: pages, files, uploads and memory, at 4,000 and 100,000 files
	@bench/index.sh

bench-builds: ## A push to Wheelhouse until it is published, beside a plain script: cold and warm
	@bench/builds.sh

bench-web: setup ## First paint of each page; 300 nodes and 100,000 lines: frame times, memory
	@dotnet run --project bench/web -c Release -v q

format: ## Format the code
	@dotnet format Wheelhouse.slnx

clean: ## Remove what builds and tests left
	@dotnet clean Wheelhouse.slnx -v q -nologo >/dev/null
	@rm -rf artifacts .demo
