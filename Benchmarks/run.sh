#!/bin/sh
# Prints the speed figures of this project, each as a ratio measured in one run. Inputs are made on the first call.
# A figure over its limit keeps no later one from being measured; exit code 1 if there was one.
set -eu
cd "$(dirname "$0")/.."
inputs=.build-bench/inputs
sh Benchmarks/make-inputs.sh "$inputs"
for product in ContestSpeed ProbeSpeed IsolationOverhead clipcheck; do
    swift build -c release --static-swift-stdlib --product "$product"
done
built=$(swift build -c release --static-swift-stdlib --show-bin-path)
failed=0
"$built/ContestSpeed" || failed=1
"$built/ProbeSpeed" "$inputs/bench.mp4" "$inputs/bench.mov" "$inputs/bench.mkv" "$inputs/bench.avi" || failed=1
"$built/IsolationOverhead" "$inputs/bench-12mb.mp4" || failed=1
python3 Benchmarks/batch.py "$built/clipcheck" "$inputs" || failed=1
python3 Benchmarks/connections.py "$built/clipcheck" || failed=1
python3 Benchmarks/idle.py "$built/clipcheck" || failed=1
python3 Benchmarks/webhooks.py "$built/clipcheck" || failed=1
python3 Benchmarks/lists.py "$built/clipcheck" || failed=1
# The scan in C and its clips, and the service of FastAPI, lie beside the folder of real files.
yardsticks=${CLIPCHECK_CORPUS:+$CLIPCHECK_CORPUS/../bench}
if pkg-config --exists libcrypto; then
    # shellcheck disable=SC2046  # a list of flags
    gcc -O2 -o .build-bench/upload Benchmarks/UploadFloor/upload.c \
        $(pkg-config --cflags --libs libavformat libavutil libcrypto)
    export CLIPCHECK_UPLOAD_FLOOR=.build-bench/upload
fi
if [ -f "$yardsticks/fastapi_app.py" ]; then
    [ -x .build-bench/peer/bin/uvicorn ] || {
        python3 -m venv .build-bench/peer
        .build-bench/peer/bin/pip install --quiet fastapi 'uvicorn[standard]' python-multipart
    }
    export CLIPCHECK_PEER="$yardsticks" CLIPCHECK_PEER_PYTHON=.build-bench/peer/bin/python
fi
python3 Benchmarks/uploads.py "$built/clipcheck" "$inputs/bench-12mb.mp4" || failed=1
if [ -f "$yardsticks/scan.c" ]; then
    # shellcheck disable=SC2046  # a list of flags
    gcc -O2 -o .build-bench/scan "$yardsticks/scan.c" \
        $(pkg-config --cflags --libs libavformat libavcodec libavutil libebur128) -lm
    [ -s .build-bench/content/a.mpg ] || bash "$yardsticks/gen.sh" .build-bench/content
    [ -s .build-bench/content/4k.mp4 ] || ffmpeg -nostdin -v error -y -t 20 -i .build-bench/content/a_g50_end.mp4 \
        -vf scale=3840:2160 -c:v libx264 -preset ultrafast -crf 23 -g 50 -c:a copy .build-bench/content/4k.mp4
    python3 Benchmarks/content.py "$built/clipcheck" .build-bench/scan \
        .build-bench/content/a_g250_end.mp4 .build-bench/content/a_g50_end.mp4 .build-bench/content/4k.mp4 || failed=1
else
    echo 'CLIPCHECK_CORPUS 未指明语料，跳过画面和声音 · CLIPCHECK_CORPUS is not set: picture and sound are not measured'
fi
exit "$failed"
