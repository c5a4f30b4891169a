"""The checksum extension."""

from __future__ import annotations

import time
from collections.abc import Callable

from tus_case import Run, Skip, begin, begin_with, case, checksum, digest, expect, expect_status, listed, options
from tus_wire import chunked, encoded

DISCARDED = (
    "460 Checksum Mismatch if the checksums mismatch … the uploaded chunk MUST be discarded, and the upload and its "
    "offset MUST NOT be updated."
)
UNKNOWN_ALGORITHM = (
    "400 Bad Request if the checksum algorithm is not supported by the server … the uploaded chunk MUST be discarded, "
    "and the upload and its offset MUST NOT be updated."
)
FORM = (
    "The header MUST consist of the name of the used checksum algorithm and the Base64 encoded checksum separated "
    "by a space."
)


@case("checksum-announced", "If supported, the Server MUST add checksum to the Tus-Extension header.")
def checksum_announced(run: Run) -> None:
    expect("checksum" in listed(options(run), "Tus-Extension"), "not announced")


@case(
    "checksum-algorithms",
    "The Tus-Checksum-Algorithm header MUST be included in the response to an OPTIONS request. The Server MUST "
    "support at least the SHA1 checksum algorithm identified by sha1.",
)
def checksum_algorithms(run: Run) -> None:
    names = listed(options(run), "Tus-Checksum-Algorithm")
    expect({"sha1", "sha256"} <= set(names), f"algorithms are {names}")


@case(
    "checksum-algorithm-names",
    "The names of the checksum algorithms MUST only consist of ASCII characters with the modification that "
    "uppercase characters are excluded.",
)
def checksum_algorithm_names(run: Run) -> None:
    names = listed(options(run), "Tus-Checksum-Algorithm")
    expect(all(name.isascii() and name == name.lower() for name in names), f"algorithms are {names}")


@case(
    "checksum-trailer-unannounced",
    "If the Server can handle trailers, this behavior MUST be announced by adding checksum-trailer to the Tus-"
    "Extension header.",
)
def checksum_trailer(run: Run) -> None:
    if "checksum-trailer" in listed(options(run), "Tus-Extension"):
        raise Skip("trailers are announced")
    upload = begin(run)
    fields = [("Transfer-Encoding", "chunked"), ("Trailer", "Upload-Checksum")]
    body = chunked(upload.content[:400], trailers=b"Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n")
    answer = upload.patch(body, 0, fields)
    expect(answer.status == 204 or 400 <= answer.status < 500, f"a trailer is answered {answer}")
    upload.expect_offset(400 if answer.status == 204 else 0)


def takes(algorithm: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        for start, end in [(0, 400), (400, 400), (400, 1000)]:
            piece = upload.content[start:end]
            answer = expect_status(upload.patch(piece, start, [checksum(piece, algorithm)]), 204)
            expect(answer.number("Upload-Offset") == end, f"Upload-Offset is {answer['Upload-Offset']}, not {end}")
        upload.expect_entry(answer["Content-Location"])

    return work


def discards(algorithm: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin_with(run, 1000, 400)
        wrong = checksum(upload.content[400:700], algorithm)
        upload.expect_refused(upload.patch(b"x" * 300, 400, [wrong]), 460, at=400)
        upload.expect_arrives()

    return work


for name in ["sha1", "sha256"]:
    case(f"checksum-{name}-right", "204 No Content if the checksums match and the processing … succeeded.")(takes(name))
    case(f"checksum-{name}-wrong", DISCARDED)(discards(name))


@case("checksum-wrong-at-end", DISCARDED)
def checksum_wrong_at_end(run: Run) -> None:
    upload = begin(run)
    wrong = checksum(b"another")
    answer = upload.expect_refused(upload.patch(b"x" * 1000, 0, [wrong]), 460)
    expect(answer["Content-Location"] is None, "an entry was made of bytes with a wrong checksum")
    expect(upload.head()["Content-Location"] is None, "an entry was made of bytes with a wrong checksum")
    upload.expect_arrives()


@case("checksum-wrong-chunked", DISCARDED)
def checksum_wrong_chunked(run: Run) -> None:
    upload = begin(run)
    fields = [("Transfer-Encoding", "chunked"), checksum(b"another")]
    upload.expect_refused(upload.patch(chunked(b"x" * 300, b"y" * 300), 0, fields), 460)
    upload.expect_arrives()


@case("checksum-wrong-large", DISCARDED)
def checksum_wrong_large(run: Run) -> None:
    upload = begin(run, 40 << 20)
    upload.send(1 << 20)
    wrong = upload.patch(b"x" * (36 << 20), 1 << 20, [checksum(b"another")])
    upload.expect_refused(wrong, 460, at=1 << 20)
    upload.expect_arrives()


@case(
    "checksum-cut-off",
    "Once the entire request has been received, the Server MUST verify the uploaded chunk against the provided "
    "checksum.",
)
def checksum_cut_off(run: Run) -> None:
    upload = begin_with(run, 300_000, 100)
    upload.hold(b"x" * 200_000, 100, 250_000, [checksum(b"another")]).close()
    time.sleep(1)
    upload.expect_offset(100)
    upload.expect_arrives()


@case("checksum-algorithm-unknown", UNKNOWN_ALGORITHM)
def checksum_algorithm_unknown(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    known = listed(options(run), "Tus-Checksum-Algorithm")
    for algorithm in {"md5", "crc32", "sha512", "sha384", "none", "SHA-1"} - set(known):
        value = encoded(digest(b"12345", "md5"))
        answer = upload.patch(b"12345", 400, [("Upload-Checksum", f"{algorithm} {value}")])
        upload.expect_refused(answer, 400, at=400)
    upload.expect_arrives()


SHA1 = encoded(digest(b"12345", "sha1"))
BAD_CHECKSUMS = {
    "empty": "", "no-digest": "sha1", "digest-empty": "sha1 ", "no-algorithm": SHA1, "no-space": f"sha1{SHA1}",
    "colon": f"sha1:{SHA1}", "hexadecimal": f"sha1 {digest(b'12345', 'sha1').hex()}", "not-base64": "sha1 ***",
    "short": f"sha1 {encoded(digest(b'12345', 'sha1')[:19])}", "long": f"sha1 {encoded(digest(b'12345'))}",
    "three-words": f"sha1 {SHA1} {SHA1}", "list": f"sha1 {SHA1}, sha1 {SHA1}",
}


def refuses_checksum(value: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        upload.expect_refused(upload.patch(b"12345", 0, [("Upload-Checksum", value)]), 400)

    return work


for name, value in BAD_CHECKSUMS.items():
    case(f"checksum-malformed-{name}", FORM)(refuses_checksum(value))


@case("checksum-twice", FORM)
def checksum_twice(run: Run) -> None:
    upload = begin(run)
    fields = [checksum(b"12345"), checksum(b"54321")]
    upload.expect_refused(upload.patch(b"12345", 0, fields), 400)
