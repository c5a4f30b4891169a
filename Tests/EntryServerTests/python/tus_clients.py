"""Uploads a file with a tus client that people have: python tus_clients.py BASE_URL FILE --client tuspy|aiotus.

Ends with 0 when an entry with the very bytes came of it.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import sys
from pathlib import Path

import aiotus
import requests
from tus_library import CONTEST, Tuspy

HEADERS = {"Tus-Resumable": "1.0.0"}


def upload_with_tuspy(base: str, path: str, chunk: int, has_checksums: bool) -> str:
    """Uploads; the address of the upload."""
    upload = Tuspy(base, path, chunk, has_checksums)
    upload.begin()
    upload.go_on()
    return upload.url or ""


def upload_with_aiotus(base: str, path: str, chunk: int, _has_checksums: bool) -> str:
    """Uploads by the one call that aiotus is used with."""

    async def work() -> str:
        values = {"contest": CONTEST.encode(), "filename": os.path.basename(path).encode()}
        config = aiotus.RetryConfiguration(retry_attempts=2)
        with open(path, "rb") as file:
            place = await aiotus.upload(f"{base}/v1/uploads", file, values, config=config, chunksize=chunk)
        if place is None:
            sys.exit("FAIL: aiotus gave up")
        known = await aiotus.metadata(place, config=config)
        if known:
            sys.exit(f"FAIL: the service gives {known} back, though the entry exists")
        return str(place)

    return asyncio.run(work())


def expect_entry(base: str, place: str, path: str) -> str:
    """The upload must be an entry with the bytes of the file; a line about it."""
    head = requests.head(place, headers=HEADERS, timeout=30)
    named = head.headers.get("Content-Location")
    if head.status_code not in (200, 204) or not named:
        sys.exit(f"FAIL: no entry: {head.status_code} {dict(head.headers)}")
    media = requests.get(base + named, timeout=30).json()["media"]
    content = Path(path).read_bytes()
    wanted = (len(content), hashlib.sha256(content).hexdigest())
    if (media["bytes"], media["sha256"]) != wanted:
        sys.exit(f"FAIL: the entry has {media}, the file {wanted}")
    return f"{named} {head.headers.get('Clipcheck-Verdict')} {media['bytes']} bytes {media['sha256']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="like http://127.0.0.1:8080")
    parser.add_argument("file")
    parser.add_argument("--client", choices=["tuspy", "aiotus"], required=True)
    parser.add_argument("--chunk", type=int, default=4 << 20, help="bytes in one request")
    parser.add_argument("--checksums", action="store_true", help="send Upload-Checksum (tuspy only)")
    options = parser.parse_args()
    upload = {"tuspy": upload_with_tuspy, "aiotus": upload_with_aiotus}[options.client]
    place = upload(options.base.rstrip("/"), options.file, options.chunk, options.checksums)
    print(f"ok {options.client}: {expect_entry(options.base.rstrip('/'), place, options.file)}")


if __name__ == "__main__":
    main()
