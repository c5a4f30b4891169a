"""What a client says of its upload at creation."""

from __future__ import annotations

from collections.abc import Callable

from tus_case import Run, case, create, expect, expect_refusal, expect_status
from tus_wire import OCTETS, encoded, metadata

METADATA = {
    "text": metadata(filename="作品.mp4", title="守信"),
    "order": metadata(zebra="1", apple="2", filename="a.mp4"),
    "key-alone": metadata() + ",is_confidential",
    "empty-value": f"is_confidential ,{metadata()}",
    "long": metadata(title="守" * 1000),
    "keys-of-symbols": metadata(**{"a-b_c.d/e:f": "1", "Filename": "x", "FILENAME": "y"}),
}


def echoes(text: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        fields = [("Upload-Length", "5"), ("Upload-Metadata", text)]
        place = expect_status(run.service.ask("POST", run.service.uploads, fields), 201)["Location"]
        answer = run.service.ask("HEAD", run.service.path(place or ""))
        expect(answer["Upload-Metadata"] == text, f"{text!r} became {answer['Upload-Metadata']!r}")

    return work


for name, text in METADATA.items():
    case(
        f"metadata-echoed-{name}",
        "If an upload contains additional metadata, responses to HEAD requests MUST include the Upload-Metadata header "
        "and its value as specified by the Client during the creation.",
    )(echoes(text))


BAD_METADATA = {
    "key-twice": ("All keys MUST be unique.", f"{metadata()},title YQ==,title YQ=="),
    "key-twice-same-contest": ("All keys MUST be unique.", f"{metadata()},{metadata()}"),
    "key-empty": ("The key … MUST NOT be empty.", f"{metadata()},,title YQ=="),
    "key-empty-at-end": ("The key … MUST NOT be empty.", f"{metadata()},"),
    "two-values": ("The key and value MUST be separated by a space.", f"{metadata()},title YQ== YQ=="),
    "not-base64": ("The value MUST be Base64 encoded.", f"{metadata()},title ***"),
    "not-base64-length": ("The value MUST be Base64 encoded.", f"{metadata()},title YWJjY"),
    "not-base64-inside": ("The value MUST be Base64 encoded.", f"{metadata()},title YW=JjYQ=="),
    "not-utf-8": ("Values are UTF-8.", f"{metadata()},title {encoded(bytes([0xff, 0xfe, 0x80]))}"),
    "surrogate": ("Values are UTF-8.", f"{metadata()},title {encoded(bytes([0xed, 0xa0, 0x80]))}"),
}


def refuses_metadata(text: str) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        fields = [("Upload-Length", "5"), ("Upload-Metadata", text)]
        expect_refusal(run.service.ask("POST", run.service.uploads, fields), 400)

    return work


for name, (quote, text) in BAD_METADATA.items():
    case(f"metadata-{name}", quote)(refuses_metadata(text))


@case(
    "metadata-smuggling",
    "Servers SHOULD carefully validate metadata values or sanitize them … to avoid header smuggling.",
)
def metadata_smuggling(run: Run) -> None:
    evil = "a.mp4\r\nX-Evil: 1\r\n\r\nevil"
    answer = create(run.service, 5, filename=evil, title=evil)
    if 400 <= answer.status < 500:
        return
    place = run.service.path(expect_status(answer, 201)["Location"] or "")
    fields = [("Content-Type", OCTETS), ("Upload-Offset", "0")]
    done = expect_status(run.service.ask("PATCH", place, fields, b"12345"), 204)
    entry = run.service.path(done["Content-Location"] or "")
    for reply in [answer, run.service.ask("HEAD", place), done, run.service.ask("GET", f"{entry}/media")]:
        expect(reply["X-Evil"] is None and b"evil" not in reply.body, f"smuggled: {reply.headers}")
