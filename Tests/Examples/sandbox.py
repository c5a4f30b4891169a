"""A folder of its own for one run of the examples: home, program on PATH, clips, keys."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
CLIPS = ROOT / "TestMedia"
PATIENCE = 120  # seconds that a program or a page may take on a busy machine


class CheckFailed(Exception):
    """An example did not do what it says."""


def expect(actual: object, wanted: object, what: str) -> None:
    if actual != wanted:
        raise CheckFailed(f"{what}: {actual!r}, expected {wanted!r}")


def expect_part(part: str, text: str, what: str) -> None:
    if part not in text:
        raise CheckFailed(f"{what}: no {part!r} in {text[-1500:]!r}")


class Sandbox:
    """A temporary folder; programs that run in it see `clipcheck` on PATH and a home that is empty at first."""

    def __init__(self, folder: str, binary: str) -> None:
        self.folder = Path(folder)
        self.data = self.folder / "data"
        (self.folder / "bin").mkdir()
        (self.folder / "home").mkdir()
        (self.folder / "bin/clipcheck").symlink_to(Path(binary).resolve())
        kept = {name: os.environ[name] for name in ("TMPDIR",) if name in os.environ}
        self.environment = {
            **kept, "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "HOME": f"{self.folder}/home",
            "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}

    def run(self, *command: str, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a program to its end; its output is text. `variables` join the environment."""
        return subprocess.run(
            command, cwd=cwd or self.folder, env={**self.environment, **variables}, capture_output=True, text=True,
            timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)

    def key(self, *scopes: str) -> str:
        """Makes an API key for the service of this sandbox."""
        options = [word for scope in scopes for word in ("--scope", scope)]
        made = self.run("clipcheck", "keys", "create", "test", *options, "--data", str(self.data))
        expect(made.returncode, 0, f"keys create: {made.stderr}")
        return made.stdout.strip()

    def has_command(self, name: str) -> bool:
        """Whether the program knows the subcommand; older releases lack some."""
        listed = self.run("clipcheck", "--help").stdout
        return re.search(rf"^  {name} ", listed, re.MULTILINE) is not None

    def clip(self, name: str, place: str) -> Path:
        """Copies a clip of TestMedia to `place` below the folder."""
        target = self.folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CLIPS / name, target)
        return target

    def long_clip(self, place: str, size: int) -> Path:
        """作品.mp4 with a box `free` at its end (ISO/IEC 14496-12, 8.1.2): `size` bytes in all, and still compliant."""
        target = self.clip("作品.mp4", place)
        padding = size - target.stat().st_size
        with target.open("ab") as file:
            file.write(padding.to_bytes(4, "big") + b"free" + os.urandom(padding - 8))
        return target
