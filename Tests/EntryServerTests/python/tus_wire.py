"""Requests to a tus service, to the byte: what a library would repair or refuse is sent as it is."""

from __future__ import annotations

import base64
import http.client
import random
import socket
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

VERSION = "1.0.0"
OCTETS = "application/offset+octet-stream"
CONTEST = "xian-2024"

Headers = Iterable[tuple[str, str | bytes]]


class Failure(Exception):
    """The service does something else than it must."""


class Answer:
    """A whole answer."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def __getitem__(self, name: str) -> str | None:
        return self.headers[name]

    def __str__(self) -> str:
        return f"{self.status} {self.body[:160].decode(errors='replace')}".strip()

    def number(self, name: str) -> int:
        """A field that must be a non-negative whole number."""
        text = self[name]
        if text is None or not (text.isascii() and text.isdigit()):
            raise Failure(f"{name} is {text!r} in {self}")
        return int(text)


class Connection:
    """A connection that is told what to send, and when."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self.socket = socket.create_connection((host, port), timeout)
        self.timeout = timeout

    def send(self, data: bytes) -> bool:
        """Sends; false when the service closed before everything was taken."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError):
            return False

    def answer(self, method: str, within: float | None = None) -> Answer | None:
        """The next answer; nothing when the service closes without one. Late is an error."""
        self.socket.settimeout(within or self.timeout)
        response = http.client.HTTPResponse(self.socket, method=method)
        try:
            response.begin()
            return Answer(response)
        except TimeoutError:
            raise Failure(f"{method} is not answered within {within or self.timeout:g} s") from None
        except (http.client.HTTPException, ConnectionResetError):
            return None
        finally:
            response.close()

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Service:
    """A running service."""

    def __init__(self, base: str, timeout: float = 30) -> None:
        place = urlsplit(base)
        self.host, self.port = place.hostname or "", place.port or 80
        self.base = f"http://{place.netloc}"
        self.uploads = "/v1/uploads"
        self.timeout = timeout

    def connect(self) -> Connection:
        return Connection(self.host, self.port, self.timeout)

    def path(self, place: str) -> str:
        """What of an absolute or relative address belongs into the request line."""
        return urlsplit(urljoin(self.base + self.uploads, place)).path

    def head(self, method: str, target: str, headers: Headers = (), version: str | None = VERSION) -> bytes:
        """The bytes before a body."""
        lines = [f"{method} {target} HTTP/1.1".encode(), f"Host: {self.host}:{self.port}".encode()]
        lines += [f"Tus-Resumable: {version}".encode()] if version is not None else []
        for name, value in headers:
            lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def ask(
        self, method: str, target: str, headers: Headers = (), body: bytes = b"", version: str | None = VERSION
    ) -> Answer:
        """One request on a connection of its own; without a length or a coding it gets `Content-Length`."""
        answer = self.ask_or_lose(method, target, headers, body, version)
        if answer is None:
            raise Failure(f"{method} is not answered: the connection is closed")
        return answer

    def ask_or_lose(
        self, method: str, target: str, headers: Headers = (), body: bytes = b"", version: str | None = VERSION
    ) -> Answer | None:
        """As `ask`, but the service may also close the connection."""
        fields = [*headers, ("Connection", "close")]
        names = {name.lower() for name, _ in fields}
        if not names & {"content-length", "transfer-encoding"}:
            fields.append(("Content-Length", str(len(body))))
        with self.connect() as connection:
            connection.send(self.head(method, target, fields, version) + body)
            return connection.answer(method)


def chunked(*pieces: bytes, trailers: bytes = b"") -> bytes:
    """A body in the chunked transfer coding."""
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece) + b"0\r\n" + trailers + b"\r\n"


def encoded(text: str | bytes) -> str:
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def metadata(**values: str | bytes) -> str:
    """`Upload-Metadata` for our contest."""
    return ",".join(f"{key} {encoded(value)}" for key, value in {"contest": CONTEST, **values}.items())


def noise(size: int, seed: object = 0) -> bytes:
    """Bytes that no other seed has."""
    return random.Random(repr(seed)).randbytes(size)
