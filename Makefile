# clipcheck: `make` lists the targets. Each one sets up what it needs; a second run finds it there and is quick.

# make run PORT=9000 DATA=/srv/clipcheck   (no DATA: the service's own default folder)
PORT = 8080
DATA =

checked := --explicit-target-dependency-import-check error
# The release binary carries the Swift runtime with it; on macOS the system has it.
release := -c release $(checked) $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)

# The commit that `clipcheck --version` names; `+` marks changes that are not committed. Empty without git.
export CLIPCHECK_COMMIT ?= $(shell git describe --always --abbrev=12 --dirty=+ --match '' 2>/dev/null)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup build run test check-ffmpeg lint bench fuzz soak kinds coverage-of-notices schemathesis examples test-examples completions \
	man deb deb-rehearsal docker-rehearsal lint-packaging metrics capacity clean

help: ## 列出这些目标 · list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-21s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## 只安装所需的软件包 · only install what the other targets need
	@scripts/setup.sh bench
	@scripts/venv.sh

build: ## 编译发布版 · build the release binary
	@scripts/setup.sh build
	swift build $(release) --product clipcheck

run: build ## 编译并启动服务（PORT=8080 DATA=目录）· build and start the service (PORT=8080 DATA=folder)
	@exec "$$(swift build $(release) --show-bin-path)/clipcheck" serve --host 127.0.0.1 --port "$(PORT)" \
		$(if $(DATA),--data "$(DATA)") --example-clip TestMedia/作品.mp4

test: ## 运行全部测试 · run every test
	@scripts/setup.sh test
	@scripts/venv.sh
	swift build --build-tests $(checked)
	@CLIPCHECK_PYTHON="$(CURDIR)/.venv/bin/python" scripts/test.sh $(checked)

check-ffmpeg: ## 用新版 FFmpeg 的头文件检查类型 · type-check against the headers of newer FFmpeg versions
	@scripts/setup.sh build
	@scripts/check-ffmpeg.sh

lint: ## 检查代码格式 · check the code's format
	@scripts/setup.sh swift
	swift format lint --strict --recursive --parallel $(wildcard Sources Tests Benchmarks Package.swift)

lint-packaging: ## 检查脚本、Dockerfile、compose.yaml、systemd 单元 · check scripts, Dockerfile, compose.yaml, systemd unit
	@scripts/setup.sh test
	@scripts/venv.sh
	@scripts/lint-packaging.sh

bench: ## 测量速度 · measure the speed
	@scripts/setup.sh bench
	Benchmarks/run.sh

fuzz: ## 变异文件测试（十万个）和 libFuzzer · mutated files, a hundred thousand of them, and libFuzzer
	@scripts/setup.sh test
	swift build --build-tests $(checked)
	CLIPCHECK_FUZZ=100000 swift test --skip-build $(checked) --filter ProbeWorkerTests.FuzzTests
	FUZZ_SECONDS=600 Tests/Fuzzing/run.sh

soak: ## 长时间测试：一万次检查，断电、断线、磁盘写满 · ten thousand checks; kills, power cuts, a full disk
	@scripts/setup.sh bench
	@scripts/venv.sh
	swift build --build-tests $(checked)
	CLIPCHECK_SOAK=10000 CLIPCHECK_BUSY_MINUTES=60 CLIPCHECK_ALTERNATE_SECONDS=600 CLIPCHECK_PYTHON="$(CURDIR)/.venv/bin/python" \
		swift test --skip-build $(checked) \
		--filter 'ProbeWorkerTests.LifecycleTests|ProbeWorkerTests.BusyMachineTests|CommandLineTests.ReliabilityTests|EntryServerTests.WritePathTests'

kinds: ## 制作每一类文件并核对（约 100 MB）· make clips of every kind of file and compare (some 100 MB)
	@scripts/setup.sh test
	swift build --build-tests $(checked)
	python3 Tests/MediaProbeTests/python/make_kind_clips.py .build-kinds
	CLIPCHECK_KINDS="$(CURDIR)/.build-kinds" swift test --skip-build $(checked) --filter MediaProbeTests.TruthTests

