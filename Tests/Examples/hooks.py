"""receiver.py and verify.sh: forged, repeated and late messages; then the events and the signed report of a live service."""

from __future__ import annotations

import base64
import hmac
import json
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path

import requests
from sandbox import EXAMPLES, PATIENCE, CheckFailed, Sandbox, expect

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
MESSAGE = json.dumps({
    "type": "report.completed", "timestamp": "2026-11-21T09:00:00+08:00",
    "data": {"entry": "82a238b1", "contest": "demo", "version": 2, "verdict": "compliant", "standing": "open"}}).encode()


class Receiver:
    """A running receiver.py."""

    def __init__(self, sandbox: Sandbox, secret: str, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{self.port}/"
        self.events = sandbox.folder / f"events-{self.port}.sqlite"
        self.output = sandbox.folder / f"receiver-{port}"
        self.process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / "receiver.py"), str(self.port), str(self.events)],
            env={**sandbox.environment, "WEBHOOK_SECRET": secret}, stdout=self.output.open("wb"), stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise CheckFailed("receiver.py does not start") from None
                time.sleep(0.05)

    def kept(self) -> list[tuple[str, str, str]]:
        """Type, entry and verdict of every event that was kept."""
        with sqlite3.connect(f"file:{self.events}?mode=ro", uri=True) as events:
            return events.execute("SELECT type, entry, verdict FROM event ORDER BY type").fetchall()

    def __enter__(self) -> Receiver:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def signature(identifier: str, sent: int, body: bytes, secret: str = SECRET) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, f"{identifier}.{sent}.".encode() + body, "sha256")).decode()


def receiver(sandbox: Sandbox) -> None:
    """What receiver.py answers to messages that are genuine, repeated, altered, late, early, or signed by two secrets."""
    now = int(time.time())
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    right = signature("msg_1", now, MESSAGE)
    cases = [  # what, id, time, signature, body, answer
        ("genuine", "msg_1", now, right, MESSAGE, 204),
        ("repeated", "msg_1", now, right, MESSAGE, 204),
        ("altered body", "msg_2", now, signature("msg_2", now, MESSAGE), MESSAGE.replace(b"compliant", b"complianT"), 401),
        ("another id", "msg_3", now, right, MESSAGE, 401),
        ("another secret", "msg_4", now, signature("msg_4", now, MESSAGE, other), MESSAGE, 401),
        ("no signature", "msg_5", now, "", MESSAGE, 401),
        ("six minutes old", "msg_6", now - 360, signature("msg_6", now - 360, MESSAGE), MESSAGE, 401),
        ("six minutes early", "msg_7", now + 360, signature("msg_7", now + 360, MESSAGE), MESSAGE, 401),
        ("two secrets", "msg_8", now, f"{signature('msg_8', now, MESSAGE, other)} {signature('msg_8', now, MESSAGE)}", MESSAGE, 204),
        ("too long", "msg_9", now, right, b"x" * (65 << 10), 413),
    ]
    with Receiver(sandbox, SECRET, free_port()) as running:
        for what, identifier, sent, given, body, answer in cases:
            headers = {"webhook-id": identifier, "webhook-timestamp": str(sent), "webhook-signature": given}
            expect(requests.post(running.address, body, headers=headers, timeout=60).status_code, answer, f"receiver.py, {what}")
        expect(running.kept(), [("report.completed", "82a238b1", "compliant")] * 2, "events that receiver.py kept")
        expect(running.output.read_text().splitlines(), ["report.completed 82a238b1 compliant"] * 2, "events that it worked on")


def submit(service: str, key: str, path: Path) -> str:
    with path.open("rb") as media:
        form = {"contest": (None, "demo"), "title": (None, "试用"), "media": (path.name, media, "video/mp4")}
        answer = requests.post(f"{service}/v1/entries", files=form, headers={"Authorization": f"Bearer {key}"}, timeout=60)
    expect(answer.status_code, 201, f"submission: {answer.text}")
    return answer.json()["id"]


def delivery(sandbox: Sandbox, service: str, key: str) -> None:
    """A target is added with the secret that receiver.py is then started with; a submission arrives as two events."""
    port = free_port()
    added = sandbox.run(
        "clipcheck", "webhooks", "add", f"http://127.0.0.1:{port}/", "--allow-private", "--data", str(sandbox.data))
    expect(added.returncode, 0, f"webhooks add: {added.stderr}")
    with Receiver(sandbox, added.stdout.strip(), port) as running:
        entry = submit(service, key, sandbox.clip("short.mp4", "short.mp4"))
        deadline = time.monotonic() + PATIENCE
        while len(running.kept()) < 2 and time.monotonic() < deadline:
            time.sleep(0.2)
        kept = [(kind, of) for kind, of, _ in running.kept()]
        expect(kept, [("entry.created", entry), ("report.completed", entry)], "events of a submission")


def verify(sandbox: Sandbox, service: str, submit_key: str, read_key: str) -> None:
    """The report of an entry is unaltered; another file, or keys of another service, end with 1."""
    clip = sandbox.clip("short.mp4", "short.mp4")
    other = sandbox.clip("作品.mp4", "作品.mp4")
    entry = submit(service, submit_key, clip)
    keys = sandbox.folder / "keys.json"
    keys.write_bytes(requests.get(f"{service}/v1/keys", timeout=60).content)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return sandbox.run(
            "sh", str(EXAMPLES / "verify.sh"), *arguments, CLIPCHECK_URL=service, CLIPCHECK_KEY=read_key)

    for what, arguments, code in [
        ("unaltered", (entry, str(keys)), 0), ("unaltered, with its file", (entry, str(keys), str(clip)), 0),
        ("another file", (entry, str(keys), str(other)), 1), ("no such entry", (str(uuid.uuid4()), str(keys)), 70),
    ]:
        done = run(*arguments)
        expect(done.returncode, code, f"verify.sh, {what}: {done.stdout}{done.stderr}")
