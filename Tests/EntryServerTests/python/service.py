"""A `clipcheck serve` of one's own, to be killed and started again."""

from __future__ import annotations

import re
import signal
import subprocess
import tempfile
import time
from pathlib import Path


class RunningService:
    """A running service; once started, it starts again at the same address and with the same data."""

    def __init__(self, binary: str, data: str, *arguments: str) -> None:
        self.command = [binary, "serve", "--data", data, "--isolation", "best-effort", *arguments]
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.output = tempfile.NamedTemporaryFile(prefix="clipcheck-output-")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> RunningService:
        """Returns when the service answers; a port that is still held is tried again for ten seconds."""
        deadline = time.monotonic() + 10
        while not self._start():
            if time.monotonic() > deadline:
                raise RuntimeError(f"the service does not start: {self.printed()[-2000:]}")
            time.sleep(0.2)
        return self

    def kill(self) -> None:
        """SIGKILL: nothing of the service gets to tidy up."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def printed(self) -> str:
        return Path(self.output.name).read_text(errors="replace")

    def _start(self) -> bool:
        start = len(self.printed())
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], stdout=self.output, stderr=subprocess.STDOUT)
        while self.process.poll() is None:
            if match := re.search(r"page:\s+http://[^:]+:(\d+)/\n", self.printed()[start:]):
                self.port = int(match[1])
                return True
            time.sleep(0.01)
        return False

    def __enter__(self) -> RunningService:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.output.close()
