#!/bin/sh
# Makes .venv with the Python helpers of the tests, unless it is there for this Python and this Tests/requirements.txt.
set -eu
python=/usr/bin/python3 # the one that Debian's python3-venv belongs to; PATH may name another first
[ -x "$python" ] || python=python3

wanted=$("$python" --version && cat Tests/requirements.txt)
if [ -x .venv/bin/python ] && [ "$(cat .venv/stamp 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

# In place, because a virtual environment holds its own path; without its stamp it does not count.
trap 'rm -rf .venv' EXIT
trap 'exit 1' HUP INT TERM
rm -rf .venv
"$python" -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check -r Tests/requirements.txt
printf '%s\n' "$wanted" >.venv/stamp
trap - EXIT
