#!/usr/bin/env python3
"""Usage: .venv/bin/python Tests/Examples/operations.py CLIPCHECK

Runs the commands of docs/OPERATIONS.md. The `sh` blocks run in their order, in one bash with `set -euo pipefail`, in a sandbox
whose variables CLIPCHECK_DATA, CLIPCHECK_PORT and BACKUP are the only thing that differs from the manual; what they print is
compared with PRINTED. `bash` blocks, and commands in the text that need root, Docker or systemd, are checked: syntax, targets of
the Makefile, and that the rehearsal of package or container carries them out (rehearsed.py). Options that the text names must be
known to the program. Exit code 1: a command failed or is not carried out anywhere.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hooks import free_port
from manual import COMMANDS, KINDS, Block, Manual
from rehearsed import REHEARSED
from sandbox import PATIENCE, ROOT, CheckFailed, Sandbox, expect

MANUAL = ROOT / "docs/OPERATIONS.md"

# What the blocks of a section must print, besides ending without a failure.
PRINTED = {
    "安装 Install": ["isolation: ", '"standing":"accepted"', '"verdict":"compliant"'],
    "密钥 Keys": [r"submit  xian-2024  .*  门户\n", "已吊销"],
    "备份和恢复 Backup and restore": ["已备份到 .*clipcheck-.*sqlite", "数据完好", '"title":"试用"'],
    "升级和退回 Upgrade and way back": ["^clipcheck [0-9]", "数据库已是最新", "数据完好"],
    "容量：数值 Capacity: figures": ["clipcheck_free_disk_bytes [0-9]{6}", "clipcheck_open_uploads 0"],
    "出了问题 When something is wrong": ["数据完好", "xian-2024"],
}

OTHERS = {"--profile"}  # options of Docker Compose


def script(blocks: list[Block]) -> str:
    """One bash program of the runnable blocks; a line of its own names each block before it begins."""
    parts = ["set -euo pipefail", "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"]
    for number, block in enumerate(blocks):
        parts += [f"printf '\\n==> block {number} <==\\n'", block.text]
    return "\n".join(parts)


def run_blocks(manual: Manual, binary: str) -> None:
    blocks = manual.of("sh")
    with tempfile.TemporaryDirectory(prefix="clipcheck-operations-", ignore_cleanup_errors=True) as folder:
        sandbox = Sandbox(folder, binary)
        (sandbox.folder / "TestMedia").symlink_to(ROOT / "TestMedia")
        environment = {
            **sandbox.environment, "CLIPCHECK_DATA": str(sandbox.data), "CLIPCHECK_PORT": str(free_port()),
            "BACKUP": f"{folder}/backup"}
        start = time.monotonic()
        output = sandbox.folder / "output"
        with output.open("wb") as file:
            running = subprocess.Popen(
                ["bash", "-c", script(blocks)], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.STDOUT, start_new_session=True)
            try:
                code = running.wait(2 * PATIENCE)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)
        expect_output(blocks, output.read_text(errors="replace"), code)
        print(f"✔ {len(blocks)} 个代码块已运行 blocks were run ({time.monotonic() - start:.1f} s)")


def expect_output(blocks: list[Block], output: str, code: int | None) -> None:
    """The program ended with 0 and every section printed what it should."""
    printed = re.split(r"\n?==> block \d+ <==\n", output)[1:]
    if code != 0:
        block = blocks[len(printed) - 1]
        state = "没有结束 did not end" if code is None else f"以 {code} 结束 ended with {code}"
        raise CheckFailed(f"{MANUAL.name}:{block.line} “{block.heading}” {state}:\n{block.text}\n{printed[-1][-2500:]}")
    for heading, patterns in PRINTED.items():
        text = "\n".join(part for block, part in zip(blocks, printed, strict=True) if block.heading == heading)
        for pattern in patterns:
            if not re.search(pattern, text, re.MULTILINE):
                raise CheckFailed(f"“{heading}” prints nothing like {pattern!r}: {text[-2500:]}")


def check_rehearsed(manual: Manual) -> None:
    """Every command that needs root, Docker or systemd is written correctly and carried out by a rehearsal."""
    commands = [word for word in manual.quoted if not word.startswith(("clipcheck ", "curl "))]
    for block in manual.of("bash"):
        done = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True, check=False)
        expect(done.returncode, 0, f"{MANUAL.name}:{block.line}: {done.stderr}")
        commands += block.commands()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    absent = set()
    for command in commands:
        if match := re.fullmatch(r"(?:sudo )?make ([a-z-]+)(?: [A-Z]+=.*)?", command):
            if match[1] not in targets:
                absent.add(f"make {match[1]}")
            continue
        found = [(path, pattern) for form, path, pattern in REHEARSED if re.fullmatch(form, command)]
        if not found:
            raise CheckFailed(f"no rehearsal carries this out: {command!r}; see REHEARSED")
        path, pattern = found[0]
        if not (ROOT / path).exists():
            absent.add(path)
        elif not re.search(pattern, (ROOT / path).read_text(), re.MULTILINE):
            raise CheckFailed(f"{path} does not do what the manual says: {command!r} ({pattern})")
    if not (ROOT / "docker").exists():
        print("– docker/, make deb: 跳过，没有 left out, this tree has none")
    elif absent:
        raise CheckFailed(f"the manual needs what is not there: {', '.join(sorted(absent))}")
    else:
        print(f"✔ {len(commands)} 条命令与试运行脚本一致 commands agree with the rehearsals")


def helps(sandbox: Sandbox, *command: str) -> str:
    """The help of a command and of every subcommand below it."""
    text = sandbox.run("clipcheck", *command, "--help").stdout
    below = re.findall(r"^  ([a-z-]+)  ", text.partition("SUBCOMMANDS:")[2], re.MULTILINE)
    return text + "".join(helps(sandbox, *command, name) for name in below)


def check_options(manual: Manual, sandbox: Sandbox) -> None:
    """Subcommands and options that the manual names are known to the program."""
    texts = [*manual.quoted, *re.findall(r"`(--[a-z-]+)", MANUAL.read_text())]
    known = helps(sandbox)
    named = {option for text in texts if not text.startswith(("docker ", "sudo ")) for option in re.findall(r"--[a-z-]+", text)}
    own = {option for option in named - OTHERS if not re.search(rf"{option}\b", known)}
    commands = {text.split()[1] for text in manual.quoted if text.startswith("clipcheck ")}
    commands = {name for name in commands if re.fullmatch("[a-z-]+", name) and not sandbox.has_command(name)}
    if own or commands:
        raise CheckFailed(f"the program does not know {sorted(own | commands)}")
    print(f"✔ {len(named)} 个参数程序都有 options are known to the program")


def check_nginx(manual: Manual) -> None:
    """nginx accepts the server block, where nginx and openssl are installed."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        print("– nginx: 跳过，没有安装 left out, not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost"]
        subprocess.run([*make, "-keyout", "key.pem", "-out", "chain.pem"], cwd=folder, check=True, capture_output=True)
        servers = "".join(block.text for block in manual.of("nginx")).replace("/etc/nginx/clipcheck", folder)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds) + f" access_log {folder}/log;"
        (Path(folder) / "nginx.conf").write_text(f"pid {folder}/pid; error_log stderr; events {{}} http {{ {places} {servers} }}")
        done = subprocess.run(
            ["nginx", "-t", "-p", folder, "-c", f"{folder}/nginx.conf"], capture_output=True, text=True, check=False)
        expect(done.returncode, 0, f"nginx -t: {done.stderr}")
        print("✔ nginx -t")


def check_kinds(manual: Manual) -> None:
    """No command hides in a block that is neither run nor checked."""
    for block in manual.blocks:
        expect(block.kind in KINDS, True, f"{MANUAL.name}:{block.line}: kind {block.kind!r} of a block")
        hidden = [line for line in block.text.splitlines() if line.startswith(COMMANDS)]
        if hidden and block.kind not in ("sh", "bash"):
            raise CheckFailed(f"{MANUAL.name}:{block.line}: nothing runs {hidden[0]!r}")


def main() -> int:
    manual, failed = Manual(MANUAL), False
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(folder, sys.argv[1])
        for check in (
            lambda: check_kinds(manual), lambda: check_options(manual, sandbox), lambda: check_rehearsed(manual),
            lambda: check_nginx(manual), lambda: run_blocks(manual, sys.argv[1]),
        ):
            try:
                check()
            except CheckFailed as failure:
                print(f"✘ {failure}")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
