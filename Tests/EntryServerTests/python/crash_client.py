"""One client of the crash test: it works until the service is gone, and remembers what was acknowledged."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field

import requests
from tus_wire import CONTEST, OCTETS, VERSION, metadata

TUS = {"Tus-Resumable": VERSION}


@dataclass
class Acknowledged:
    """An entry that the service promised to keep."""

    place: str
    kind: str
    # More than one when a replacement was sent and not answered.
    digests: set[str]
    reports: list[str] = field(default_factory=list)
    # Found wrong once, and not looked at again.
    is_broken: bool = False


class LoadClient:
    """Works on entries of its own only, so that what it expects of them is certain."""

    def __init__(self, seed: int, clips: dict[str, bytes], kinds: list[str]) -> None:
        self.random = random.Random(seed)
        self.clips, self.kinds = clips, kinds
        self.statuses: Counter[str] = Counter()
        self.entries: list[Acknowledged] = []
        self.base = ""

    def work(self, base: str) -> None:
        """Sends one request after another until the line breaks."""
        self.base = base
        with requests.Session() as session:
            while True:
                kind = self.random.choice(self.kinds)
                try:
                    KINDS[kind](self, session)
                except requests.Timeout:
                    self.statuses[f"{kind} 599"] += 1  # no answer at all is the service's fault too
                    return
                except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                    return

    def form(self, session: requests.Session) -> None:
        name, content = self._file()
        answer = session.post(
            f"{self.base}/v1/entries", data={"contest": CONTEST, "title": "守信"},
            files={"media": (name, content, "video/mp4")}, timeout=60)
        self._count("form", answer)
        if answer.status_code == 201:
            self._remember(answer.headers["Location"], "form", content, answer.json()["report"]["id"])

    def tus(self, session: requests.Session) -> None:
        """An upload in two pieces."""
        name, content = self._file()
        place = self._creation(session, name, len(content))
        cut = self.random.randint(0, len(content))
        for start, end in [(0, cut), (cut, len(content))]:
            if place is None:
                return
            fields = {**TUS, "Content-Type": OCTETS, "Upload-Offset": str(start)}
            answer = session.patch(place, data=content[start:end], headers=fields, timeout=60)
            self._count("tus", answer)
            if named := answer.headers.get("Content-Location"):
                self._remember(named, "tus", content)
                return
            if answer.status_code != 204:
                return

    def replace(self, session: requests.Session) -> None:
        entry = self._any()
        if entry is None:
            return
        name, content = self._file()
        before = set(entry.digests)
        entry.digests.add(sha256(content))
        answer = session.put(
            f"{self.base}{entry.place}/media", params={"filename": name}, data=content,
            headers={"Content-Type": "video/mp4"}, timeout=60)
        self._count("replace", answer)
        if answer.status_code == 200:
            entry.digests = {sha256(content)}
            entry.reports.append(answer.json()["report"]["id"])
        elif answer.status_code < 500:
            entry.digests = before

    def recheck(self, session: requests.Session) -> None:
        entry = self._any()
        if entry is None:
            return
        answer = session.post(f"{self.base}{entry.place}/checks", timeout=60)
        self._count("recheck", answer)
        if answer.status_code == 201:
            entry.reports.append(answer.json()["report"]["id"])

    def _creation(self, session: requests.Session, name: str, length: int) -> str | None:
        fields = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata(filename=name, title="守信")}
        answer = session.post(f"{self.base}/v1/uploads", headers=fields, timeout=60)
        self._count("creation", answer)
        if answer.status_code != 201:
            return None
        if named := answer.headers.get("Content-Location"):
            self._remember(named, "tus", b"")
            return None
        return requests.compat.urljoin(self.base, answer.headers["Location"])

    def _remember(self, place: str, kind: str, content: bytes, report: str | None = None) -> None:
        self.entries.append(Acknowledged(place, kind, {sha256(content)}, [report] if report else []))

    def _file(self) -> tuple[str, bytes]:
        """A clip, mostly with an end that no other entry has: the service keeps the same bytes only once."""
        name = self.random.choice(list(self.clips))
        end = self.random.randbytes(16)
        return name, self.clips[name] + (end if self.random.random() < 0.8 else b"")

    def _any(self) -> Acknowledged | None:
        return self.random.choice(self.entries) if self.entries else None

    def _count(self, kind: str, answer: requests.Response) -> None:
        self.statuses[f"{kind} {answer.status_code}"] += 1


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


KINDS = {"form": LoadClient.form, "tus": LoadClient.tus, "replace": LoadClient.replace, "recheck": LoadClient.recheck}
