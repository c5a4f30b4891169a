#!/bin/sh
# Usage: scripts/prometheus.sh FOLDER
#
# Prints the folder of `prometheus` and `promtool`: of the system where it has them, else FOLDER, where Debian's package
# is unpacked. Installing the package would start a service on this machine.
set -eu
if command -v promtool >/dev/null && command -v prometheus >/dev/null; then
    dirname "$(command -v promtool)"
    exit 0
fi
if [ ! -x "$1/usr/bin/promtool" ]; then
    if ! { command -v apt-get && command -v dpkg; } >/dev/null; then
        echo "需要 prometheus 和 promtool，请安装后重试。 Install prometheus and promtool, then try again." >&2
        exit 1
    fi
    mkdir -p "$1"
    # A sandboxed download cannot write here, and the lists of packages may be missing.
    (cd "$1" && { apt-get -q download prometheus || { apt-get -q update && apt-get -q download prometheus; }; }) >&2
    dpkg -x "$1"/prometheus_*.deb "$1"
    rm -f "$1"/prometheus_*.deb
fi
echo "$1/usr/bin"
