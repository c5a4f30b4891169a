"""A line of so many bytes a second between a client and the service, so that a kill lands inside a request."""

from __future__ import annotations

import socket
import threading
import time


class SlowLine:
    """Listens on a port of its own and passes on what comes; what goes to the service goes slowly."""

    PIECE = 2048

    def __init__(self, port: int) -> None:
        self.port = port
        self.bytes_per_second: float | None = None
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        try:
            service = socket.create_connection(("127.0.0.1", self.port))
        except OSError:
            client.close()
            return
        back = threading.Thread(target=self._pass_on, args=(service, client, False), daemon=True)
        back.start()
        self._pass_on(client, service, True)
        back.join()
        client.close()
        service.close()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_slow: bool) -> None:
        """Passes on until either side ends, and lets the other know."""
        try:
            while piece := source.recv(self.PIECE if is_slow else 65_536):
                if is_slow and self.bytes_per_second:
                    time.sleep(len(piece) / self.bytes_per_second)
                target.sendall(piece)
        except OSError:
            pass
        for side in (source, target):
            try:
                side.shutdown(socket.SHUT_RDWR if not is_slow else socket.SHUT_WR)
            except OSError:
                pass
