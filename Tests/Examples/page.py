"""page/ in Chromium: uploads to a live service, and goes on after a line that broke or a page that was closed."""

from __future__ import annotations

import functools
import http.server
import os
import re
import threading

from broken_line import BrokenLine
from browser import Browser
from portal import BREAK, LONG, expect_resumed
from sandbox import EXAMPLES, PATIENCE, CheckFailed, Sandbox, expect, expect_part


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


class Page:
    """examples/page in a browser, against one service, with one key."""

    def __init__(self, sandbox: Sandbox, service: str, key: str, pages: PageServer, browser: Browser) -> None:
        self.sandbox, self.service, self.key, self.pages, self.browser = sandbox, service, key, pages, browser
        self.port = int(service.rpartition(":")[2])

    def open(self, service: str) -> None:
        """Opens the page for the service and fills in the form."""
        self.pages.service = service
        self.browser.open(self.pages.address + "/")
        self.browser.evaluate(f"document.forms[0].title.value = '试用'; document.getElementById('key').value = '{self.key}'; 0")

    def expect_state(self, state: str) -> None:
        self.browser.wait(f"document.getElementById('state').textContent.includes('{state}')")

    def verdicts(self) -> None:
        """A file that is chosen is accepted; one that is dropped is rejected in the notice's words."""
        self.open(self.service)
        self.browser.choose("#file", self.sandbox.clip("short.mp4", "short.mp4"))
        self.expect_state("已接受 accepted · 视频 video: compliant")
        passed = self.browser.evaluate("document.querySelectorAll('#findings li.pass').length")
        expect(passed, 6, "findings of a compliant clip")
        self.browser.drop("#drop", self.sandbox.clip("truncated.mp4", "truncated.mp4"))
        self.expect_state("未通过 rejected · 视频 video: non-compliant")
        failed = self.browser.evaluate("document.querySelector('li.fail').textContent")
        expect_part("“文件完整、未被截断”：", failed, "page, truncated")
        if picture := os.environ.get("CLIPCHECK_SCREENSHOT"):
            self.browser.picture(picture)

    def resumes(self) -> None:
        """The line breaks once, and the page goes on."""
        with BrokenLine(self.port, cut_after=BREAK) as line:
            self.open(line.address)
            self.browser.choose("#file", self.sandbox.long_clip("断线网页.mp4", LONG))
            self.expect_state("accepted")
            expect(line.cuts, 1, "the line broke once")
            expect_resumed(line.sent, LONG)

    def survives_closing(self) -> None:
        """The page is closed in the middle; opened again with the same file, it sends what is left."""
        path = self.sandbox.long_clip("关闭网页.mp4", LONG)
        with BrokenLine(self.port, hold_after=BREAK) as line:
            self.open(line.address)
            self.browser.choose("#file", path)
            if not line.held.wait(PATIENCE):
                raise CheckFailed("the page sent no 10 MiB")
            self.browser.open("about:blank")
        with BrokenLine(self.port, listen=line.port) as line:
            self.open(line.address)
            self.browser.choose("#file", path)
            self.expect_state("accepted")
            expect_resumed(line.sent, LONG - (8 << 20))


def page(sandbox: Sandbox, service: str, key: str, pages: PageServer) -> None:
    with Browser(sandbox.folder / "profile") as browser:
        tried = Page(sandbox, service, key, pages, browser)
        tried.verdicts()
        tried.resumes()
        tried.survives_closing()
