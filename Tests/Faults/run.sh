#!/bin/sh
# What a power cut and a full disk do to the service. Linux with gcc.
#
#   Tests/Faults/run.sh short|long [BINARY]
#
# One line for each part with its figures, after the details of what went wrong; exit status 1 if anything did.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
python=${CLIPCHECK_PYTHON:-$root/.venv/bin/python}
case ${1:-} in
short) rounds=10 sweep=10 control=5 points=20 ;;
long) rounds=100 sweep=1 control=10 points=60 ;;
*) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2 && exit 64 ;;
esac

# A copy, because the original may be built anew meanwhile.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "${2:-$root/.build/debug/clipcheck}" "$folder/clipcheck"

status=0
"$python" -B "$here/powercut.py" "$folder/clipcheck" --rounds "$rounds" --sweep "$sweep" || status=1
for forgotten in all media folders database; do
    "$python" -B "$here/powercut.py" "$folder/clipcheck" --rounds "$control" --beginning empty \
        --no-fsync $forgotten >"$folder/control" || status=1
    tail -n 1 "$folder/control"
done
"$python" -B "$here/powercut.py" "$folder/clipcheck" --rounds "$control" --beginning hooked \
    --no-fsync database >"$folder/control" || status=1
tail -n 1 "$folder/control"
"$python" -B "$here/nospace.py" "$folder/clipcheck" --points "$points" || status=1
exit $status
