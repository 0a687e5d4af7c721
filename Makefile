SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# One set of flags for building and testing: other flags would build everything again.
swift_flags := --explicit-target-dependency-import-check error
# The program as users get it: without the Swift runtime beside it, which also starts faster.
release_flags := --configuration release --static-swift-stdlib --product tonne
swift_sources := Package.swift Sources Tests Schemas importers

.PHONY: help setup build lint check test torture sanitize kernels bench gate demo man clean

help: ## Print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install missing system libraries, check the Swift toolchain
	@.ci/setup.sh

build: setup ## Build the program (debug)
	swift build $(swift_flags)

lint: setup ## Check the formatting
	swift format lint --strict --recursive --parallel $(swift_sources)

check: lint build test ## Everything a change must pass: formatting, build, tests

test: setup ## Run all tests
	swift test $(swift_flags)

torture: setup ## What takes an hour: fuzz, kill, cut the power, fill the disk, flip bits
	Tests/Fuzz/torture.sh 60
	Tests/Referees/referees.sh 10000
	TONNE_TORTURE=1 swift test $(swift_flags) --configuration release \
		--scratch-path .build-torture -Xswiftc -enable-testing --filter DurabilityTests

sanitize: setup ## Run all tests under the thread and the address sanitizer
	TONNE_SANITIZED=thread TSAN_OPTIONS=halt_on_error=0 swift test $(swift_flags) \
		--sanitize=thread --scratch-path .build-thread
	TONNE_SANITIZED=address ASAN_OPTIONS=detect_leaks=0 swift test $(swift_flags) \
		--sanitize=address --scratch-path .build-address

kernels: setup ## Time the inner loops alone
	TONNE_KERNELS=1 swift package --scratch-path .build-kernels benchmark \
		--format markdown --no-progress

bench: setup ## Run tonne beside its peers, check the results, write Benchmarks/RESULTS.md
	swift build $(release_flags)
	Benchmarks/run.py --tonne "$$(swift build $(release_flags) --show-bin-path)/tonne"

gate: ## Count the instructions of the main job, fail above Benchmarks/budget.txt
	@.ci/setup.sh gate
	swift build $(release_flags)
	Benchmarks/gate.py --tonne "$$(swift build $(release_flags) --show-bin-path)/tonne"

demo: setup ## Build the program (release) and run the example of Noordlicht
	swift build $(release_flags)
	PATH="$$(swift build $(release_flags) --show-bin-path):$$PATH" \
		Examples/noordlicht/demo.sh

man: setup ## Write the manual pages, one a command, to .build/plugins/GenerateManual/outputs
	swift package generate-manual --multi-page

clean: ## Remove what was built
	swift package clean
	rm -rf Examples/*/out