coverage-of-notices: ## 通知条款的覆盖率（CLIPCHECK_NOTICES=clauses.json 时核对原文）· how many clauses of notices contest files state
	@scripts/setup.sh test
	swift build --build-tests $(checked)
	swift test --skip-build $(checked) --filter ContestRulesTests.NoticeCoverageTests

schemathesis: build ## 按 openapi.json 生成请求，核对服务的回复 · requests made from openapi.json to a live service, answers compared
	@scripts/setup.sh test
	@scripts/venv.sh
	@.venv/bin/python scripts/live-contract.py "$$(swift build $(release) --show-bin-path)/clipcheck"

examples: build ## 重新生成 openapi.json 中的示例 · write the examples of openapi.json anew, from real answers
	@scripts/setup.sh test
	@scripts/venv.sh
	@.venv/bin/python scripts/examples.py "$$(swift build $(release) --show-bin-path)/clipcheck"

test-examples: build ## 用真实的服务运行 examples/ 和 OPERATIONS.md 中的命令 · run examples/ and the commands of OPERATIONS.md
	@scripts/setup.sh test
	@scripts/venv.sh
	@.venv/bin/python Tests/Examples/run.py "$$(swift build $(release) --show-bin-path)/clipcheck"
	@.venv/bin/python Tests/Examples/operations.py "$$(swift build $(release) --show-bin-path)/clipcheck"

completions: build ## 生成 bash、zsh、fish 的补全脚本 · completion scripts for bash, zsh and fish: .build/completions
	@mkdir -p .build/completions
	@built="$$(swift build $(release) --show-bin-path)"; \
	"$$built/clipcheck" --generate-completion-script bash >.build/completions/clipcheck && \
	"$$built/clipcheck" --generate-completion-script zsh >.build/completions/_clipcheck && \
	"$$built/clipcheck" --generate-completion-script fish >.build/completions/clipcheck.fish

man: build ## 生成手册 · the manual: .build/man/clipcheck.1
	swift build $(release) --product generate-manual
	@built="$$(swift build $(release) --show-bin-path)"; \
	scripts/manual.sh "$$built/clipcheck" "$$built/generate-manual" .build/man

metrics: build ## 核对指标、面板和警报（真实的服务与 Prometheus）· metrics, dashboard and alerts, against a live service and Prometheus
	@scripts/setup.sh test
	@scripts/venv.sh
	@tools="$$(scripts/prometheus.sh .build/prometheus)" && .venv/bin/python scripts/check-metrics.py \
		"$$(swift build $(release) --show-bin-path)/clipcheck" "$$tools"

capacity: build ## 测量本机能承受多少上传（CLIP=文件）· measure how many uploads this machine carries (CLIP=file)
	@scripts/venv.sh
	@.venv/bin/python scripts/capacity.py "$$(swift build $(release) --show-bin-path)/clipcheck" $(CLIP)

deb: completions man ## 制作 Debian 软件包 · the Debian package: .build/deb
	@scripts/setup.sh package
	@rm -rf .build/deb
	@scripts/deb.sh "$$(swift build $(release) --show-bin-path)/clipcheck" .build/man .build/completions .build/deb

deb-rehearsal: completions man ## 在新的 Debian 中安装、升级、卸载软件包（root）· install, upgrade, remove the package in a fresh Debian (root)
	@scripts/setup.sh rehearsal
	@scripts/deb-rehearsal.sh "$$(swift build $(release) --show-bin-path)/clipcheck" .build/man .build/completions

docker-rehearsal: build ## 按 docker/ 构建镜像并试运行（root）· build the image by docker/ and try it (root)
	@scripts/setup.sh rehearsal
	@scripts/docker-rehearsal.sh "$$(swift build $(release) --show-bin-path)/clipcheck"

clean: ## 删除编译结果和虚拟环境 · remove build results and the virtual environment
	rm -rf .build* .venv
