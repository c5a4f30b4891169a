#!/usr/bin/env python3
"""Usage: .venv/bin/python scripts/live-contract.py CLIPCHECK [OPTION…]

Runs schemathesis against a live service on an empty folder: requests made from openapi.json, and every answer compared with it.
Tests/Schemathesis/schemathesis.toml holds the settings and the exceptions, each with its reason. OPTIONs go to `st run`.
Exit code 0: no failure but the exceptions.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "Tests/EntryServerTests/python"))

import requests  # noqa: E402
from service import RunningService  # noqa: E402

SETTINGS = ROOT / "Tests/Schemathesis"
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "4096", "Upload-Metadata": "contest eGlhbi0yMDI0"}


def make_key(binary: str, data: str) -> dict[str, str]:
    """Makes a key that may do everything; the header field that shows it."""
    command = [binary, "keys", "create", "contract", "--scope", "admin", "--data", data]
    token = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout.strip()
    return {"Authorization": f"Bearer {token}"}


def test_data(address: str, key: dict[str, str]) -> dict[str, str]:
    """Makes an entry and an upload; their ids, for hooks.py."""
    media = (ROOT / "TestMedia/作品.mp4").read_bytes()
    form = {"contest": (None, "xian-2024"), "media": ("作品.mp4", media, "video/mp4")}
    entry = requests.post(f"{address}/v1/entries", files=form, headers=key, timeout=60).json()
    upload = requests.post(f"{address}/v1/uploads", headers={**TUS, **key}, timeout=60).headers["Location"]
    check = re.sub(".*/", "", entry["check"] or "")
    return {"CLIPCHECK_ENTRY": entry["id"], "CLIPCHECK_CHECK": check, "CLIPCHECK_UPLOAD": re.sub(".*/", "", upload)}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, RunningService(sys.argv[1], f"{folder}/data") as service:
        key = make_key(sys.argv[1], f"{folder}/data")
        storage = {"HYPOTHESIS_STORAGE_DIRECTORY": f"{folder}/hypothesis"}
        environment = {**os.environ, **storage, **test_data(service.address, key)}
        command = [
            str(Path(sys.executable).parent / "st"), "--config-file", "schemathesis.toml", "run",
            f"{service.address}/openapi.json", "--no-color", "-H", f"Authorization: {key['Authorization']}",
            *sys.argv[2:]]
        status = subprocess.run(command, cwd=SETTINGS, env=environment, timeout=180).returncode
        if not service.is_running():
            print(f"the service ended: {service.printed()[-2000:]}")
            return 1
        errors = [line for line in service.printed().splitlines() if '"level":"error"' in line]
        print("\n".join(errors[:10]))
        return status


if __name__ == "__main__":
    sys.exit(main())
