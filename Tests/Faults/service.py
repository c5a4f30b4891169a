"""The service under test: starting it with a shim, talking to it, and clips to send."""

import base64
import ctypes
import hashlib
import mmap
import os
import random
import re
import subprocess
import tempfile
import time
import urllib.parse

import requests

HERE = os.path.dirname(os.path.abspath(__file__))
MEDIA = os.path.join(HERE, "..", "..", "TestMedia")
CLIPS = ("short.mp4", "short.mov", "duration-120000ms.mp4", "portrait-720x1280.mp4", "作品.mp4")
CONTEST_FILE = os.path.join(HERE, "contest.yaml")
CONTEST = "faults"


class Failure(Exception):
    """The service did something that it must not do."""


def shim(name, folder):
    """Compiles a shim into `folder`; its path."""
    path = os.path.join(folder, name + ".so")
    options = ["-O1", "-shared", "-fPIC", "-Wall", "-Wno-attribute-alias", "-Wno-nonnull-compare", "-lpthread"]
    subprocess.run(["gcc", os.path.join(HERE, name + ".c"), "-o", path, *options], check=True)
    return path


def shared_page(path, layout):
    """A page shared with a shim, as the ctypes structure `layout`."""
    with open(path, "w+b") as file:
        file.truncate(4096)
        return layout.from_buffer(mmap.mmap(file.fileno(), 4096))


class Service:
    """One run of the service on a folder."""

    def __init__(self, binary, data, environment=None):
        self.log = tempfile.TemporaryFile()
        command = [binary, "serve", "--port", "0", "--isolation", "best-effort", "--contest", CONTEST_FILE, "--data", data]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env={**os.environ, "CLIPCHECK_LOG_LEVEL": "warning", **(environment or {})})
        self.address = None

    def wait(self, give_up=lambda: False, seconds=30):
        """True once it listens; False when it ended or `give_up` says so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not give_up():
            found = re.search(r"http://127\.0\.0\.1:\d+", self.output())
            if found:
                self.address = found[0]
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.005)
        return False

    def output(self):
        return os.pread(self.log.fileno(), 1 << 20, 0).decode(errors="replace")

    def client(self):
        return Client(self.address)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


class Client:
    """Requests as a portal sends them. Every answer is a `requests.Response`."""

    TUS = {"Tus-Resumable": "1.0.0"}

    def __init__(self, address):
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False

    def _send(self, method, path, **options):
        return self.session.request(method, self.address + path, timeout=60, **options)

    def submit(self, name, clip):
        files = {"contest": (None, CONTEST), "media": (name, clip, "video/mp4")}
        return self._send("POST", "/v1/entries", files=files)

    def submit_form(self):
        return self._send("POST", "/v1/entries", json={"contest": CONTEST, "fields": {"title": "x" * 2000}})

    def attach(self, entry, clip):
        headers = {"Content-Type": "application/octet-stream"}
        return self._send("PUT", f"/v1/entries/{entry}/media", data=clip, headers=headers)

    def recheck(self, entry):
        return self._send("POST", f"/v1/entries/{entry}/checks")

    def delete(self, entry):
        return self._send("DELETE", f"/v1/entries/{entry}")

    def entry(self, entry):
        return self._send("GET", f"/v1/entries/{entry}")

    def has_report(self, entry, report):
        return self._send("GET", f"/v1/entries/{entry}/reports/{report}").status_code == 200

    def ready(self):
        return self._send("GET", "/readyz")

    def media_digest(self, entry):
        """SHA-256 of the entry's stored file; otherwise the status as text."""
        answer = self._send("GET", f"/v1/entries/{entry}/media")
        return digest(answer.content) if answer.status_code == 200 else f"status {answer.status_code}"

    def entries(self):
        """Lines of the whole list."""
        cursor, lines = None, []
        while True:
            answer = self._send("GET", "/v1/entries", params={"limit": 200, "cursor": cursor})
            answer.raise_for_status()
            page = answer.json()
            lines += page["entries"]
            cursor = page["nextCursor"]
            if cursor is None:
                return lines

    def takes_resumable_uploads(self):
        return self._send("OPTIONS", "/v1/uploads").status_code == 204

    def create_upload(self, size, name="clip.mp4"):
        """The address of the upload is `address_of` the answer."""
        pairs = (("contest", CONTEST), ("filename", name))
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs)
        headers = {**self.TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
        return self._send("POST", "/v1/uploads", headers=headers)

    def append(self, upload, offset, data):
        headers = {**self.TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self._send("PATCH", upload, data=data, headers=headers)

    def cancel(self, upload):
        return self._send("DELETE", upload, headers=self.TUS)

    def offset(self, upload):
        """How far an upload has come; None when there is no such upload."""
        answer = self._send("HEAD", upload, headers=self.TUS)
        return int(answer.headers["Upload-Offset"]) if answer.status_code in (200, 204) else None


def address_of(created):
    """`Location` without the port, which the next start changes."""
    return urllib.parse.urlsplit(created.headers["Location"]).path


def digest(content):
    return hashlib.sha256(content).hexdigest()


def fresh_clip(chance, most=200_000):
    """Name and content of a real clip that nobody has sent before: a box of random bytes follows it."""
    name = chance.choice(CLIPS)
    with open(os.path.join(MEDIA, name), "rb") as file:
        clip = file.read()
    noise = random.Random(chance.random()).randbytes(chance.randrange(16, most))
    return name, clip + (len(noise) + 8).to_bytes(4, "big") + b"free" + noise


def stored_media(data):
    """Digests that the names in the media folder tell."""
    media = os.path.join(data, "media")
    return {name for folder in os.listdir(media) for name in os.listdir(os.path.join(media, folder))}


class PowerControl(ctypes.Structure):
    """The page of powercut.c."""

    _fields_ = [("events", ctypes.c_uint64), ("cut", ctypes.c_uint64), ("busy", ctypes.c_uint32)]


class SpaceControl(ctypes.Structure):
    """The page of nospace.c."""

    _fields_ = [
        ("nth", ctypes.c_uint64), ("matched", ctypes.c_uint64), ("failed", ctypes.c_uint64),
        ("partial", ctypes.c_uint32), ("matching_only", ctypes.c_uint32),
        ("pattern", ctypes.c_char * 64), ("first", ctypes.c_char * 256)]
