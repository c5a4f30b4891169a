"""portal.py: uploads to a live service, and goes on after a line that broke or a program that was killed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import requests
from broken_line import BrokenLine
from sandbox import EXAMPLES, PATIENCE, CheckFailed, Sandbox, expect, expect_part

LONG = 24 << 20  # bytes
BREAK = 10 << 20  # bytes that pass before the line breaks: in the middle of the third piece of 4 MiB


class Portal:
    """portal.py against one service, with one key."""

    def __init__(self, sandbox: Sandbox, service: str, key: str) -> None:
        self.sandbox, self.service, self.key = sandbox, service, key
        self.port = int(service.rpartition(":")[2])

    def command(self, path: Path, contest: str = "demo") -> list[str]:
        return [sys.executable, str(EXAMPLES / "portal.py"), str(path), f"contest={contest}", "title=试用"]

    def run(self, path: Path, contest: str = "demo", address: str = "") -> subprocess.CompletedProcess[str]:
        variables = {"CLIPCHECK_URL": address or self.service, "CLIPCHECK_KEY": self.key}
        return self.sandbox.run(*self.command(path, contest), **variables)

    def verdicts(self) -> None:
        """A compliant clip is accepted, a truncated one rejected in the notice's words, an unknown contest refused."""
        accepted = self.run(self.sandbox.clip("short.mp4", "short.mp4"))
        expect(accepted.returncode, 0, f"portal.py, compliant: {accepted.stderr}")
        expect_part(" 已接受 accepted（视频 video: compliant）", accepted.stdout, "portal.py, compliant")
        rejected = self.run(self.sandbox.clip("truncated.mp4", "truncated.mp4"))
        expect(rejected.returncode, 1, f"portal.py, truncated: {rejected.stderr}")
        expect_part("- 通知 notice “文件完整、未被截断”：", rejected.stdout, "portal.py, truncated")
        refused = self.run(self.sandbox.folder / "short.mp4", contest="no-such")
        expect(refused.returncode, 3, "portal.py, unknown contest")
        expect_part("没有编号为“no-such”的竞赛", refused.stderr, "portal.py, unknown contest")

    def resumes(self) -> None:
        """The line breaks once; portal.py says so and goes on."""
        path = self.sandbox.long_clip("断线.mp4", LONG)
        with BrokenLine(self.port, cut_after=BREAK) as line:
            resumed = self.run(path, address=line.address)
            expect(resumed.returncode, 0, f"portal.py on a line that breaks: {resumed.stderr}")
            expect((line.cuts, "断线，1 秒后继续" in resumed.stderr), (1, True), "the line broke once, and portal.py says so")
            expect_resumed(line.sent, LONG)
        expect_entry(self.service, self.key, resumed.stdout.split()[0], path)

    def survives_kill(self) -> None:
        """SIGKILL in the middle; the same command sends what is left. The line keeps its port: the address is part of the work."""
        path = self.sandbox.long_clip("中断.mp4", LONG)
        with BrokenLine(self.port, hold_after=BREAK) as line:
            variables = {"CLIPCHECK_URL": line.address, "CLIPCHECK_KEY": self.key}
            killed = subprocess.Popen(
                self.command(path), cwd=self.sandbox.folder, env={**self.sandbox.environment, **variables}, stderr=subprocess.PIPE)
            if not line.held.wait(PATIENCE):
                raise CheckFailed("portal.py sent no 10 MiB")
            killed.kill()
            killed.communicate()
        with BrokenLine(self.port, listen=line.port) as line:
            resumed = self.run(path, address=line.address)
            expect(resumed.returncode, 0, f"portal.py after SIGKILL: {resumed.stderr}")
            expect_resumed(line.sent, LONG - (8 << 20))
        expect_entry(self.service, self.key, resumed.stdout.split()[0], path)


def portal(sandbox: Sandbox, service: str, key: str) -> None:
    tried = Portal(sandbox, service, key)
    tried.verdicts()
    tried.resumes()
    tried.survives_kill()


def expect_resumed(sent: int, size: int) -> None:
    """At most 4 MiB, one piece, and 1 MiB of headers were sent twice."""
    if not size - (4 << 20) <= sent <= size + (5 << 20):
        raise CheckFailed(f"{sent} bytes were sent for {size} bytes of a file")


def expect_entry(service: str, key: str, entry: str, path: Path) -> None:
    """The entry holds the very bytes of the file."""
    answer = requests.get(f"{service}/v1/entries/{entry}", headers={"Authorization": f"Bearer {key}"}, timeout=60)
    expect(answer.json()["media"]["sha256"], hashlib.sha256(path.read_bytes()).hexdigest(), f"digest of {path.name}")
