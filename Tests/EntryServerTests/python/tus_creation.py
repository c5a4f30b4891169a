"""Creation, and creation with upload."""

from __future__ import annotations

from tus_case import (
    Run, begin, begin_with, case, checksum, create, expect, expect_refusal, expect_status, listed, options,
)
from tus_wire import OCTETS, Failure, chunked, metadata, noise

ACKNOWLEDGED = "The Server MUST acknowledge a successful upload creation with the 201 Created status."
LOCATION = (
    "The Server MUST set the Location header to the URL of the created resource. This URL MAY be absolute or "
    "relative."
)
WITH_OFFSET = (
    "The Server SHOULD accept as many bytes as possible and MUST include the Upload-Offset header in the response and "
    "MUST set its value to the offset of the upload after applying the accepted bytes."
)


@case("creation-announced", "If the Server supports this extension, it MUST add creation to the Tus-Extension header.")
def creation_announced(run: Run) -> None:
    expect("creation" in listed(options(run), "Tus-Extension"), "not announced")


@case("creation-201", ACKNOWLEDGED)
def creation_201(run: Run) -> None:
    expect_status(create(run.service, 5), 201)


@case("creation-location", LOCATION)
def creation_location(run: Run) -> None:
    begin(run).expect_offset(0)


@case("creation-location-absolute", "Clients rely on it: aiotus 1.1.0 cannot follow a path.")
def creation_location_absolute(run: Run) -> None:
    place = create(run.service, 5)["Location"] or ""
    expect(place.startswith(f"{run.service.base}/v1/uploads/"), f"Location is {place!r}")


@case("creation-locations-differ", LOCATION)
def creation_locations_differ(run: Run) -> None:
    places = {begin(run).target for _ in range(5)}
    expect(len(places) == 5, f"five uploads at {places}")


@case("creation-starts-at-zero", "The new resource has an implicit offset of 0.")
def creation_starts_at_zero(run: Run) -> None:
    upload = begin(run)
    expect(upload.created["Upload-Offset"] in (None, "0"), f"Upload-Offset is {upload.created['Upload-Offset']}")
    upload.expect_offset(0)
    upload.expect_arrives()


@case(
    "creation-length-missing",
    "The request MUST include one of the following headers: a) Upload-Length … b) Upload-Defer-Length: 1.",
)
def creation_length_missing(run: Run) -> None:
    expect_refusal(run.service.ask("POST", run.service.uploads, [("Upload-Metadata", metadata())]), 400)


@case(
    "creation-defer-unannounced",
    "If the Server supports deferring length, it MUST add creation-defer-length to the Tus-Extension header.",
)
def creation_defer_unannounced(run: Run) -> None:
    fields = [("Upload-Defer-Length", "1"), ("Upload-Metadata", metadata())]
    answer = run.service.ask("POST", run.service.uploads, fields)
    is_announced = "creation-defer-length" in listed(options(run), "Tus-Extension")
    if is_announced:
        expect_status(answer, 201)
    else:
        expect_refusal(answer, 400)


@case(
    "creation-defer-value",
    "If the Upload-Defer-Length header contains any other value than 1 the server should return a 400 Bad Request "
    "status.",
)
def creation_defer_value(run: Run) -> None:
    for value in ["0", "2", "true", "-1", ""]:
        fields = [("Upload-Defer-Length", value), ("Upload-Metadata", metadata())]
        expect_refusal(run.service.ask("POST", run.service.uploads, fields), 400)
        expect_refusal(create(run.service, 5, [("Upload-Defer-Length", value)]), 400)


@case(
    "creation-defer-with-length",
    "If the length of an upload is not deferred, [Upload-Defer-Length] MUST be omitted.",
)
def creation_defer_with_length(run: Run) -> None:
    expect_refusal(create(run.service, 5, [("Upload-Defer-Length", "1")]), 400)


@case("creation-length-fixed", "Once set the length MUST NOT be changed.")
def creation_length_fixed(run: Run) -> None:
    upload = begin(run)
    for length in [5, 2000]:
        upload.patch(b"", 0, [("Upload-Length", str(length))])
        expect(upload.head().number("Upload-Length") == 1000, f"the length became {upload.head()['Upload-Length']}")
    upload.expect_arrives()


@case(
    "creation-too-large",
    "If the length of the upload exceeds the maximum, which MAY be specified using the Tus-Max-Size header, the "
    "Server MUST respond with the 413 Request Entity Too Large status.",
)
def creation_too_large(run: Run) -> None:
    most = options(run).number("Tus-Max-Size")
    for length in [most + 1, most * 2, 2**62]:
        expect_refusal(create(run.service, length), 413)


