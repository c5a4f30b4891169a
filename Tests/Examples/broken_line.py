"""A line to the service that breaks: forwards TCP connections, and cuts or holds them after a number of bytes."""

from __future__ import annotations

import contextlib
import socket
import threading


class BrokenLine:
    """Listens on 127.0.0.1, at port `listen` (0: any free one), and forwards to `port`. `sent` counts the bytes that went towards the service.

    After `cut_after` bytes the connection is reset once, and later ones live. After `hold_after` bytes nothing is
    forwarded any more until `close`; `held` tells that this has happened.
    """

    def __init__(
        self, port: int, cut_after: int | None = None, hold_after: int | None = None, listen: int = 0
    ) -> None:
        self.target = ("127.0.0.1", port)
        self.cut_after = cut_after
        self.hold_after = hold_after
        self.sent = 0
        self.cuts = 0
        self.held = threading.Event()
        self.closed = threading.Event()
        self.lock = threading.Lock()
        self.server = socket.create_server(("127.0.0.1", listen))
        self.port = self.server.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.closed.set()
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts, which would keep the port
        self.server.close()

    def __enter__(self) -> BrokenLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client = self.server.accept()[0]
                server = socket.create_connection(self.target)
                threading.Thread(target=self._send, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _send(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError), client, server:
            while data := client.recv(1 << 16):
                with self.lock:
                    self.sent += len(data)
                    is_cut = self.cut_after is not None and self.cuts == 0 and self.sent > self.cut_after
                    self.cuts += is_cut
                    is_held = self.hold_after is not None and self.sent > self.hold_after
                server.sendall(data)
                if is_cut:
                    # Lingering for 0 s makes the close a reset, as of a line that breaks.
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    for end in (client, server):
                        end.shutdown(socket.SHUT_RDWR)
                    return
                if is_held:
                    self.held.set()
                    self.closed.wait()
                    return
            server.shutdown(socket.SHUT_WR)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(1 << 16):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
