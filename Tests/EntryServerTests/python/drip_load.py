"""Good uploads beside clients that drip: python drip_load.py BASE_URL FILE --good 150 --drips 50.

All good uploads start at once, three times alone, then beside drips of one byte a second; a drip that the service
closes is replaced while good uploads are under way. Ends with 1 when the drips cost the good ones more than a fifth
(95th percentile), when a good one is not answered 201, or when a drip lives longer than a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tus_wire import CONTEST, OCTETS, Service, metadata

MOST_RATIO = 1.2
MOST_SECONDS = 60.0
# Seconds after which a drip that still lives is given up.
PATIENCE = 75.0
BOUNDARY = "clipcheck-drip-load"


class Target:
    """The service and what is sent to it."""

    def __init__(self, base: str, path: str) -> None:
        place = urlsplit(base)
        self.host, self.port = place.hostname or "", place.port or 80
        self.service = Service(base)
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="contest"\r\n\r\n{CONTEST}\r\n--{BOUNDARY}\r\n'
        head += f'Content-Disposition: form-data; name="media"; filename="{Path(path).name}"\r\n\r\n'
        self.start, self.content = head.encode(), Path(path).read_bytes()
        self.end = f"\r\n--{BOUNDARY}--\r\n".encode()
        self.length = len(self.new_form())

    def new_form(self) -> bytes:
        """A form whose file no other has: equal files are compared with one another, and that is not measured here."""
        return self.start + self.content + os.urandom(16) + self.end

    def head(self, method: str, target: str, kind: str, length: int, *lines: str) -> bytes:
        fields = [
            f"{method} {target} HTTP/1.1", f"Host: {self.host}:{self.port}", f"Content-Type: {kind}",
            f"Content-Length: {length}", "Connection: close", *lines]
        return ("\r\n".join(fields) + "\r\n\r\n").encode()

    def form_head(self) -> bytes:
        return self.head("POST", "/v1/entries", f"multipart/form-data; boundary={BOUNDARY}", self.length)

    def upload_head(self) -> bytes:
        """The head of a PATCH to an upload that is made for it."""
        fields = [("Upload-Length", str(self.length)), ("Upload-Metadata", metadata())]
        place = self.service.ask("POST", self.service.uploads, fields)["Location"] or ""
        lines = ("Tus-Resumable: 1.0.0", "Upload-Offset: 0")
        return self.head("PATCH", self.service.path(place), OCTETS, self.length, *lines)


async def good(target: Target) -> tuple[str, float]:
    """One upload; its status and how long it took, connecting included."""
    started = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection(target.host, target.port)
        writer.write(target.form_head() + target.new_form())
        answer = await asyncio.wait_for(reader.read(), 300)
        writer.close()
    except (OSError, TimeoutError) as error:
        return type(error).__name__, time.monotonic() - started
    return answer[9:12].decode() or "closed", time.monotonic() - started


# What a drip sends at once, by its kind; the rest comes byte by byte.
KINDS: dict[str, Callable[[Target], tuple[bytes, bytes]]] = {
    "head": lambda target: (b"POST /v1/entries HTTP/1.1\r\nX-Drip: ", b"x" * 4000),
    "form": lambda target: (target.form_head(), target.new_form()),
    "tus": lambda target: (target.upload_head(), target.new_form()),
}


async def drip(target: Target, kind: str) -> float:
    """Sends one byte a second until the service closes the connection; how long that took."""
    first, rest = await asyncio.to_thread(KINDS[kind], target)
    reader, writer = await asyncio.open_connection(target.host, target.port)
    started = time.monotonic()
    closed = asyncio.ensure_future(until_closed(reader))
    writer.write(first)
    for byte in rest:
        await asyncio.wait([closed], timeout=1)
        if closed.done() or time.monotonic() - started > PATIENCE:
            break
        writer.write(bytes([byte]))
    closed.cancel()
    writer.transport.abort()
    return time.monotonic() - started


async def until_closed(reader: asyncio.StreamReader) -> None:
    try:
        while await reader.read(65_536):
            pass
    except OSError:
        pass


class Drips:
    """A number of drips, kept up until told to end."""

    def __init__(self, target: Target, kinds: list[str], count: int) -> None:
        self.lives: dict[str, list[float]] = {kind: [] for kind in kinds}
        self.is_over = False
        self.tasks = [asyncio.create_task(self._keep_up(target, kinds[it % len(kinds)])) for it in range(count)]

    async def _keep_up(self, target: Target, kind: str) -> None:
        while not self.is_over:
            try:
                self.lives[kind].append(await drip(target, kind))
            except OSError:
                await asyncio.sleep(0.2)

    async def end(self) -> None:
        """Waits until the service has closed every one."""
        self.is_over = True
        await asyncio.gather(*self.tasks)

    def report(self) -> float:
        """Prints how long they lived; the longest life."""
        for kind, lives in self.lives.items():
            lives.sort()
            print(f"drips ({kind}): {len(lives)}, lived {lives[0]:.2f} s to {lives[-1]:.2f} s" if lives else kind)
        return max((lives[-1] for lives in self.lives.values() if lives), default=0)


def percentile(times: list[float], percent: int) -> float:
    """The nearest rank, so that it is one of the times."""
    return sorted(times)[max(0, -(-len(times) * percent // 100) - 1)]


async def run_good(target: Target, count: int, times: int, name: str) -> tuple[float, bool]:
    """So many at once, and that so many times; the 95th percentile, and whether all were answered 201."""
    results = []
    for _ in range(times):
        results += await asyncio.gather(*(good(target) for _ in range(count)))
    seconds = [time for _, time in results]
    statuses = Counter(status for status, _ in results)
    half, most = percentile(seconds, 50), percentile(seconds, 95)
    print(f"{name}: {len(results)} uploads, p50 {half:.3f} s, p95 {most:.3f} s, answers {dict(statuses)}", flush=True)
    return most, set(statuses) == {"201"}


async def compare(options: argparse.Namespace) -> int:
    target = Target(options.base, options.file)
    await run_good(target, options.good, 1, "warm-up")
    alone, is_good_alone = await run_good(target, options.good, options.times, "alone")
    drips = Drips(target, options.kinds, options.drips)
    await asyncio.sleep(3)
    beside, is_good_beside = await run_good(target, options.good, options.times, "beside drips")
    await drips.end()
    longest = drips.report()
    ratio = beside / alone
    print(f"p95 ratio {ratio:.2f} (at most {MOST_RATIO}); longest drip {longest:.2f} s (at most {MOST_SECONDS:g})")
    return 0 if is_good_alone and is_good_beside and ratio <= MOST_RATIO and longest <= MOST_SECONDS else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="like http://127.0.0.1:8080")
    parser.add_argument("file")
    parser.add_argument("--good", type=int, default=150)
    parser.add_argument("--times", type=int, default=3, help="how often the good ones come, for a steadier figure")
    parser.add_argument("--drips", type=int, default=50)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=list(KINDS), help=",".join(KINDS))
    return asyncio.run(compare(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
