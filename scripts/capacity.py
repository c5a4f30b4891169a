#!/usr/bin/env python3
"""Usage: .venv/bin/python scripts/capacity.py CLIPCHECK [CLIP [SECONDS]]

Measures how many uploads this machine carries: starts the service on an empty folder on the present disk, sends CLIP (default
TestMedia/作品.mp4) as entries from two clients a core for SECONDS (default 20), and prints what /metrics counted. The clients run on
the same cores, so a service with the machine to itself carries more.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/EntryServerTests/python"))

from service import RunningService  # noqa: E402


def send(address: str, clip: bytes, end: float, statuses: list[int]) -> None:
    """Sends entries one after the other until `end`. A `free` box makes each clip another file: equal ones are stored once."""
    session = requests.Session()
    while time.monotonic() < end:
        media = clip + bytes([0, 0, 0, 16]) + b"free" + os.urandom(8)
        form = {"contest": (None, "demo"), "media": ("a.mp4", media, "video/mp4")}
        statuses.append(session.post(f"{address}/v1/entries", files=form, timeout=120).status_code)


def value(text: str, sample: str) -> float:
    """A number in /metrics; 0 when it is absent."""
    match = re.search(f"^{re.escape(sample)} (.+)$", text, re.MULTILINE)
    return float(match[1]) if match else 0.0


def mean(text: str, name: str, label: str, word: str) -> float:
    """Mean of a histogram in milliseconds."""
    labels = f'{{{label}="{word}"}}'
    return 1000 * value(text, f"{name}_sum{labels}") / max(1, value(text, f"{name}_count{labels}"))


def main() -> None:
    clip = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "TestMedia/作品.mp4").read_bytes()
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    cores = len(os.sched_getaffinity(0))
    statuses: list[int] = []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        with RunningService(sys.argv[1], f"{folder}/data") as service:
            end = time.monotonic() + seconds
            clients = [threading.Thread(target=send, args=(service.address, clip, end, statuses))
                       for _ in range(2 * cores)]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            text = requests.get(f"{service.address}/metrics", timeout=60).text
            stored = sum(file.stat().st_blocks * 512 for file in Path(folder).rglob("*") if file.is_file())
    made = statuses.count(201)
    print(f"{len(clip) / 1e6:.1f} MB a clip, {cores} cores, {seconds:.0f} s: {made} entries, {len(statuses) - made} refused")
    print(f"{made / seconds / cores * 60:.0f} entries a minute and core, {stored / max(1, made) / 1e6:.2f} MB of disk an entry")
    for phase in ("receive", "wait", "probe", "store"):
        milliseconds = mean(text, "clipcheck_phase_duration_seconds", "phase", phase)
        print(f"  {phase}: {milliseconds:.1f} ms")
    milliseconds = mean(text, "clipcheck_database_duration_seconds", "access", "write")
    print(f"  transaction: {milliseconds:.1f} ms")


if __name__ == "__main__":
    main()
