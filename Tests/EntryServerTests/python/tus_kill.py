"""Kills the service in the middle of uploads: python tus_kill.py BINARY FILE --rounds N --client tuspy|aiotus.

Each round begins an upload over a slow line, kills the service (SIGKILL) at a moment that the seed chooses, starts it
again and lets the same client go on. No byte that was acknowledged may be asked for again, and the entry must hold the
file. Prints a line for every round; ends with 1 when any went wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests
from service import RunningService
from slow_line import SlowLine
from tus_library import CUT_OFF, Client, client

HEADERS = {"Tus-Resumable": "1.0.0"}
# How long the file takes over the slow line.
SECONDS = 2.0


@dataclass
class Round:
    """What one round found."""

    moment: float
    acknowledged: int = 0
    offered: int | None = None
    is_inside: bool = False
    faults: list[str] = field(default_factory=list)

    def line(self, number: int) -> str:
        place = "inside" if self.is_inside else "outside"
        story = f"killed after {self.moment:.2f} s ({place}), acknowledged {self.acknowledged}, offered {self.offered}"
        return f"{'FAIL' if self.faults else 'ok'} round {number}: {story}{''.join(f'; {it}' for it in self.faults)}"


def send(upload: Client, stopped: list[BaseException | None]) -> None:
    """Creates the upload and sends it; how that ended goes into `stopped`."""
    try:
        upload.begin()
        upload.go_on()
        stopped.append(None)
    except Exception as error:  # judged by whoever waits for it
        stopped.append(error)


def run_round(service: RunningService, line: SlowLine, path: str, name: str, chunk: int, moment: float) -> Round:
    found = Round(moment)
    upload = client(name, line.address, path, chunk)
    stopped: list[BaseException | None] = []
    line.bytes_per_second = os.path.getsize(path) / SECONDS
    sender = threading.Thread(target=send, args=(upload, stopped))
    sender.start()
    time.sleep(moment)
    service.kill()
    sender.join()
    found.acknowledged = upload.acknowledged
    found.is_inside = stopped[0] is not None
    if stopped[0] is not None and not isinstance(stopped[0], CUT_OFF):
        found.faults.append(f"the client stopped with {stopped[0]!r}")
    line.bytes_per_second = None
    service.start()
    resume(upload, found, path, service.address)
    return found


def resume(upload: Client, found: Round, path: str, address: str) -> None:
    """Goes on with the upload and looks at what comes of it."""
    try:
        if upload.url is None:
            upload.begin()
        place = address + "/v1/uploads/" + (upload.url or "").rsplit("/", 1)[-1]
        head = requests.head(place, headers=HEADERS, timeout=30)
        found.offered = int(head.headers.get("Upload-Offset", -1))
        if found.offered < found.acknowledged:
            found.faults.append(f"lost {found.acknowledged - found.offered} acknowledged bytes ({head.status_code})")
        upload.go_on()
        expect_entry(place, address, path, found)
    except (*CUT_OFF, KeyError, ValueError) as error:
        found.faults.append(f"does not go on: {error!r}")


def expect_entry(place: str, address: str, path: str, found: Round) -> None:
    """The upload must be an entry that holds the file."""
    named = requests.head(place, headers=HEADERS, timeout=30).headers.get("Content-Location")
    if not named:
        found.faults.append("no entry came of it")
        return
    wanted = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    said = requests.get(address + named, timeout=30).json()["media"]["sha256"]
    media = hashlib.sha256(requests.get(address + named + "/media", timeout=30).content).hexdigest()
    if (said, media) != (wanted, wanted):
        found.faults.append(f"the entry says {said} and holds {media}, the file is {wanted}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--client", choices=["tuspy", "aiotus"], required=True)
    parser.add_argument("--chunk", type=int, help="bytes in one request; default: a seventh of the file")
    parser.add_argument("--seed", type=int, default=2024)
    options = parser.parse_args()
    chunk = options.chunk or os.path.getsize(options.file) // 7 + 1
    moments = random.Random(options.seed)
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory(prefix="tus-kill-") as data, RunningService(options.binary, data) as service:
        line = SlowLine(service.port)
        for number in range(1, options.rounds + 1):
            moment = moments.uniform(0.02, SECONDS * 1.1)
            rounds.append(run_round(service, line, options.file, options.client, chunk, moment))
            print(rounds[-1].line(number), flush=True)
        line.close()
    failed = sum(1 for it in rounds if it.faults)
    inside = sum(1 for it in rounds if it.is_inside)
    print(f"{options.client}: {len(rounds)} rounds, {inside} killed inside an upload, {failed} went wrong")
    return 1 if failed or not inside else 0


if __name__ == "__main__":
    sys.exit(main())
