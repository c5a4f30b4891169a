"""The termination extension."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from tus_case import Run, Upload, begin, begin_with, case, expect, expect_gone, expect_status, listed, options


@case(
    "termination-announced",
    "If this extension is supported by the Server, it MUST be announced by adding termination to the Tus-Extension "
    "header.",
)
def termination_announced(run: Run) -> None:
    expect("termination" in listed(options(run), "Tus-Extension"), "not announced")


TERMINATED = (
    "When receiving a DELETE request for an existing upload the Server SHOULD free associated resources and MUST "
    "respond with the 204 No Content status."
)
AFTERWARDS = "For all future requests to this URL, the Server SHOULD respond with the 404 Not Found or 410 Gone status."


ENDS = {"unsent": 0, "unfinished": 400, "completed": 1000}


def terminated(run: Run, end: int) -> Upload:
    upload = begin(run)
    if end:
        upload.send(end)
    expect(expect_status(upload.delete(), 204).body == b"", "204 with content")
    return upload


def terminates(end: int) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        terminated(run, end)

    return work


def gone_after(end: int) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = terminated(run, end)
        for answer in [upload.head(), upload.patch(b"12345", 0), upload.patch(b"", end), upload.delete()]:
            expect_gone(expect_status(answer, 404, 410))

    return work


for name, end in ENDS.items():
    case(f"termination-{name}", TERMINATED)(terminates(end))
    case(f"termination-{name}-gone", AFTERWARDS)(gone_after(end))


@case("termination-unknown", AFTERWARDS)
def termination_unknown(run: Run) -> None:
    for name in [str(uuid.uuid4()), "nothing"]:
        expect_gone(run.service.ask("DELETE", f"{run.service.uploads}/{name}"))


@case("termination-of-one", AFTERWARDS)
def termination_of_one(run: Run) -> None:
    other = begin_with(run, 1000, 400)
    terminated(run, 400)
    other.expect_offset(400)
    other.expect_arrives()


@case("termination-spares-entries", "An upload that became an entry can be terminated; the entry stays.")
def termination_spares_entries(run: Run) -> None:
    upload = begin(run)
    place = upload.send(1000)["Content-Location"]
    expect_status(upload.delete(), 204)
    upload.expect_entry(place)


@case("termination-while-sending", TERMINATED)
def termination_while_sending(run: Run) -> None:
    upload = begin(run, 300_000)
    with upload.hold(upload.content[:100_000], 0, 300_000) as connection:
        started = time.monotonic()
        expect_status(upload.delete(), 204)
        expect(time.monotonic() - started < 5, "took more than 5 s")
        connection.send(upload.content[100_000:])
        answer = connection.answer("PATCH", within=5)
        expect(answer is None or answer.status >= 400, f"the sender is told {answer}")
    expect_gone(upload.head())
