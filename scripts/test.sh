#!/usr/bin/env bash
# Usage: scripts/test.sh SWIFT-OPTION…
#
# Runs every test target of a finished build; a target that fails does not keep the others from running. At the end the
# failed targets are named, each with the lines that say what failed; exit code 1 if there are any.
#
# Targets that measure time run first, one after another: another target's load would falsify their measurements. The
# others run two at a time; each prints its whole output when it ends, so the outputs do not mix.
set -uo pipefail
options=("$@")

# These tests feed values and bytes to our own types; their time limits are in minutes, and no assertion reads a clock.
pairable=' EntryManifestTests EntryStoreTests MediaFactsTests ReportingTests '

logs=$(mktemp -d)
running=()
# shellcheck disable=SC2154  # the loop sets `job`
trap 'for job in ${running[@]+"${running[@]}"}; do kill "$job" 2>/dev/null; done; rm -rf "$logs"' EXIT
trap 'exit 1' HUP INT TERM

alone=()
paired=()
for folder in Tests/*Tests; do
    target=${folder##*/}
    if [[ $pairable == *" $target "* ]]; then paired+=("$target"); else alone+=("$target"); fi
done

# run TARGET: SwiftPM's lock guards the build folder, which --skip-build only reads.
run() {
    swift test --skip-build --ignore-lock "${options[@]}" --filter "^$1\\." </dev/null 2>&1 || touch "$logs/$1.failed"
}

for target in "${alone[@]}"; do
    echo "==> $target"
    run "$target" | tee "$logs/$target.log"
done

# run_share FIRST: every second one of the paired targets, from number FIRST on.
run_share() {
    local index
    for ((index = $1; index < ${#paired[@]}; index += 2)); do
        run "${paired[index]}" >"$logs/${paired[index]}.log"
        printf '==> %s\n%s\n' "${paired[index]}" "$(<"$logs/${paired[index]}.log")"
    done
}
run_share 0 &
running+=($!)
run_share 1 &
running+=($!)
wait

failed=()
for target in "${alone[@]}" "${paired[@]}"; do
    [[ -e $logs/$target.failed ]] && failed+=("$target")
done
if ((${#failed[@]})); then
    # The end of a log is often all that is kept of it, so what failed is said again here, shortened.
    for target in "${failed[@]}"; do
        echo "==> $target"
        # A line with an arrow says more about the line above it.
        awk '/✘|Fatal error|error: |signal code/ { print; said = 1; next } said && /↳/ { print; next } { said = 0 }' \
            "$logs/$target.log" | cut -c 1-600 | head -n 24
    done
    echo "==> 失败 · FAILED: ${failed[*]}"
    exit 1
fi
echo "==> 全部通过 · all passed: $((${#alone[@]} + ${#paired[@]}))"
