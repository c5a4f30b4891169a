#!/usr/bin/env python3
"""Prints how long the service takes to start and what it costs while nothing happens, each figure beside its limit. Exit
code 1 when a figure is over its limit.

usage: idle.py CLIPCHECK [ENTRIES [SECONDS]]

The data folder holds ENTRIES (100000) entries with their files, written past the service. The start is the time from the
first instruction to the line that names the port. The cost is processor time of the service and its children over SECONDS
(60), beginning ten seconds after the start, as a share of one core.
"""
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from cpu import line, over

CLIPCHECK = sys.argv[1]
ENTRIES, SECONDS = (int(sys.argv[n]) if len(sys.argv) > n else d for n, d in ((2, 100_000), (3, 60)))
TICK = os.sysconf("SC_CLK_TCK")

FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO entry (number, id, contest, createdAt, createdMilliseconds, fields, mediaFilename, mediaBytes, mediaSHA256,
    mediaOrder, verdict, standing, title, day)
SELECT i, printf('%08x-0000-4000-8000-000000000000', i), 'xian-2024', '2024-03-05T09:00:00+08:00', 0,
    json_object('title', '诚信故事 ' || i), '作品 ' || i || '.mp4', 1, printf('%02x%062x', i % 256, i), i, 'compliant',
    'open', '诚信故事 ' || i, '2024-03-05' FROM n
"""


def start(folder):
    """A service on a free port, and the seconds until it named the port."""
    log = open(os.path.join(folder, "log"), "wb+")
    begun = time.monotonic()
    service = subprocess.Popen(
        [CLIPCHECK, "serve", "--port", "0", "--data", os.path.join(folder, "data"), "--isolation", "best-effort"],
        stdout=log, stderr=subprocess.STDOUT)
    while service.poll() is None:
        log.seek(0)
        if re.search(rb"page:\s+http://[^:]+:\d+/\n", log.read()):
            return service, time.monotonic() - begun
        time.sleep(0.01)
    log.seek(0)
    sys.exit(f"the service did not start: {log.read().decode(errors='replace')}")


def stop(service):
    service.send_signal(signal.SIGTERM)
    service.wait()


def fill(data):
    """Writes the entries and a file of one byte for each."""
    database = sqlite3.connect(os.path.join(data, "clipcheck.sqlite"))
    with database:
        database.execute(FILL, (ENTRIES,))
    database.close()
    for number in range(1, ENTRIES + 1):
        folder = os.path.join(data, "media", f"{number % 256:02x}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"{number % 256:02x}{number:062x}"), "wb") as file:
            file.write(b"a")


def processor_seconds(process):
    """Processor time of a process and of the children it has waited for or still has."""
    total = 0
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry) == process or int(fields[1]) == process:
            total += sum(map(int, fields[11:15]))
    return total / TICK


def main():
    with tempfile.TemporaryDirectory() as folder:
        service, _ = start(folder)
        stop(service)
        fill(os.path.join(folder, "data"))
        # The first start writes the searchable text of the entries, as after a migration.
        service, first = start(folder)
        stop(service)
        service, seconds = start(folder)
        time.sleep(10)
        before = processor_seconds(service.pid)
        time.sleep(SECONDS)
        share = (processor_seconds(service.pid) - before) / SECONDS * 100
        stop(service)
    line("start", seconds, 1, "s", f"{ENTRIES} entries; {first:.2f} s the first time, after a migration")
    line("idle", share, 0.1, "%", f"of a core, over {SECONDS} s")
    return 1 if over() else 0


sys.exit(main())
