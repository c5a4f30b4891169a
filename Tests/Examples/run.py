#!/usr/bin/env python3
"""Usage: .venv/bin/python Tests/Examples/run.py CLIPCHECK [NAME…]

Runs the files of examples/ against a live service on 127.0.0.1, on an empty folder with keys of its own, and sends webhooks to
https receivers (trust.py). NAMEs choose some of the examples. Exit code 0: each did what it says, or was left out with the reason
on its line; 1: one did not.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "EntryServerTests/python"))

import batches  # noqa: E402
import hooks  # noqa: E402
import page as web  # noqa: E402
import portal as backend  # noqa: E402
import trust  # noqa: E402
from browser import Browser  # noqa: E402
from sandbox import EXAMPLES, CheckFailed, Sandbox, expect  # noqa: E402
from service import RunningService  # noqa: E402

MOST_LINES = 59


class LeftOut(Exception):
    """The example cannot be tried here; the message says why."""


def lengths(_: Sandbox) -> None:
    """Each example has fewer than 60 lines, none of them with a key, and stands in the table of README.md."""
    table = (EXAMPLES / "README.md").read_text()
    for path in sorted(EXAMPLES.rglob("*")):
        if path.is_dir() or path.name == "README.md":
            continue
        text = path.read_text()
        expect(len(text.splitlines()) <= MOST_LINES, True, f"{path.name} has at most {MOST_LINES} lines")
        expect(path.name in table or f"({path.parent.name})" in table, True, f"{path.name} stands in README.md")
        expect(re.search("(cc|whsec)_[0-9A-Za-z+/]", text), None, f"keys in {path.name}")


def checks(service: RunningService, pages: web.PageServer) -> dict[str, Callable[[Sandbox], None]]:
    """Every example by name."""
    def portal(sandbox: Sandbox) -> None:
        backend.portal(sandbox, service.address, sandbox.key("submit"))

    def page(sandbox: Sandbox) -> None:
        if not Browser.program():
            raise LeftOut("没有 no chromium: apt-get install chromium")
        web.page(sandbox, service.address, sandbox.key("submit"), pages)

    def delivery(sandbox: Sandbox) -> None:
        if not sandbox.has_command("webhooks"):
            raise LeftOut("程序没有 the program has no command webhooks")
        hooks.delivery(sandbox, service.address, sandbox.key("submit"))

    def https(sandbox: Sandbox) -> None:
        if not sandbox.has_command("webhooks"):
            raise LeftOut("程序没有 the program has no command webhooks")
        folder = sandbox.folder / "https"
        folder.mkdir()
        namespace = trust.Namespace(folder)
        if obstacle := namespace.obstacle():
            raise LeftOut(obstacle)
        trust.https(Sandbox(str(folder), str(sandbox.folder / "bin/clipcheck")), namespace)

    def verify(sandbox: Sandbox) -> None:
        if not sandbox.has_command("verify"):
            raise LeftOut("程序没有 the program has no command verify")
        hooks.verify(sandbox, service.address, sandbox.key("submit"), sandbox.key("read"))

    return {
        "README.md": lengths, "portal.py": portal, "page": page, "folder.sh": batches.folder,
        "github-workflow.yml": batches.workflow, "receiver.py": hooks.receiver, "receiver.py+webhooks": delivery,
        "webhooks+https": https, "verify.sh": verify}


def run(name: str, check: Callable[[Sandbox], None], sandbox: Sandbox) -> bool:
    """Prints one line; false where the example failed."""
    start = time.monotonic()
    try:
        check(sandbox)
    except LeftOut as reason:
        print(f"– {name}: 跳过 left out: {reason}", flush=True)
        return True
    except CheckFailed as failure:
        print(f"✘ {name}: {failure}", flush=True)
        return False
    except Exception:
        print(f"✘ {name}: {traceback.format_exc()}", flush=True)
        return False
    print(f"✔ {name} ({time.monotonic() - start:.1f} s)", flush=True)
    return True


def main() -> int:
    binary, chosen = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory(prefix="clipcheck-examples-", ignore_cleanup_errors=True) as folder:
        sandbox = Sandbox(folder, binary)
        sandbox.key("admin")  # a service without any key would let everybody in
        pages = web.PageServer()
        with RunningService(binary, str(sandbox.data), "--allow-origin", pages.address) as service:
            every = checks(service, pages)
            if unknown := [name for name in chosen if name not in every]:
                print(f"no such example: {unknown}; there are {list(every)}")
                return 64
            results = [run(name, check, sandbox) for name, check in every.items() if not chosen or name in chosen]
            if not service.is_running():
                print(f"✘ the service ended: {service.printed()[-2000:]}")
                return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
