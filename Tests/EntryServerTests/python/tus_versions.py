"""The version that every request and every answer names."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from tus_case import Run, Upload, begin, case, checksum, create, expect, expect_refusal, listed
from tus_wire import OCTETS, VERSION, Answer, metadata

UNSUPPORTED = {"older": "0.2.2", "newer": "2.0.0", "empty": "", "short": "1.0", "listed": "1.0.0, 1.0.0"}


def answers(run: Run) -> dict[str, Callable[[], Answer]]:
    """Requests of every kind, by the answers that they get."""
    upload = begin(run)
    ask, target = run.service.ask, upload.target
    return {
        "created": lambda: create(run.service, 5),
        "head": upload.head,
        "patched": lambda: upload.patch(b"", 0),
        "deleted": lambda: begin(run).delete(),
        "length-missing": lambda: ask("POST", run.service.uploads, [("Upload-Metadata", metadata())]),
        "too-large": lambda: create(run.service, 1 << 60),
        "unknown": lambda: ask("HEAD", f"{run.service.uploads}/{uuid.uuid4()}"),
        "no-id": lambda: ask("HEAD", f"{run.service.uploads}/nothing"),
        "offset-wrong": lambda: upload.patch(b"x", 7),
        "type-wrong": lambda: ask("PATCH", target, [("Content-Type", "text/plain"), ("Upload-Offset", "0")], b"x"),
        "version-wrong": lambda: ask("HEAD", target, version="0.2.2"),
        "checksum-wrong": lambda: upload.patch(b"x", 0, [checksum(b"y")]),
        "method-wrong": lambda: ask("GET", target),
    }


def resumable(name: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        answer = answers(run)[name]()
        expect(answer["Tus-Resumable"] == VERSION, f"Tus-Resumable is {answer['Tus-Resumable']} in {answer}")

    return work


for kind in [
    "created", "head", "patched", "deleted", "length-missing", "too-large", "unknown", "no-id", "offset-wrong",
    "type-wrong", "version-wrong", "checksum-wrong", "method-wrong",
]:
    case(
        f"resumable-when-{kind}",
        "The Tus-Resumable header MUST be included in every request and response except for OPTIONS requests. "
        "The value MUST be the version of the protocol.",
    )(resumable(kind))


def ask_as(run: Run, method: str, upload: Upload, version: str | None) -> Answer:
    """A request that would succeed with the right version."""
    if method == "POST":
        fields = [("Upload-Length", "5"), ("Upload-Metadata", metadata())]
        return run.service.ask("POST", run.service.uploads, fields, version=version)
    fields = [("Content-Type", OCTETS), ("Upload-Offset", "0")] if method == "PATCH" else []
    return run.service.ask(method, upload.target, fields, b"12345" if method == "PATCH" else b"", version)


def refuses_version(method: str, version: str | None) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        answer = expect_refusal(ask_as(run, method, upload, version), 412)
        expect(VERSION in listed(answer, "Tus-Version"), "Tus-Version does not name what is supported")
        expect(answer["Upload-Offset"] is None, "the request was processed: Upload-Offset")
        upload.expect_offset(0)

    return work


for method in ["POST", "HEAD", "PATCH", "DELETE"]:
    for kind, version in UNSUPPORTED.items():
        case(
            f"version-{kind}-{method.lower()}",
            "If the version specified by the Client is not supported by the Server, it MUST respond with the 412 "
            "Precondition Failed status and MUST include the Tus-Version header into the response. In addition, the "
            "Server MUST NOT process the request.",
        )(refuses_version(method, version))
    case(
        f"version-missing-{method.lower()}",
        "The Tus-Resumable header MUST be included in every request.",
    )(refuses_version(method, None))
