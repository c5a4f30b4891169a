#!/bin/sh
# Prints the speed figures of this project, each as a ratio measured in one run. Inputs are made on the first call.
set -eu
cd "$(dirname "$0")/.."
inputs=.build-bench/inputs
sh Benchmarks/make-inputs.sh "$inputs"
for product in ProbeSpeed IsolationOverhead clipcheck; do
    swift build -c release --static-swift-stdlib --product "$product"
done
built=$(swift build -c release --static-swift-stdlib --show-bin-path)
"$built/ProbeSpeed" "$inputs/bench.mp4" "$inputs/bench.mov" "$inputs/bench.mkv" "$inputs/bench.avi"
"$built/IsolationOverhead" "$inputs/bench-12mb.mp4"
python3 Benchmarks/batch.py "$built/clipcheck" "$inputs"
