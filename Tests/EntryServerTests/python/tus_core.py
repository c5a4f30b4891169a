"""The core protocol: OPTIONS, HEAD, PATCH."""

from __future__ import annotations

import uuid

from tus_case import Run, begin, begin_with, case, expect, expect_gone, expect_status, listed, options
from tus_wire import OCTETS, VERSION


@case("options-version", "A successful response … MUST contain the Tus-Version header.")
def options_version(run: Run) -> None:
    expect(listed(expect_status(options(run), 200, 204), "Tus-Version"), "no version")


@case("options-version-list", "The Tus-Version response header MUST be a comma-separated list of protocol versions.")
def options_version_list(run: Run) -> None:
    versions = listed(options(run), "Tus-Version")
    expect(VERSION in versions, f"{VERSION} is not among {versions}")
    expect(all(len(version.split(".")) == 3 for version in versions), f"not versions: {versions}")


@case("options-ignores-version", "The Server MUST ignore the [Tus-Resumable] header [of OPTIONS].")
def options_ignores_version(run: Run) -> None:
    for version in [None, VERSION, "0.2.2", "2.0.0", ""]:
        expect_status(run.service.ask("OPTIONS", run.service.uploads, version=version), 200, 204)


@case("options-max-size", "The Tus-Max-Size response header MUST be a non-negative integer.")
def options_max_size(run: Run) -> None:
    expect(options(run).number("Tus-Max-Size") > 0, "nothing may be uploaded")


@case("options-extension-list", "The Tus-Extension response header MUST be a comma-separated list of the extensions.")
def options_extensions(run: Run) -> None:
    names = listed(options(run), "Tus-Extension")
    expect(all(name and name == name.lower() for name in names), f"not extensions: {names}")
    expect(len(names) == len(set(names)), f"twice: {names}")


@case("options-extensions-tried", "What is announced is what these cases try.")
def options_extensions_tried(run: Run) -> None:
    tried = {"creation", "creation-with-upload", "checksum", "expiration", "termination"}
    found = set(listed(options(run), "Tus-Extension"))
    expect(found == tried, f"announced are {sorted(found)}")


@case(
    "head-offset-zero",
    "The Server MUST always include the Upload-Offset header in the response for a HEAD request, even if the offset "
    "is 0.",
)
def head_offset_zero(run: Run) -> None:
    begin(run).expect_offset(0)


@case(
    "head-offset-partial",
    "The Server MUST always include the Upload-Offset header in the response for a HEAD request.",
)
def head_offset_partial(run: Run) -> None:
    upload = begin(run)
    upload.send(400)
    upload.expect_offset(400)


@case(
    "head-offset-completed",
    "The Server MUST always include the Upload-Offset header … even if … the upload is already considered "
    "completed.",
)
def head_offset_completed(run: Run) -> None:
    upload = begin(run)
    upload.send(1000)
    upload.expect_offset(1000)


@case(
    "head-length",
    "If the size of the upload is known, the Server MUST include the Upload-Length header in the response.",
)
def head_length(run: Run) -> None:
    upload = begin(run)
    for end in [0, 400, 1000]:
        if end:
            upload.send(end)
        expect(upload.head().number("Upload-Length") == 1000, f"another length after {end} bytes")


@case("head-defer-length", "If the length of an upload is not deferred, [Upload-Defer-Length] MUST be omitted.")
def head_defer_length(run: Run) -> None:
    upload = begin(run)
    for answer in [upload.created, upload.head(), upload.send(400)]:
        expect(answer["Upload-Defer-Length"] is None, f"Upload-Defer-Length is {answer['Upload-Defer-Length']}")


@case(
    "head-unknown",
    "If the resource is not found, the Server SHOULD return either the 404 Not Found, 410 Gone or 403 Forbidden "
    "status without the Upload-Offset header.",
)
def head_unknown(run: Run) -> None:
    for name in [str(uuid.uuid4()), str(uuid.UUID(int=0)), "nothing"]:
        expect_gone(run.service.ask("HEAD", f"{run.service.uploads}/{name}"))


@case(
    "head-not-stored",
    "The Server MUST prevent the client and/or proxies from caching the response by adding the Cache-Control: no-"
    "store header.",
)
def head_not_stored(run: Run) -> None:
    upload = begin(run)
    for target in [upload.target, f"{run.service.uploads}/{uuid.uuid4()}"]:
        control = run.service.ask("HEAD", target)["Cache-Control"] or ""
        expect("no-store" in control.lower(), f"Cache-Control is {control!r}")


