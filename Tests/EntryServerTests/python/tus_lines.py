"""Lines that break, stall or carry two messages, and clients that come twice."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable

from tus_case import Run, Skip, Upload, begin, begin_with, case, expect, expect_refusal, expect_status
from tus_wire import OCTETS, Answer, Connection, chunked

STORED = "The Server SHOULD always attempt to store as much of the received data as possible."
SIZE, HALF = 300_000, 150_000


def close(connection: Connection) -> None:
    connection.close()


def reset(connection: Connection) -> None:
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def half_close(connection: Connection) -> None:
    connection.socket.shutdown(socket.SHUT_WR)
    connection.answer("PATCH", within=10)
    connection.close()


def settled(upload: Upload, most: int) -> int:
    """The offset once the service has noticed that the line is gone."""
    time.sleep(0.7)
    offset = upload.offset()
    expect(0 <= offset <= most, f"the offset is {offset} after {most} bytes")
    return offset


def goes_on(cut: Callable[[Connection], None], length: int | None) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run, SIZE)
        upload.send(1000)
        cut(upload.hold(upload.content[1000:HALF], 1000, length))
        expect(settled(upload, HALF) >= 1000, "what was acknowledged is gone")
        upload.expect_arrives()

    return work


for name, cut in {"closed": close, "reset": reset, "half-closed": half_close}.items():
    case(f"line-{name}", "A PATCH that breaks off leaves an upload that goes on.")(goes_on(cut, SIZE - 1000))
    case(f"line-{name}-chunked", "A PATCH that breaks off leaves an upload that goes on.")(goes_on(cut, None))


@case("line-closed-keeps-bytes", STORED)
def line_closed_keeps_bytes(run: Run) -> None:
    for length in [SIZE, None]:
        upload = begin(run, SIZE)
        upload.hold(upload.content[:HALF], 0, length).close()
        offset = settled(upload, HALF)
        expect(offset == HALF, f"{offset} of {HALF} bytes were stored")
        upload.expect_arrives()


@case("line-closed-at-end", STORED)
def line_closed_at_end(run: Run) -> None:
    upload = begin(run, SIZE)
    upload.hold(upload.content, 0, SIZE).close()
    expect(settled(upload, SIZE) == SIZE, "not all bytes were stored")
    deadline = time.monotonic() + 20
    while not (place := upload.head()["Content-Location"]) and time.monotonic() < deadline:
        time.sleep(0.2)
    upload.expect_entry(place)


@case("line-closed-on-creation", STORED)
def line_closed_on_creation(run: Run) -> None:
    fields = [("Upload-Length", "1000"), ("Upload-Metadata", "contest eGlhbi0yMDI0"), ("Content-Type", OCTETS)]
    with run.service.connect() as connection:
        connection.send(run.service.head("POST", run.service.uploads, [*fields, ("Content-Length", "800")]) + b"x" * 99)
    begin(run).expect_arrives()


@case("line-stalled-closed", "A timeout SHOULD be handled by closing the underlying connection.")
def line_stalled_closed(run: Run) -> None:
    if not run.patience:
        raise Skip("needs --patience")
    upload = begin(run, SIZE)
    with upload.hold(upload.content[:HALF], 0, SIZE) as connection:
        answer = connection.answer("PATCH", within=run.patience + 10)
        expect(answer is None or answer.status in (400, 408), f"a stalled line is answered {answer}")
    upload.expect_offset(HALF)
    upload.expect_arrives()


@case(
    "head-while-sending",
    "The Server MUST always include the Upload-Offset header in the response for a HEAD request.",
)
def head_while_sending(run: Run) -> None:
    for length in [SIZE, None]:
        upload = begin(run, SIZE)
        with upload.hold(upload.content[:HALF], 0, length):
            started = time.monotonic()
            offset = upload.offset()
            expect(time.monotonic() - started < 5, "HEAD took more than 5 s")
            expect(offset <= HALF, f"the offset is {offset} after {HALF} bytes")
        upload.expect_arrives()


def give_way(upload: Upload, older: Connection) -> None:
    """The older sender must be told, and what it goes on to send must count for nothing."""
    older.send(b"x" * 1000)
    answer = older.answer("PATCH", within=5)
    expect(answer is None or answer.status >= 400, f"the older sender is told {answer}")


@case("two-senders-newer-wins", "The newer of two senders goes on; the older one gives way.")
def two_senders(run: Run) -> None:
    upload = begin(run, SIZE)
    with upload.hold(upload.content[:HALF], 0, SIZE) as older:
        place = upload.send(SIZE)["Content-Location"]
        give_way(upload, older)
    upload.expect_offset(SIZE)
    upload.expect_entry(place)


@case("two-senders-without-head", "The newer of two senders goes on; the older one gives way.")
def two_senders_without_head(run: Run) -> None:
    upload = begin(run, SIZE)
    upload.send(100)
    with upload.hold(upload.content[100:HALF], 100, SIZE) as older:
        started = time.monotonic()
        answer = expect_status(upload.patch(upload.content[100:], 100), 204, 409)
        expect(time.monotonic() - started < 5, "the newer sender waits more than 5 s")
        if answer.status == 409:
            expect_refusal(answer)
            answer = upload.send(SIZE)
        give_way(upload, older)
    upload.expect_entry(answer["Content-Location"])


@case(
    "many-senders-at-once",
    "If the offsets do not match, the Server MUST respond with the 409 Conflict status without modifying the upload "
    "resource.",
)
def many_senders(run: Run) -> None:
    upload = begin(run, SIZE)
    answers: list[Answer | None] = [None] * 8

    def send(number: int) -> None:
        fields = [("Content-Type", OCTETS), ("Upload-Offset", "0")]
        answers[number] = run.service.ask_or_lose("PATCH", upload.target, fields, upload.content[:HALF])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(answers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        expect(answer is None or answer.status == 204 or 400 <= answer.status < 500, f"a sender is told {answer}")
        if answer and answer.status == 204:
            expect(answer.number("Upload-Offset") == HALF, f"a sender is told {answer['Upload-Offset']}")
    taken = [answer for answer in answers if answer and answer.status == 204]
    expect(len(taken) <= 1, f"{len(taken)} senders were told that their bytes were taken")
    upload.expect_arrives()


def expect_one_answer(connection: Connection) -> bytes:
    """Everything that comes until the service closes; at most one final answer."""
    connection.socket.settimeout(5)
    received = b""
    try:
        while piece := connection.socket.recv(65_536):
            received += piece
    except TimeoutError:
        pass
    except ConnectionResetError:
        pass
    answers = received.count(b"HTTP/1.1 ") - received.count(b"HTTP/1.1 1")
    expect(answers <= 1, f"two answers to one request: {received!r}")
    return received


def smuggled(target: str) -> bytes:
    return f"DELETE {target} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nContent-Length: 0\r\n\r\n".encode()


def refuses_framing(fields: list[tuple[str, str]], first: bytes) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        upload = begin(run)
        second = smuggled(upload.target)
        head = run.service.head(
            "PATCH", upload.target,
            [("Content-Type", OCTETS), ("Upload-Offset", "0"),
             *((name, value.replace("ALL", str(len(first + second)))) for name, value in fields)])
        with run.service.connect() as connection:
            connection.send(head + first + second)
            expect_one_answer(connection)
        expect(upload.offset() <= len(first), "the hidden request was taken for content")

    return work


CHUNKED = ("Transfer-Encoding", "chunked")
FRAMINGS = {
    "length-and-chunked": ([("Content-Length", "ALL"), CHUNKED], chunked(b"123")),
    "chunked-and-length": ([CHUNKED, ("Content-Length", "ALL")], chunked(b"123")),
    "two-lengths": ([("Content-Length", "5"), ("Content-Length", "ALL")], b"12345"),
    "length-plus": ([("Content-Length", "+5")], b"12345"),
    "length-list": ([("Content-Length", "5, 6")], b"12345"),
    "coding-unknown": ([("Transfer-Encoding", "frobnicate")], chunked(b"123")),
    "coding-hidden": ([("Transfer-Encoding", "chunked, identity"), ("Content-Length", "ALL")], chunked(b"123")),
}
for name, (framing, first) in FRAMINGS.items():
    case(
        f"framing-{name}",
        "A server MAY reject a request that contains both Content-Length and Transfer-Encoding … Regardless, the "
        "server MUST close the connection after responding. (RFC 9112 §6.1; §6.3 of differing lengths)",
    )(refuses_framing(framing, first))


@case(
    "framing-refused-body",
    "The body of a request that is refused is not taken for the next request. (RFC 9112 §9.3)",
)
def framing_refused_body(run: Run) -> None:
    upload = begin_with(run, 1000, 400)
    body = smuggled(upload.target)
    fields = [("Content-Type", OCTETS), ("Upload-Offset", "7"), ("Content-Length", str(len(body)))]
    with run.service.connect() as connection:
        connection.send(run.service.head("PATCH", upload.target, fields) + body)
        expect(b" 409 " in expect_one_answer(connection), "not refused with 409")
    upload.expect_offset(400)


@case("line-kept", "A connection carries one request after another. (RFC 9112 §9.3)")
def line_kept(run: Run) -> None:
    upload = begin(run, 1000)
    with run.service.connect() as connection:
        for start in range(0, 1000, 250):
            piece = upload.content[start : start + 250]
            fields = [("Content-Type", OCTETS), ("Upload-Offset", str(start)), ("Content-Length", "250")]
            connection.send(run.service.head("PATCH", upload.target, fields) + piece)
            answer = connection.answer("PATCH")
            expect(answer and answer.status == 204, f"the request at {start} is answered {answer}")
    upload.expect_entry(answer["Content-Location"] if answer else None)
