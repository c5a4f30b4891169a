"""Figures, bodies and addresses that nobody sends by mistake."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from tus_case import Run, begin, begin_with, case, create, expect, expect_gone, expect_refusal, expect_status
from tus_wire import CONTEST, OCTETS, Headers, chunked, encoded, metadata

WHOLE = "The value MUST be a non-negative integer."

LENGTHS: dict[str, str | bytes] = {
    "negative": "-1", "minus-zero": "-0", "plus": "+5", "hexadecimal": "0x10", "list": "5, 5", "space-inside": "5 5",
    "fraction": "5.0", "exponent": "1e3", "underscore": "1_000", "quoted": '"5"', "empty": "", "word": "five",
    "semicolon": "5;5", "wide-digits": "５".encode(), "arabic-digits": "٥".encode(), "superscript": "²".encode(),
    "not-utf-8": b"5\xff", "two-to-63": str(2**63), "two-to-64": str(2**64), "two-to-64-plus-5": str(2**64 + 5),
    "two-to-128-plus-5": str(2**128 + 5), "hundred-digits": "9" * 100, "ten-thousand-digits": "9" * 10_000,
}


def refuses_length(values: list[str | bytes]) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        fields = [("Upload-Metadata", metadata()), *(("Upload-Length", value) for value in values)]
        answer = run.service.ask_or_lose("POST", run.service.uploads, fields)
        if answer:
            expect_refusal(answer, 400, 413, 431)

    return work


for name, value in LENGTHS.items():
    case(f"length-{name}", f"Upload-Length: {WHOLE}")(refuses_length([value]))
case("length-twice", f"Upload-Length: {WHOLE}")(refuses_length(["5", "5"]))
case("length-twice-different", f"Upload-Length: {WHOLE}")(refuses_length(["5", "6"]))


@case("length-space-around", f"Upload-Length: {WHOLE} Space around a value is not part of it. (RFC 9110 §5.5)")
def length_space_around(run: Run) -> None:
    for value in [" 5", "5 ", "\t5\t"]:
        answer = create(run.service, value)
        if answer.status != 201:
            expect_refusal(answer, 400)
            continue
        head = run.service.ask("HEAD", run.service.path(answer["Location"] or ""))
        expect(head.number("Upload-Length") == 5, f"{value!r} became {head['Upload-Length']}")


OFFSETS: dict[str, str | bytes] = {
    "negative": "-1", "minus-zero": "-0", "plus": "+0", "hexadecimal": "0x0", "list": "0, 0", "space-inside": "0 0",
    "fraction": "0.0", "exponent": "0e0", "underscore": "0_0", "quoted": '"0"', "empty": "", "word": "zero",
    "wide-digits": "０".encode(), "arabic-digits": "٠".encode(), "not-utf-8": b"0\xff", "two-to-63": str(2**63),
    "two-to-64": str(2**64), "two-to-128": str(2**128), "hundred-digits": "9" * 100,
}


def refuses_offset(values: list[str | bytes]) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        fields = [("Content-Type", OCTETS), *(("Upload-Offset", value) for value in values)]
        answer = run.service.ask_or_lose("PATCH", upload.target, fields, b"12345")
        if answer:
            expect_refusal(answer, 400, 409)
        upload.expect_offset(0)

    return work


for name, value in OFFSETS.items():
    case(f"offset-{name}", f"Upload-Offset: {WHOLE}")(refuses_offset([value]))
case("offset-twice", f"Upload-Offset: {WHOLE}")(refuses_offset(["0", "0"]))
case("offset-twice-different", f"Upload-Offset: {WHOLE}")(refuses_offset(["0", "5"]))


def too_much(headers: Headers, body: Callable[[bytes], bytes]) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin_with(run, 1000, 400)
        answer = expect_refusal(upload.patch(body(b"x" * 601), 400, headers), 400, 409, 413)
        expect(answer["Content-Location"] is None, "too many bytes became an entry")
        upload.expect_offset(400)
        upload.expect_arrives()

    return work


BEYOND = "The size of the entire upload is Upload-Length: a PATCH beyond it is refused and changes nothing."
case("patch-too-much", BEYOND)(too_much([], bytes))
case("patch-too-much-chunked", BEYOND)(
    too_much([("Transfer-Encoding", "chunked")], lambda body: chunked(body[:300], body[300:]))
)


@case("patch-too-much-of-completed", BEYOND)
def patch_too_much_of_completed(run: Run) -> None:
    upload = begin(run)
    place = upload.send(1000)["Content-Location"]
    answer = upload.patch(b"12345", 1000)
    expect(answer.status < 500, f"got {answer}")
    upload.expect_offset(1000)
    upload.expect_entry(place)


@case("patch-chunked", "A PATCH needs no Content-Length. (RFC 9112 §7.1)")
def patch_chunked(run: Run) -> None:
    upload = begin(run, 100_000)
    body = chunked(*(upload.content[start : start + 777] for start in range(0, 100_000, 777)))
    answer = expect_status(upload.patch(body, 0, [("Transfer-Encoding", "chunked")]), 204)
    expect(answer.number("Upload-Offset") == 100_000, f"Upload-Offset is {answer['Upload-Offset']}")
    upload.expect_entry(answer["Content-Location"])


BAD_CHUNKS = {
    "negative": b"-5\r\n12345\r\n0\r\n\r\n", "not-hexadecimal": b"five\r\n12345\r\n0\r\n\r\n",
    "huge": b"f" * 40 + b"\r\n12345\r\n0\r\n\r\n", "longer-than-said": b"3\r\n12345\r\n0\r\n\r\n",
    "prefixed": b"0x5\r\n12345\r\n0\r\n\r\n",
}


def survives_chunks(body: bytes) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        first = b"190\r\n" + upload.content[:400] + b"\r\n"
        answer = run.service.ask_or_lose(
            "PATCH", upload.target,
            [("Content-Type", OCTETS), ("Upload-Offset", "0"), ("Transfer-Encoding", "chunked")], first + body)
        expect(answer is None or 400 <= answer.status < 500, f"broken chunks are answered {answer}")
        expect(upload.offset() in (0, 400, 403), f"the offset is {upload.offset()}")

    return work


for name, body in BAD_CHUNKS.items():
    case(f"chunk-{name}", "A message that cannot be parsed is refused. (RFC 9112 §7.1)")(survives_chunks(body))


@case("patch-type-before-bytes", "All PATCH requests MUST use Content-Type: application/offset+octet-stream.")
def patch_type_before_bytes(run: Run) -> None:
    upload = begin(run)
    fields = [("Content-Type", "text/plain"), ("Content-Type", OCTETS), ("Upload-Offset", "0")]
    answer = run.service.ask("PATCH", upload.target, fields, b"12345")
    upload.expect_refused(answer, 400, 415)


@case("version-twice", "The value [of Tus-Resumable] MUST be the version of the protocol used by the Client.")
def version_twice(run: Run) -> None:
    upload = begin(run)
    upload.expect_refused(upload.patch(b"12345", 0, [("Tus-Resumable", "0.2.2")]), 400, 412)


ADDRESSES = [
    "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e", "%00", "a%00b", "*", "'", "%25", "%ff%fe", "a" * 5000,
    "%E4%BD%9C%E5%93%81", "-1", "0", "clipcheck.lock",
]


@case("address-strange", "An address that names no upload is not found, whatever it looks like.")
def address_strange(run: Run) -> None:
    fields = [("Content-Type", OCTETS), ("Upload-Offset", "0")]
    for name in ADDRESSES:
        for method in ["HEAD", "PATCH", "DELETE"]:
            answer = run.service.ask_or_lose(method, f"{run.service.uploads}/{name}", fields)
            expect(answer is None or 400 <= answer.status < 500, f"{method} {name[:40]}: {answer}")
            expect(answer is None or answer["Upload-Offset"] is None, f"{method} {name[:40]} has Upload-Offset")


@case("address-of-another-thing", "An entry's id names no upload.")
def address_of_another_thing(run: Run) -> None:
    upload = begin(run)
    entry = (upload.send(1000)["Content-Location"] or "").rsplit("/", 1)[-1]
    for method in ["HEAD", "DELETE"]:
        answer = run.service.ask(method, f"{run.service.uploads}/{entry}")
        expect(entry == upload.target.rsplit("/", 1)[-1] or expect_gone(answer), "an entry was taken for an upload")
    upload.expect_entry(f"/v1/entries/{entry}")


@case("method-strange", "Methods that the protocol does not have are refused and change nothing.")
def method_strange(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    for method in ["GET", "PUT", "POST", "TRACE", "FROBNICATE", "patch"]:
        answer = run.service.ask_or_lose(method, upload.target, [("Content-Type", OCTETS), ("Upload-Offset", "400")])
        expect(answer is None or answer.status in (400, 404, 405, 501), f"{method} is answered {answer}")
    upload.expect_offset(400)


@case("metadata-enormous", "What is too long for a request's head is refused. (RFC 6585 §5)")
def metadata_enormous(run: Run) -> None:
    for text in [
        metadata(title="x" * 40_000), metadata(title="x" * 2_000_000),
        metadata() + "".join(f",key{number} YQ==" for number in range(3000)),
    ]:
        fields = [("Upload-Length", "5"), ("Upload-Metadata", text)]
        answer = run.service.ask_or_lose("POST", run.service.uploads, fields)
        expect(answer is None or answer.status in (201, 400, 413, 422, 431), f"got {answer}")
    begin(run).expect_offset(0)


@case("metadata-in-two-lines", "All keys MUST be unique.")
def metadata_in_two_lines(run: Run) -> None:
    second = ("Upload-Metadata", f"contest {encoded('none')}")
    expect_refusal(create(run.service, 5, [second]), 400)


@case("contest-strange", "A contest is named by its id, not by a file.")
def contest_strange(run: Run) -> None:
    for name in ["", "../xian-2024", f"{CONTEST}\0", f"{CONTEST}.yaml", "/etc/passwd", "x" * 5000, "作品"]:
        expect_refusal(create(run.service, 5, contest=name), 400, 422)


@case("upload-unguessable", "Whoever knows one upload's address cannot tell another's.")
def upload_unguessable(run: Run) -> None:
    names = [begin(run).target.rsplit("/", 1)[-1] for _ in range(3)]
    for name in names:
        expect(uuid.UUID(name).version == 4, f"{name} is not a random UUID")
