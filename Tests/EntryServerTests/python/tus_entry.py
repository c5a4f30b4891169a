"""What is clipcheck's own: uploads become entries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from tus_case import (
    Run, begin, begin_with, case, checksum, create, digest, expect, expect_refusal, expect_status, json_of, options,
)
from tus_wire import OCTETS, Answer, metadata, noise

VERDICTS = ("compliant", "needs-review", "non-compliant", "pending")
BECOMES = "When the last byte lands the entry exists, and the answer names it and its verdict."


def expect_named(answer: Answer) -> str:
    """The answer names the entry and its verdict."""
    place = answer["Content-Location"] or ""
    form = r"/v1/entries/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    expect(re.fullmatch(form, place), f"Content-Location is {place!r}")
    expect(answer["Clipcheck-Verdict"] in VERDICTS, f"Clipcheck-Verdict is {answer['Clipcheck-Verdict']!r}")
    return place


def expect_unnamed(answer: Answer) -> None:
    for name in ["Content-Location", "Clipcheck-Verdict"]:
        expect(answer[name] is None, f"{name} is {answer[name]} before the last byte")


@case("entry-on-patch", BECOMES)
def entry_on_patch(run: Run) -> None:
    upload = begin(run)
    expect_unnamed(upload.created)
    expect_unnamed(upload.send(999))
    expect_unnamed(upload.head())
    expect_named(upload.send(1000))


@case("entry-on-creation", BECOMES)
def entry_on_creation(run: Run) -> None:
    expect_unnamed(begin_with(run, 1000, 999).created)
    expect_named(begin_with(run, 1000, 1000).created)


@case("entry-on-head", "A finished upload goes on to name its entry, and its offset is its length.")
def entry_on_head(run: Run) -> None:
    for upload in [begin(run), begin_with(run, 1000, 1000)]:
        place = upload.created["Content-Location"] or upload.send(1000)["Content-Location"]
        for _ in range(2):
            answer = expect_status(upload.head(), 200, 204)
            expect(expect_named(answer) == place, f"another entry: {answer['Content-Location']}, not {place}")
            expect(answer.number("Upload-Offset") == answer.number("Upload-Length") == 1000, "not finished")


@case(
    "entry-on-repeated-end",
    "A client that did not get the last answer learns of the one entry, and makes no second.",
)
def entry_on_repeated_end(run: Run) -> None:
    upload = begin(run)
    place = upload.send(1000)["Content-Location"]
    again = upload.patch(b"", 1000)
    if again.status == 204:
        expect(expect_named(again) == place, "a second entry was made")
    expect(expect_named(upload.head()) == place, "a second entry was made")


@case("entry-content", "The entry holds what was uploaded: bytes, SHA-256, name, contest, fields.")
def entry_content(run: Run) -> None:
    content = noise(5000, "entry")
    answer = create(run.service, 5000, [("Content-Type", OCTETS)], content, filename="作品 1.mp4", title="守信")
    entry = json_of(expect_status(run.service.ask("GET", expect_named(expect_status(answer, 201))), 200))
    media = entry["media"]
    expect(media["bytes"] == 5000 and media["sha256"] == digest(content).hex(), f"media is {media}")
    expect(media["filename"] == "作品 1.mp4", f"the name is {media['filename']}")
    expect(entry["contest"] == "xian-2024", f"the contest is {entry['contest']}")
    expect("title" in entry["fields"] and "contest" not in entry["fields"], f"fields are {entry['fields']}")


@case("entry-filename-reduced", "A name is a name, not a path.")
def entry_filename_reduced(run: Run) -> None:
    for name in ["../../etc/passwd", "/etc/passwd", "C:\\clips\\passwd", "a/../passwd"]:
        fields = [("Content-Type", OCTETS)]
        answer = expect_status(create(run.service, 1, fields, b"x", filename=name), 201)
        found = json_of(run.service.ask("GET", expect_named(answer)))["media"]["filename"]
        expect(found == "passwd", f"{name} became {found}")


@case("entry-without-filename", "The name may be missing.")
def entry_without_filename(run: Run) -> None:
    fields = [("Upload-Length", "1"), ("Upload-Metadata", metadata()), ("Content-Type", OCTETS)]
    answer = expect_status(run.service.ask("POST", run.service.uploads, fields, b"x"), 201)
    expect_status(run.service.ask("GET", expect_named(answer)), 200)


def makes_empty(headers: list[tuple[str, str]]) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        answer = expect_status(create(run.service, 0, headers), 201)
        place = expect_named(answer)
        verdict = answer["Clipcheck-Verdict"]
        expect(verdict in ("needs-review", "non-compliant", "pending"), f"nothing is {verdict}")
        entry = json_of(expect_status(run.service.ask("GET", place), 200))
        expect(entry["media"]["bytes"] == 0, f"media is {entry['media']}")
        head = run.service.ask("HEAD", run.service.path(answer["Location"] or ""))
        expect(head.number("Upload-Offset") == 0 and expect_named(head) == place, f"HEAD is {head.headers}")

    return work


case("entry-empty", "A zero-length upload is an entry at once.")(makes_empty([]))
case("entry-empty-with-upload", "A zero-length upload is an entry at once.")(makes_empty([("Content-Type", OCTETS)]))


@case("entry-verdict", "The verdict in the answer is that of the entry's report.")
def entry_verdict(run: Run) -> None:
    answer = begin_with(run, 1000, 1000).created
    report = json_of(run.service.ask("GET", expect_named(answer)))["report"]
    verdict = answer["Clipcheck-Verdict"]
    expect(verdict == "pending" or report["verdict"] == verdict, f"{verdict} in the answer, {report} in the entry")


@case("contest-unknown", "An unknown contest is 422 at creation.")
def contest_unknown(run: Run) -> None:
    expect_refusal(create(run.service, 5, contest="xian-2042"), 422)


@case("contest-missing", "A missing contest is refused at creation.")
def contest_missing(run: Run) -> None:
    expect_refusal(run.service.ask("POST", run.service.uploads, [("Upload-Length", "5")]), 400, 422)
    for text in ["", "filename YS5tcDQ=", "contest", "Contest eGlhbi0yMDI0"]:
        fields = [("Upload-Length", "5"), ("Upload-Metadata", text)]
        expect_refusal(run.service.ask("POST", run.service.uploads, fields), 400, 422)


def problems(run: Run) -> dict[str, Callable[[], Answer]]:
    """Refusals of every kind."""
    upload = begin(run)
    ask, uploads = run.service.ask, run.service.uploads
    zero = [("Content-Type", OCTETS), ("Upload-Offset", "0")]
    return {
        "contest-unknown": lambda: create(run.service, 5, contest="none"),
        "contest-missing": lambda: ask("POST", uploads, [("Upload-Length", "5")]),
        "length": lambda: create(run.service, "five"),
        "too-large": lambda: create(run.service, options(run).number("Tus-Max-Size") + 1),
        "metadata": lambda: ask("POST", uploads, [("Upload-Length", "5"), ("Upload-Metadata", "contest ***")]),
        "offset": lambda: upload.patch(b"12345", 7),
        "type": lambda: ask("PATCH", upload.target, [("Upload-Offset", "0")], b"12345"),
        "too-much": lambda: upload.patch(b"x" * 1001, 0),
        "checksum": lambda: upload.patch(b"x", 0, [checksum(b"y")]),
        "algorithm": lambda: upload.patch(b"x", 0, [("Upload-Checksum", "none AAAA")]),
        "version": lambda: ask("PATCH", upload.target, zero, b"x", version="0.2.2"),
        "unknown": lambda: ask("PATCH", f"{uploads}/{uuid.uuid4()}", zero, b"x"),
        "unknown-deleted": lambda: ask("DELETE", f"{uploads}/{uuid.uuid4()}"),
    }


def is_problem(name: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        answer = expect_refusal(problems(run)[name]())
        kind = answer["Content-Type"]
        expect(kind == "application/problem+json", f"Content-Type is {kind} in {answer}")
        problem = json_of(answer)
        expect(problem.get("status") == answer.status, f"status is {problem.get('status')} in {answer}")
        expect(problem.get("type", "").startswith("urn:clipcheck:problem:"), f"type is {problem.get('type')}")
        expect(problem.get("detail"), f"no detail in {answer}")

    return work


for name in [
    "contest-unknown", "contest-missing", "length", "too-large", "metadata", "offset", "type", "too-much", "checksum",
    "algorithm", "version", "unknown", "unknown-deleted",
]:
    case(f"problem-{name}", "Errors are application/problem+json. (RFC 9457)")(is_problem(name))