@case(
    "creation-largest",
    "The Tus-Max-Size response header MUST be … the maximum allowed size of an entire upload in bytes.",
)
def creation_largest(run: Run) -> None:
    answer = expect_status(create(run.service, options(run).number("Tus-Max-Size")), 201, 507)
    if answer["Location"]:
        run.service.ask("DELETE", run.service.path(answer["Location"]))


@case(
    "with-upload-announced",
    "If the Server supports this extension, it MUST advertise this by including creation-with-upload in the Tus-"
    "Extension header.",
)
def with_upload_announced(run: Run) -> None:
    expect("creation-with-upload" in listed(options(run), "Tus-Extension"), "not announced")


@case(
    "with-upload-needs-creation",
    "If the Server does not offer the Creation extension, it MUST NOT offer the Creation With Upload extension "
    "either.",
)
def with_upload_needs_creation(run: Run) -> None:
    names = listed(options(run), "Tus-Extension")
    expect("creation" in names or "creation-with-upload" not in names, f"extensions are {names}")


@case("with-upload-first-bytes", WITH_OFFSET)
def with_upload_first_bytes(run: Run) -> None:
    upload = begin_with(run, 300_000, 200_000)
    upload.expect_offset(upload.created.number("Upload-Offset"))
    expect(upload.created.number("Upload-Offset") == 200_000, f"took {upload.created['Upload-Offset']} of 200000 bytes")
    upload.expect_arrives()


@case("with-upload-whole", WITH_OFFSET)
def with_upload_whole(run: Run) -> None:
    upload = begin_with(run, 1000, 1000)
    expect(upload.created.number("Upload-Offset") == 1000, f"Upload-Offset is {upload.created['Upload-Offset']}")
    upload.expect_offset(1000)
    upload.expect_entry(upload.created["Content-Location"])


@case("with-upload-no-bytes", WITH_OFFSET)
def with_upload_no_bytes(run: Run) -> None:
    upload = begin_with(run, 1000, 0)
    expect(upload.created.number("Upload-Offset") == 0, f"Upload-Offset is {upload.created['Upload-Offset']}")
    upload.expect_arrives()


@case("with-upload-chunked", WITH_OFFSET)
def with_upload_chunked(run: Run) -> None:
    content = noise(1000, "chunked")
    fields = [("Content-Type", OCTETS), ("Transfer-Encoding", "chunked")]
    answer = expect_status(create(run.service, 1000, fields, chunked(content[:1], content[1:700])), 201)
    expect(answer.number("Upload-Offset") == 700, f"Upload-Offset is {answer['Upload-Offset']}")


@case("with-upload-type-wrong", "The Client MUST include the Content-Type: application/offset+octet-stream header.")
def with_upload_type_wrong(run: Run) -> None:
    for fields in [[("Content-Type", "video/mp4")], [("Content-Type", "text/plain")], []]:
        expect_refusal(create(run.service, 1000, fields, b"12345"), 400, 415)


@case("with-upload-too-much", "Similar rules as for the PATCH request and response apply: no more than Upload-Length.")
def with_upload_too_much(run: Run) -> None:
    expect_refusal(create(run.service, 4, [("Content-Type", OCTETS)], b"12345"), 400, 409, 413)
    fields = [("Content-Type", OCTETS), ("Transfer-Encoding", "chunked")]
    expect_refusal(create(run.service, 4, fields, chunked(b"123", b"45")), 400, 409, 413)


@case("with-upload-checksum", "Similar rules as for the PATCH request and response apply: 460 Checksum Mismatch.")
def with_upload_checksum(run: Run) -> None:
    right, wrong = checksum(b"12345", "sha256"), checksum(b"54321", "sha256")
    answer = create(run.service, 1000, [("Content-Type", OCTETS), right], b"12345")
    expect(expect_status(answer, 201).number("Upload-Offset") == 5, f"Upload-Offset is {answer['Upload-Offset']}")
    answer = create(run.service, 1000, [("Content-Type", OCTETS), wrong], b"12345")
    if answer.status != 201:
        expect_refusal(answer, 460)
    elif answer.number("Upload-Offset"):
        raise Failure("bytes with a wrong checksum were taken")


@case(
    "with-upload-expect",
    "The Client SHOULD include the Expect: 100-continue header in the request to receive early feedback.",
)
def with_upload_expect(run: Run) -> None:
    for contest, first in [("eGlhbi0yMDI0", b"HTTP/1.1 100 "), ("bm9uZQ==", b"HTTP/1.1 ")]:
        fields = [
            ("Upload-Length", "1000"), ("Upload-Metadata", f"contest {contest}"), ("Content-Type", OCTETS),
            ("Expect", "100-continue"), ("Content-Length", "5"),
        ]
        with run.service.connect() as connection:
            connection.send(run.service.head("POST", run.service.uploads, fields))
            connection.socket.settimeout(5)
            expect(connection.socket.recv(1000).startswith(first), "no word on Expect: 100-continue")
