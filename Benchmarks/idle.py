#!/usr/bin/env python3
"""Prints how long the service takes to start and what it costs while nothing happens, each figure beside its limit. Exit
code 1 when a figure is over its limit.

usage: idle.py CLIPCHECK [ENTRIES [SECONDS]]

The data folder holds ENTRIES (100000) entries with their files, written past the service. The start is the time from the
first instruction to the line that names the port. The cost is processor time of the service and its children over SECONDS
(60), beginning ten seconds after the start, as a share of one core.
"""
import os
import sys
import tempfile
import time

from cpu import line, over, processor_seconds
from service import fill, start, stop

CLIPCHECK = sys.argv[1]
ENTRIES, SECONDS = (int(sys.argv[n]) if len(sys.argv) > n else d for n, d in ((2, 100_000), (3, 60)))


def main():
    with tempfile.TemporaryDirectory() as folder:
        service, _, _ = start(CLIPCHECK, folder)
        stop(service)
        service, _, small = start(CLIPCHECK, folder)
        stop(service)
        fill(os.path.join(folder, "data"), ENTRIES)
        # The first start writes the searchable text of the entries, as after a migration.
        service, _, first = start(CLIPCHECK, folder)
        stop(service)
        service, _, seconds = start(CLIPCHECK, folder)
        spent = processor_seconds(service.pid)
        time.sleep(10)
        before = processor_seconds(service.pid)
        time.sleep(SECONDS)
        share = (processor_seconds(service.pid) - before) / SECONDS * 100
        stop(service)
    line("start, no entry", small, 0.3, "s", "a second start")
    line("start", seconds, 1, "s", f"{ENTRIES} entries; {spent:.2f} s of processor time; {first:.2f} s the first time, after a migration")
    line("idle", share, 0.1, "%", f"of a core, over {SECONDS} s")
    return 1 if over() else 0


sys.exit(main())
