"""Kills the service again and again under load: python crash_load.py BINARY --rounds N.

Four clients submit forms, upload in pieces, replace media and check again; in every round the service is killed
(SIGKILL) at a moment that the seed chooses and started again on the same data. Whatever was acknowledged must then be
there with the right bytes and its reports. Ends with 1 when anything was lost, wrong, or answered with 5xx
(599: not within a minute).
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crash_client import KINDS, Acknowledged, LoadClient
from crash_verify import Faults, verify
from service import RunningService

CLIPS = ["作品.mp4", "no-audio.mp4", "phone.mov", "portrait-720x1280.mp4", "container.mov", "b-frames.mp4", "empty.mp4"]


def clip_folder() -> Path:
    return Path(__file__).resolve().parents[3] / "TestMedia"


def load(clients: list[LoadClient], service: RunningService, seconds: float) -> None:
    """All clients at once, until the service is killed under them."""
    threads = [threading.Thread(target=client.work, args=(service.address,)) for client in clients]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    was_running = service.is_running()
    service.kill()
    for thread in threads:
        thread.join()
    if not was_running:
        sys.exit(f"FAIL: the service ended by itself: {service.printed()[-2000:]}")


def verify_all(pool: ThreadPoolExecutor, entries: list[Acknowledged], address: str) -> Faults:
    """Looks at every acknowledged entry; four at a time."""
    faults = Faults()
    for found in pool.map(lambda entry: verify(entry, address), entries):
        faults.add(found)
    return faults


def run(options: argparse.Namespace) -> int:
    moments = random.Random(options.seed)
    clips = {name: (clip_folder() / name).read_bytes() for name in CLIPS}
    clients = [LoadClient(options.seed * 100 + number, clips, options.kinds) for number in range(4)]
    total = Faults()
    with tempfile.TemporaryDirectory(prefix="crash-load-") as data, ThreadPoolExecutor(4) as pool:
        with RunningService(options.binary, data) as service:
            for number in range(1, options.rounds + 1):
                load(clients, service, moments.uniform(0.3, options.load))
                service.start()
                entries = [entry for client in clients for entry in client.entries]
                faults = verify_all(pool, entries, service.address)
                total.add(faults)
                print(f"round {number}: {len(entries)} acknowledged entries; {faults}", flush=True)
                print("".join(f"  {note}\n" for note in faults.notes[:10]), end="")
    statuses = sum((client.statuses for client in clients), Counter())
    errors = sum(count for status, count in statuses.items() if status.split()[-1].startswith("5"))
    print("answers:", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    print(f"{options.rounds} rounds, {len(entries)} acknowledged; {total}; {errors} answers 5xx")
    return 1 if total.count or errors or not entries else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--load", type=float, default=2.0, help="most seconds between start and kill")
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=list(KINDS), help=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=2024)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
