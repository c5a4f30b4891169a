#!/bin/sh
# Usage: scripts/lint-packaging.sh
#
# Checks the files that nothing compiles: every shell script (shellcheck), the Dockerfile (hadolint), compose.yaml (that it
# holds what keeps the container locked down), the systemd unit (systemd-analyze) and the Caddyfile (caddy), the last two
# where these programs are installed. Needs `scripts/setup.sh test` and `scripts/venv.sh`.
set -eu
cd "$(dirname "$0")/.."

# Scripts without an extension are found by their first line.
scripts=$(git ls-files -co --exclude-standard scripts .ci packaging Benchmarks Tests docker |
    while read -r file; do
        [ ! -f "$file" ] || head -n 1 "$file" | grep -qE '^#!.*\b(ba)?sh$' && printf '%s\n' "$file"
    done || true)
# shellcheck disable=SC2086  # names without spaces
shellcheck --severity=style --exclude=SC2015 $scripts
echo "shellcheck: $(echo "$scripts" | wc -l) scripts"

.venv/bin/hadolint docker/Dockerfile
echo 'hadolint: docker/Dockerfile'

.venv/bin/python scripts/lint-compose.py docker/compose.yaml

if command -v systemd-analyze >/dev/null; then
    # Only the program and the manual are missing here; every other complaint counts.
    complaints=$(systemd-analyze verify --man=no packaging/clipcheck.service 2>&1 | grep -v 'is not executable' || true)
    [ -z "$complaints" ] || {
        printf '%s\n' "$complaints" >&2
        exit 1
    }
    echo 'systemd-analyze: packaging/clipcheck.service'
fi
if command -v caddy >/dev/null; then
    caddy validate --config docker/Caddyfile --adapter caddyfile >/dev/null 2>&1 || {
        caddy validate --config docker/Caddyfile --adapter caddyfile
        exit 1
    }
    echo 'caddy: docker/Caddyfile'
fi
