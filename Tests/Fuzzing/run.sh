#!/bin/sh
# Usage: Tests/Fuzzing/run.sh [reply|multipart ...]
#
# Fuzzes the parsers of strangers' text with libFuzzer and AddressSanitizer: a worker's answer and a form's body. Each
# runs for FUZZ_SECONDS (60). Stops with 1 at a finding and keeps its input; a toolchain without libFuzzer is skipped.
set -eu
cd "$(dirname "$0")/../.."
seconds=${FUZZ_SECONDS:-60}
out=.build-fuzz
resources=$(swiftc -print-target-info 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
if ! ls "$resources"/clang/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1; then
    echo "fuzzing: skipped, this Swift toolchain has no libFuzzer (those from swift.org have)"
    exit 0
fi
mkdir -p "$out/findings"

# Swift's own backtracer waits for ever for a process that libFuzzer has ended. One order of keys in every run.
export SWIFT_BACKTRACE=enable=no SWIFT_DETERMINISTIC_HASHING=1

# Optimised, but with the checks of a debug build in what is inlined of the standard library.
compile() {
    swiftc -swift-version 6 -O -assert-config Debug -g -sanitize=fuzzer,address -parse-as-library \
        -enable-upcoming-feature InternalImportsByDefault -I "$out" "$@"
}

# A target of the package that the fuzzed sources import.
module() {
    compile -emit-module -emit-module-path "$out/$1.swiftmodule" -module-name "$1" -wmo \
        -emit-object -o "$out/$1.o" "Sources/$1"/*.swift
}

build() {
    case $1 in
    reply) sources="Sources/ProbeWorker/WorkerReply.swift Sources/ProbeWorker/ProbeError+Worker.swift
        Tests/Fuzzing/Reply*.swift" ;;
    multipart)
        module TextDecoding
        sources="Sources/EntryServer/Multipart/*.swift Tests/Fuzzing/MultipartFuzz.swift
            Tests/Fuzzing/FormReading.swift $out/TextDecoding.o"
        ;;
    *) echo "fuzzing: no target is called $1" >&2 && exit 64 ;;
    esac
    case $(uname) in Linux) linker=-use-ld=lld ;; *) linker= ;; esac
    # shellcheck disable=SC2086
    compile -module-name Fuzzing -wmo $linker -o "$out/$1" $sources "$out/MediaFacts.o" Tests/Fuzzing/FuzzSupport.swift
}

# Words that chance alone would not find; the first is that of the planted crash.
words() {
    case $1 in
    reply) set -- FUZZ '\"' '\\u' e308 '[' '{' '},{' ;;
    multipart) set -- FUZZ '\x0d\x0a' '\x0d\x0a--' '\x0d\x0a\x0d\x0a' '\"' '\\\"' %22 %0D "*=UTF-8''" '; name=' ;;
    esac
    printf '"%s"\n' "$@"
}

# fuzz <target> <seconds> <prefix of a finding's file>: from the same forms and the same chance every time.
fuzz() {
    rm -rf "$out/$1-corpus"
    mkdir -p "$out/$1-corpus"
    words "$1" >"$out/$1.dict"
    CLIPCHECK_FUZZ_SEEDS="$out/$1-corpus" "$out/$1" -seed=20240601 -max_len=2048 -timeout=5 -rss_limit_mb=1024 \
        -dict="$out/$1.dict" -max_total_time="$2" -print_final_stats=1 -artifact_prefix="$3" \
        "$out/$1-corpus" >"$out/$1.log" 2>&1
}

# The figures of a finished run, in one line.
figures() {
    awk -v target="$1" '
        /DONE  *cov:/ { for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1) }
        /number_of_executed_units/ { executions = $2 }
        /average_exec_per_sec/ { rate = $2 }
        END { print target ": " executions " executions, " edges " edges, " rate "/s" }' "$out/$1.log"
}

[ $# -gt 0 ] || set -- reply multipart
module MediaFacts
for target; do build "$target"; done
for target; do
    # A planted crash first: a fuzzer that does not find it would find nothing.
    rm -f "$out/planted-$target-"*
    if CLIPCHECK_FUZZ_PLANT=1 fuzz "$target" 120 "$out/planted-$target-" || ! grep -q planted "$out/$target.log"; then
        echo "fuzzing: $target does not end at its planted crash, see $out/$target.log" >&2
        exit 1
    fi
    if ! fuzz "$target" "$seconds" "$out/findings/$target-"; then
        tail -n 40 "$out/$target.log" >&2
        echo "fuzzing: $target has a finding; its input is in $out/findings" >&2
        exit 1
    fi
done
for target; do figures "$target"; done
