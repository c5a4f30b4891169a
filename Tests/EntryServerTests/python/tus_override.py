"""`X-HTTP-Method-Override`, which counts instead of the request's own method."""

from __future__ import annotations

from collections.abc import Callable

from tus_case import Run, begin, case, expect, expect_gone, expect_refusal, expect_status, listed
from tus_wire import VERSION, metadata

QUOTE = (
    "The X-HTTP-Method-Override request header MUST be a string which MUST be interpreted as the request's method by "
    "the Server, if the header is presented."
)
IGNORED = "The actual method of the request MUST be ignored."


def field(method: str) -> tuple[str, str]:
    return ("X-HTTP-Method-Override", method)


def patches_as(method: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        answer = expect_status(upload.patch(upload.content[:400], 0, [field("PATCH")], method), 204)
        expect(answer.number("Upload-Offset") == 400, f"Upload-Offset is {answer['Upload-Offset']}")
        upload.expect_arrives()

    return work


for actual in ["POST", "PUT", "GET", "DELETE"]:
    case(f"override-patch-by-{actual.lower()}", f"{QUOTE} {IGNORED}")(patches_as(actual))


@case("override-delete", QUOTE)
def override_delete(run: Run) -> None:
    upload = begin(run)
    expect_status(run.service.ask("POST", upload.target, [field("DELETE")]), 204)
    expect_gone(upload.head())


@case("override-head", QUOTE)
def override_head(run: Run) -> None:
    upload = begin(run)
    upload.send(400)
    answer = expect_status(run.service.ask("POST", upload.target, [field("HEAD")]), 200, 204)
    expect(answer.number("Upload-Offset") == 400, f"Upload-Offset is {answer['Upload-Offset']}")


@case("override-post", QUOTE)
def override_post(run: Run) -> None:
    fields = [("Upload-Length", "5"), ("Upload-Metadata", metadata()), field("POST")]
    expect(expect_status(run.service.ask("PUT", run.service.uploads, fields), 201)["Location"], "no Location")


@case("override-options", QUOTE)
def override_options(run: Run) -> None:
    answer = run.service.ask("POST", run.service.uploads, [field("OPTIONS")], version=None)
    expect(VERSION in listed(expect_status(answer, 200, 204), "Tus-Version"), "no Tus-Version")


@case("override-spares-delete", IGNORED)
def override_spares_delete(run: Run) -> None:
    upload = begin(run)
    expect_status(upload.service.ask("DELETE", upload.target, [field("HEAD")]), 200, 204)
    upload.expect_offset(0)


@case("override-spares-patch", IGNORED)
def override_spares_patch(run: Run) -> None:
    upload = begin(run)
    expect_status(upload.patch(upload.content[:400], 0, [field("HEAD")]), 200, 204)
    upload.expect_offset(0)


@case("override-unknown", IGNORED)
def override_unknown(run: Run) -> None:
    upload = begin(run)
    for method in ["FROBNICATE", "PATCH, DELETE", "P@TCH", "DELETE\x0b"]:
        for actual in ["PATCH", "DELETE"]:
            answer = run.service.ask_or_lose(actual, upload.target, [field(method)])
            if answer:
                expect_refusal(answer)
            upload.expect_offset(0)


@case("override-keeps-version", "In addition, the Server MUST NOT process the request [of an unsupported version].")
def override_keeps_version(run: Run) -> None:
    upload = begin(run)
    answer = run.service.ask("POST", upload.target, [field("DELETE")], version="0.2.2")
    upload.expect_refused(answer, 412)
