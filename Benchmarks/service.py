"""Starts and ends a service under measurement, and fills its data folder."""
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time

FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO entry (number, id, contest, createdAt, createdMilliseconds, fields, mediaFilename, mediaBytes, mediaSHA256,
    mediaOrder, verdict, standing, title, day)
SELECT i, printf('%08x-0000-4000-8000-000000000000', i), 'xian-2024', '2024-03-05T09:00:00+08:00', 0,
    json_object('title', '诚信故事 ' || i), '作品 ' || i || '.mp4', 1, printf('%02x%062x', i % 256, i), i, 'compliant',
    'open', '诚信故事 ' || i, '2024-03-05' FROM n
"""


def start(program, folder):
    """A service on a free port, that port, and the seconds until it named the port."""
    log = open(os.path.join(folder, "log"), "wb+")
    begun = time.monotonic()
    service = subprocess.Popen(
        [program, "serve", "--port", "0", "--data", os.path.join(folder, "data"), "--isolation", "best-effort"],
        stdout=log, stderr=subprocess.STDOUT)
    while service.poll() is None:
        log.seek(0)
        if found := re.search(rb"page:\s+http://[^:]+:(\d+)/\n", log.read()):
            return service, int(found[1]), time.monotonic() - begun
        time.sleep(0.01)
    log.seek(0)
    sys.exit(f"the service did not start: {log.read().decode(errors='replace')}")


def stop(service):
    """Ends a service and waits for its end."""
    service.send_signal(signal.SIGTERM)
    service.wait()


def fill(data, entries):
    """Writes entries and a file of one byte for each, past the service."""
    database = sqlite3.connect(os.path.join(data, "clipcheck.sqlite"))
    with database:
        database.execute(FILL, (entries,))
    database.close()
    for number in range(1, entries + 1):
        folder = os.path.join(data, "media", f"{number % 256:02x}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, f"{number % 256:02x}{number:062x}"), "wb") as file:
            file.write(b"a")


def memory(service):
    """Resident memory of the service in MiB, workers not counted."""
    with open(f"/proc/{service.pid}/status", encoding="ascii", errors="replace") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024