@case("head-without-body", "An answer to HEAD has no content, so that the connection can go on. (RFC 9110 §9.3.2)")
def head_without_body(run: Run) -> None:
    upload = begin(run)
    with run.service.connect() as connection:
        for target in [upload.target, f"{run.service.uploads}/{uuid.uuid4()}", upload.target]:
            connection.send(run.service.head("HEAD", target))
            answer = connection.answer("HEAD")
            expect(answer and answer.status in (200, 204, 404), f"HEAD after HEAD is answered {answer}")
            if answer and answer["Connection"] == "close":
                break


@case(
    "patch-applies",
    "The Server SHOULD accept PATCH requests against any upload URL and apply the bytes contained in the message at "
    "the given offset.",
)
def patch_applies(run: Run) -> None:
    upload = begin(run, 300_000)
    for end in [1, 100, 100_000, 299_999]:
        upload.send(end)
    upload.expect_arrives()


@case("patch-204", "The Server MUST acknowledge successful PATCH requests with the 204 No Content status.")
def patch_204(run: Run) -> None:
    upload = begin(run)
    for start, end in [(0, 400), (400, 1000)]:
        answer = expect_status(upload.patch(upload.content[start:end], start), 204)
        expect(answer.body == b"" and answer["Content-Length"] in (None, "0"), f"204 with content: {answer}")


@case(
    "patch-new-offset",
    "It MUST include the Upload-Offset header containing the new offset. The new offset MUST be the sum of the "
    "offset before the PATCH request and the number of bytes received and processed.",
)
def patch_new_offset(run: Run) -> None:
    upload = begin(run)
    for start, end in [(0, 1), (1, 400), (400, 1000)]:
        expect(upload.patch(upload.content[start:end], start).number("Upload-Offset") == end, f"not {end}")


@case("patch-without-bytes", "The new offset MUST be the sum of the offset before … and the number of bytes received.")
def patch_without_bytes(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    answer = expect_status(upload.patch(b"", 400), 204)
    expect(answer.number("Upload-Offset") == 400, f"Upload-Offset is {answer['Upload-Offset']}")
    upload.expect_arrives()


@case(
    "patch-type-wrong",
    "All PATCH requests MUST use Content-Type: application/offset+octet-stream, otherwise the server SHOULD return "
    "a 415 Unsupported Media Type status.",
)
def patch_type_wrong(run: Run) -> None:
    upload = begin(run)
    for kind in ["application/octet-stream", "video/mp4", "text/plain", "application/offset", "multipart/form-data"]:
        fields = [("Content-Type", kind), ("Upload-Offset", "0")]
        upload.expect_refused(run.service.ask("PATCH", upload.target, fields, b"12345"), 415)


@case("patch-type-missing", "All PATCH requests MUST use Content-Type: application/offset+octet-stream.")
def patch_type_missing(run: Run) -> None:
    upload = begin(run)
    upload.expect_refused(run.service.ask("PATCH", upload.target, [("Upload-Offset", "0")], b"12345"), 415)


@case(
    "patch-offset-lower",
    "If the offsets do not match, the Server MUST respond with the 409 Conflict status without modifying the upload "
    "resource.",
)
def patch_offset_lower(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    for offset in [0, 399]:
        upload.expect_refused(upload.patch(b"12345", offset), 409, at=400)
    upload.expect_arrives()


@case(
    "patch-offset-higher",
    "If the offsets do not match, the Server MUST respond with the 409 Conflict status without modifying the upload "
    "resource.",
)
def patch_offset_higher(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    for offset in [401, 995, 1000, 1001, 2**53]:
        upload.expect_refused(upload.patch(b"12345", offset), 409, at=400)
    upload.expect_arrives()


@case(
    "patch-offset-of-completed",
    "If the offsets do not match, the Server MUST respond with the 409 Conflict status without modifying the upload "
    "resource.",
)
def patch_offset_of_completed(run: Run) -> None:
    upload = begin(run)
    place = upload.send(1000)["Content-Location"]
    upload.expect_refused(upload.patch(upload.content[400:], 400), 409, at=1000)
    upload.expect_entry(place)


@case("patch-offset-missing", "The Upload-Offset header's value MUST be equal to the current offset of the resource.")
def patch_offset_missing(run: Run) -> None:
    upload = begin(run)
    answer = run.service.ask("PATCH", upload.target, [("Content-Type", OCTETS)], b"12345")
    upload.expect_refused(answer, 400, 409)


@case(
    "patch-unknown",
    "If the server receives a PATCH request against a non-existent resource it SHOULD return a 404 Not Found "
    "status.",
)
def patch_unknown(run: Run) -> None:
    fields = [("Content-Type", OCTETS), ("Upload-Offset", "0")]
    for name in [str(uuid.uuid4()), "nothing"]:
        expect_gone(run.service.ask("PATCH", f"{run.service.uploads}/{name}", fields, b"12345"))
