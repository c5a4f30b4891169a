"""One large upload in one request, and what it costs the service in memory: python large_upload.py BINARY --bytes N.

Sends N bytes by PATCH (tus) and then the same number as a form, and prints by how much the service's resident memory
grew at its highest. Ends with 1 when that is over 64 MB, or when what was kept is not what was sent.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import requests
from service import RunningService

PIECE = bytes(range(256)) * 4096
MOST_GROWTH = 64 << 20


def pieces(count: int) -> Iterator[bytes]:
    while count > 0:
        yield PIECE[: min(count, len(PIECE))]
        count -= len(PIECE)


def digest(count: int) -> str:
    total = hashlib.sha256()
    for piece in pieces(count):
        total.update(piece)
    return total.hexdigest()


def peak(service: RunningService) -> int:
    """Highest resident memory so far, in bytes. Source: proc(5), VmHWM."""
    assert service.process
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(match[1]) * 1024 if match else 0


def by_tus(address: str, count: int) -> str:
    headers = {"Tus-Resumable": "1.0.0"}
    metadata = "contest " + base64.b64encode(b"xian-2024").decode()
    created = requests.post(
        address + "/v1/uploads", headers={**headers, "Upload-Length": str(count), "Upload-Metadata": metadata})
    sent = requests.patch(
        created.headers["Location"], data=pieces(count),
        headers={**headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})
    assert sent.status_code == 204, sent.text
    return sent.headers["Content-Location"]


def by_form(address: str, count: int) -> str:
    head = '--x\r\nContent-Disposition: form-data; name="contest"\r\n\r\nxian-2024\r\n'
    head += '--x\r\nContent-Disposition: form-data; name="media"; filename="a.mp4"\r\n\r\n'

    def body() -> Iterator[bytes]:
        yield head.encode()
        yield from pieces(count)
        yield b"\r\n--x--\r\n"

    sent = requests.post(
        address + "/v1/entries", data=body(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert sent.status_code == 201, sent.text
    return sent.headers["Location"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--bytes", type=int, default=4 << 30)
    options = parser.parse_args()
    expected = digest(options.bytes)
    is_right = True
    for name, send in (("tus", by_tus), ("form", by_form)):
        with tempfile.TemporaryDirectory() as data, RunningService(options.binary, data) as service:
            requests.get(service.address + "/readyz").raise_for_status()
            before, start = peak(service), time.monotonic()
            entry = requests.get(service.address + send(service.address, options.bytes)).json()
            grown = peak(service) - before
            is_same = entry["media"]["sha256"] == expected and entry["media"]["bytes"] == options.bytes
            is_right = is_right and is_same and grown <= MOST_GROWTH
            print(f"{name}: {options.bytes >> 20} MiB in {time.monotonic() - start:.0f} s; resident memory grew by "
                  f"{grown >> 20} MiB (limit 64); content {'right' if is_same else 'WRONG'}", flush=True)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
