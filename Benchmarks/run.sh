#!/bin/sh
# Prints the speed figures of this project, each as a ratio measured in one run. Inputs are made on the first call.
set -eu
cd "$(dirname "$0")/.."
inputs=.build-bench/inputs
sh Benchmarks/make-inputs.sh "$inputs"
swift build -c release --static-swift-stdlib --product ProbeSpeed
"$(swift build -c release --static-swift-stdlib --product ProbeSpeed --show-bin-path)/ProbeSpeed" \
    "$inputs/bench.mp4" "$inputs/bench.mov" "$inputs/bench.mkv" "$inputs/bench.avi"
