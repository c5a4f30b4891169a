"""What the cases are made of: their list, uploads, and what is expected of answers."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tus_wire import OCTETS, Answer, Connection, Failure, Headers, Service, encoded, metadata, noise


class Skip(Exception):
    """The case needs another service than this one."""


@dataclass
class Run:
    """What the cases are run against."""

    service: Service
    lifetime: float | None = None
    patience: float | None = None


@dataclass
class Case:
    name: str
    requirement: str
    work: Callable[[Run], None]


CASES: dict[str, Case] = {}


def case(name: str, requirement: str) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Adds a case to the list. Quoted requirements are those of the protocol, others our own."""

    def add(work: Callable[[Run], None]) -> Callable[[Run], None]:
        assert name not in CASES, name
        CASES[name] = Case(name, requirement, work)
        return work

    return add


def expect(is_met: object, reason: str) -> None:
    if not is_met:
        raise Failure(reason)


def expect_status(answer: Answer, *statuses: int) -> Answer:
    expect(answer.status in statuses, f"expected {' or '.join(map(str, statuses))}, got {answer}")
    return answer


def expect_refusal(answer: Answer, *statuses: int) -> Answer:
    """A refusal is the caller's error: any 4xx, or only the given ones; and it offers no upload."""
    expect(400 <= answer.status < 500, f"expected a refusal, got {answer}")
    if statuses:
        expect_status(answer, *statuses)
    expect(answer["Location"] is None, f"a refusal has Location {answer['Location']}")
    return answer


def expect_gone(answer: Answer) -> Answer:
    expect_status(answer, 404, 410, 403)
    expect(answer["Upload-Offset"] is None, f"{answer.status} has Upload-Offset {answer['Upload-Offset']}")
    return answer


@dataclass
class Upload:
    """An upload and what it shall be in the end."""

    service: Service
    target: str
    content: bytes
    created: Answer = field(repr=False)

    def head(self, headers: Headers = ()) -> Answer:
        return self.service.ask("HEAD", self.target, headers)

    def offset(self) -> int:
        return expect_status(self.head(), 200, 204).number("Upload-Offset")

    def patch(self, body: bytes, at: object, headers: Headers = (), method: str = "PATCH") -> Answer:
        fields = [("Content-Type", OCTETS), ("Upload-Offset", str(at)), *headers]
        return self.service.ask(method, self.target, fields, body)

    def send(self, end: int) -> Answer:
        """Sends the bytes from its offset up to `end`, in one request that must be taken."""
        start = self.offset()
        answer = expect_status(self.patch(self.content[start:end], start), 204)
        expect(answer.number("Upload-Offset") == end, f"offset {answer['Upload-Offset']} after {end} bytes")
        return answer

    def delete(self) -> Answer:
        return self.service.ask("DELETE", self.target)

    def expect_offset(self, offset: int) -> None:
        found = self.offset()
        expect(found == offset, f"the offset is {found}, expected {offset}")

    def expect_refused(self, answer: Answer, *statuses: int, at: int = 0) -> Answer:
        """The request must be refused and must have changed nothing."""
        expect_refusal(answer, *statuses)
        self.expect_offset(at)
        return answer

    def expect_arrives(self) -> Answer:
        """Sends the rest; the entry must hold the very bytes."""
        answer = self.send(len(self.content))
        self.expect_entry(answer["Content-Location"])
        return answer

    def expect_entry(self, place: str | None) -> None:
        expect(place, "the last byte is not answered with Content-Location")
        media = expect_status(self.service.ask("GET", f"{self.service.path(place or '')}/media"), 200)
        expect(
            media.body == self.content,
            f"the entry has {len(media.body)} other bytes than the {len(self.content)} that were sent",
        )

    def hold(self, first: bytes, at: int, length: int | None, headers: Headers = ()) -> Connection:
        """Begins a PATCH of `length` bytes (nothing: in chunks) that sends `first`, and leaves it there."""
        fields = [("Content-Type", OCTETS), ("Upload-Offset", str(at)), *headers]
        fields.append(("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length)))
        connection = self.service.connect()
        body = first if length is not None else b"%x\r\n%b\r\n" % (len(first), first)
        connection.send(self.service.head("PATCH", self.target, fields) + body)
        time.sleep(0.3)  # let it arrive
        return connection


def create(service: Service, length: object, headers: Headers = (), body: bytes = b"", **values: str) -> Answer:
    """Asks for a new upload."""
    fields = [("Upload-Length", str(length)), ("Upload-Metadata", metadata(**values)), *headers]
    return service.ask("POST", service.uploads, fields, body)


def begin(run: Run, size: int = 1000, filename: str = "clip.mp4") -> Upload:
    """A new upload of `size` bytes."""
    answer = create(run.service, size, filename=filename)
    expect_status(answer, 201)
    place = answer["Location"]
    expect(place, "201 without Location")
    return Upload(run.service, run.service.path(place or ""), noise(size, place), answer)


def begin_with(run: Run, size: int, first: int, headers: Headers = ()) -> Upload:
    """A new upload whose first bytes come with the creation."""
    content = noise(size, time.time_ns())
    answer = create(run.service, size, [("Content-Type", OCTETS), *headers], content[:first])
    expect_status(answer, 201)
    return Upload(run.service, run.service.path(answer["Location"] or ""), content, answer)


def options(run: Run) -> Answer:
    return run.service.ask("OPTIONS", run.service.uploads, version=None)


def listed(answer: Answer, name: str) -> list[str]:
    """A field that is a list separated by commas."""
    text = answer[name]
    expect(text, f"no {name}")
    return [item.strip() for item in (text or "").split(",")]


def json_of(answer: Answer) -> dict:
    try:
        return json.loads(answer.body)
    except ValueError:
        raise Failure(f"not JSON: {answer}") from None


def digest(content: bytes, algorithm: str = "sha256") -> bytes:
    return hashlib.new(algorithm, content).digest()


def checksum(content: bytes, algorithm: str = "sha1") -> tuple[str, str]:
    return ("Upload-Checksum", f"{algorithm} {encoded(digest(content, algorithm))}")
