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
# The scan in C and its clips lie beside the folder of real files.
yardsticks=${CLIPCHECK_CORPUS:+$CLIPCHECK_CORPUS/../bench}
if [ -f "$yardsticks/scan.c" ]; then
    # shellcheck disable=SC2046  # a list of flags
    gcc -O2 -o .build-bench/scan "$yardsticks/scan.c" \
        $(pkg-config --cflags --libs libavformat libavcodec libavutil libebur128) -lm
    [ -s .build-bench/content/a.mpg ] || bash "$yardsticks/gen.sh" .build-bench/content
    [ -s .build-bench/content/4k.mp4 ] || ffmpeg -nostdin -v error -y -t 20 -i .build-bench/content/a_g50_end.mp4 \
        -vf scale=3840:2160 -c:v libx264 -preset ultrafast -crf 23 -g 50 -c:a copy .build-bench/content/4k.mp4
    python3 Benchmarks/content.py "$built/clipcheck" .build-bench/scan \
        .build-bench/content/a_g250_end.mp4 .build-bench/content/a_g50_end.mp4 .build-bench/content/4k.mp4
else
    echo 'CLIPCHECK_CORPUS 未指明语料，跳过画面和声音 · CLIPCHECK_CORPUS is not set: picture and sound are not measured'
fi
