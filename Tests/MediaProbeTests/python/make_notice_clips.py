#!/usr/bin/env python3
"""Makes the clips that the table of notices names.

Usage: make_notice_clips.py FOLDER TABLE

TABLE is verdicts.json; its `clips` hold a file name and ffmpeg's arguments for each. Writes made.txt last. A clip that is
there already is kept.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FFMPEG_PROCESSES = 2


def make(folder, recipe):
    target = folder / recipe["file"]
    if target.exists():
        return
    # ffmpeg chooses the format by the extension, so the unfinished file keeps it.
    unfinished = folder / ("unfinished-" + recipe["file"])
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *recipe["args"].split(), str(unfinished)], check=True)
    unfinished.rename(target)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    recipes = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))["clips"].values()
    with ThreadPoolExecutor(FFMPEG_PROCESSES) as pool:
        list(pool.map(lambda recipe: make(folder, recipe), recipes))
    (folder / "made.txt").write_text("\n".join(sorted(recipe["file"] for recipe in recipes)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
