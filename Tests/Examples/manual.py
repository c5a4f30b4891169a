"""docs/OPERATIONS.md as a list of code blocks and of commands in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# Kinds of blocks: `sh` is run, `bash` and `nginx` are checked, the others hold settings, samples and programs.
KINDS = {"sh", "bash", "nginx", "ini", "console", "json", "yaml", "python", ""}
COMMANDS = ("clipcheck ", "sudo ", "docker ", "make ", "systemctl ", "curl ", "journalctl ")


@dataclass
class Block:
    """A fenced block: its kind, its text, the line of its first line in the file, and the heading that it stands under."""

    kind: str
    text: str
    line: int
    heading: str

    def commands(self) -> list[str]:
        """The single commands of a block, without comments; `&&` separates two."""
        lines = [re.sub(r"\s+#.*|^#.*", "", line).strip() for line in self.text.splitlines()]
        return [part.strip() for line in lines for part in line.split("&&") if part.strip()]


class Manual:
    """The blocks of a Markdown file, in their order, and the commands that stand in backticks."""

    def __init__(self, path: Path) -> None:
        self.blocks: list[Block] = []
        self.quoted: list[str] = []
        heading, block = "", None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith("```"):
                if block:
                    self.blocks.append(block)
                block = None if block else Block(line[3:].strip(), "", number + 1, heading)
            elif block:
                block.text += line + "\n"
            else:
                heading = line.lstrip("# ") if line.startswith("#") else heading
                self.quoted += [part for part in re.findall("`([^`]+)`", line) if part.startswith(COMMANDS)]

    def of(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]
