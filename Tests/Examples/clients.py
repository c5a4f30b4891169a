"""portal.py and page/: both upload to a live service, and go on after a line that broke or a program that was killed."""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import requests
from broken_line import BrokenLine
from browser import Browser
from sandbox import EXAMPLES, PATIENCE, CheckFailed, Sandbox, expect, expect_part

LONG = 24 << 20  # bytes
BREAK = 10 << 20  # bytes that pass before the line breaks: in the middle of the third piece of 4 MiB


def portal(sandbox: Sandbox, service: str, key: str) -> None:
    """Accepted, rejected with the notice's words, refused, resumed by itself, and resumed after SIGKILL."""
    def run(path: Path, contest: str = "demo", address: str = service) -> subprocess.CompletedProcess[str]:
        return sandbox.run(*command(path, contest), CLIPCHECK_URL=address, CLIPCHECK_KEY=key)

    def command(path: Path, contest: str = "demo") -> list[str]:
        return [sys.executable, str(EXAMPLES / "portal.py"), str(path), f"contest={contest}", "title=试用"]

    accepted = run(sandbox.clip("short.mp4", "short.mp4"))
    expect(accepted.returncode, 0, f"portal.py, compliant: {accepted.stderr}")
    expect_part(" accepted（视频 video: compliant）", accepted.stdout, "portal.py, compliant")
    rejected = run(sandbox.clip("truncated.mp4", "truncated.mp4"))
    expect(rejected.returncode, 1, f"portal.py, truncated: {rejected.stderr}")
    expect_part("- 通知 notice “文件完整、未被截断”：", rejected.stdout, "portal.py, truncated")
    refused = run(sandbox.folder / "short.mp4", contest="no-such")
    expect(refused.returncode, 3, "portal.py, unknown contest")
    expect_part("没有编号为“no-such”的竞赛", refused.stderr, "portal.py, unknown contest")

    port = int(service.rpartition(":")[2])
    path = sandbox.long_clip("断线.mp4", LONG)
    with BrokenLine(port, cut_after=BREAK) as line:
        resumed = run(path, address=line.address)
        expect(resumed.returncode, 0, f"portal.py on a line that breaks: {resumed.stderr}")
        expect((line.cuts, "断线，1 秒后继续" in resumed.stderr), (1, True), "the line broke once, and portal.py says so")
        expect_resumed(line.sent, LONG)
    expect_entry(service, key, resumed.stdout.split()[0], path)

    path = sandbox.long_clip("中断.mp4", LONG)
    with BrokenLine(port, hold_after=BREAK) as line:
        environment = {**sandbox.environment, "CLIPCHECK_URL": service, "CLIPCHECK_KEY": key}
        killed = subprocess.Popen(
            command(path), cwd=sandbox.folder, env={**environment, "CLIPCHECK_URL": line.address}, stderr=subprocess.PIPE)
        if not line.held.wait(PATIENCE):
            raise CheckFailed("portal.py sent no 10 MiB")
        killed.kill()
        killed.communicate()
        line_port = int(line.address.rpartition(":")[2])
    with BrokenLine(port, listen=line_port) as line:
        resumed = run(path, address=line.address)
        expect(resumed.returncode, 0, f"portal.py after SIGKILL: {resumed.stderr}")
        expect_resumed(line.sent, LONG - (8 << 20))
    expect_entry(service, key, resumed.stdout.split()[0], path)


def expect_resumed(sent: int, size: int) -> None:
    """At most 4 MiB, one piece, and 1 MiB of headers were sent twice."""
    if not size - (4 << 20) <= sent <= size + (5 << 20):
        raise CheckFailed(f"{sent} bytes were sent for {size} bytes of a file")


def expect_entry(service: str, key: str, entry: str, path: Path) -> None:
    """The entry holds the very bytes of the file."""
    answer = requests.get(f"{service}/v1/entries/{entry}", headers={"Authorization": f"Bearer {key}"}, timeout=60)
    expect(answer.json()["media"]["sha256"], hashlib.sha256(path.read_bytes()).hexdigest(), f"digest of {path.name}")


class PageServer(http.server.ThreadingHTTPServer):
    """Serves examples/page; the address of the service in it is `service`."""

    service = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(PageHandler, directory=str(EXAMPLES / "page")))
        self.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class PageHandler(http.server.SimpleHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        if self.path != "/":
            return super().do_GET()
        text = (EXAMPLES / "page/index.html").read_text()
        page = re.sub('data-service="[^"]*"', f'data-service="{self.server.service}"', text, count=1).encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


def page(sandbox: Sandbox, service: str, key: str, pages: PageServer) -> None:
    """A file that is chosen, one that is dropped, a line that breaks, and a page that is opened again."""
    with Browser(sandbox.folder / "profile") as browser:
        def fill() -> None:
            browser.open(pages.address + "/")
            browser.evaluate(f"document.forms[0].title.value = '试用'; document.getElementById('key').value = '{key}'; 0")

        def expect_state(state: str) -> None:
            browser.wait(f"document.getElementById('state').textContent.includes('{state}')")

        pages.service = service
        fill()
        browser.choose("#file", sandbox.clip("short.mp4", "short.mp4"))
        expect_state("accepted · 视频 video: compliant")
        expect(browser.evaluate("document.querySelectorAll('#findings li.pass').length"), 6, "findings of a compliant clip")
        browser.drop("#drop", sandbox.clip("truncated.mp4", "truncated.mp4"))
        expect_state("rejected · 视频 video: non-compliant")
        expect_part("“文件完整、未被截断”：", browser.evaluate("document.querySelector('li.fail').textContent"), "page, truncated")
        if picture := os.environ.get("CLIPCHECK_SCREENSHOT"):
            browser.picture(picture)

        port = int(service.rpartition(":")[2])
        with BrokenLine(port, cut_after=BREAK) as line:
            pages.service = line.address
            fill()
            browser.choose("#file", sandbox.long_clip("断线网页.mp4", LONG))
            expect_state("accepted")
            expect(line.cuts, 1, "the line broke once")
            expect_resumed(line.sent, LONG)

        path = sandbox.long_clip("关闭网页.mp4", LONG)
        with BrokenLine(port, hold_after=BREAK) as line:
            pages.service = line.address
            line_port = int(line.address.rpartition(":")[2])
            fill()
            browser.choose("#file", path)
            if not line.held.wait(PATIENCE):
                raise CheckFailed("the page sent no 10 MiB")
            browser.open("about:blank")
        with BrokenLine(port, listen=line_port) as line:
            fill()
            browser.choose("#file", path)
            expect_state("accepted")
            expect_resumed(line.sent, LONG - (8 << 20))
