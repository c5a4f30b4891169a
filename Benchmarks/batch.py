#!/usr/bin/env python3
"""Prints what a run over a folder costs beside the tools that people would script instead, each as a ratio of CPU time
measured in one run; medians where a tool runs more than once. Exit code 1 when a figure is over its limit.

usage: batch.py CLIPCHECK INPUTS [FILES]
INPUTS is the folder of make-inputs.sh; FILES (1000) is how many files the comparison has, as links to the inputs.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from cpu import cpu, line, over

CLIPCHECK, INPUTS = sys.argv[1], sys.argv[2]
FILES = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
TURNS = 5
CLIP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "TestMedia", "作品.mp4")

# What comes in: mostly mp4, now and then everything else; two in fourteen are small.
MIXTURE = ["bench.mp4"] * 6 + ["bench-12mb.mp4"] * 2 + [
    "bench.mov", "bench.mkv", "bench.avi", "bench-fragmented.mp4", "bench.ts", "bench.mpg",
]

HEADER_RULES = """schema: clipcheck.contest/1
id: header
revision: 1
name: {zh: 只看文件头, en: Header only}
source: {document: 测量, issued: 2024-01-01}
rules:
  - {id: readable, kind: readable, level: required, clause: 能够打开}
  - {id: aspect-ratio, kind: aspect-ratio, level: required, clause: "16:9", allowed: ["16:9"], tolerance: 0.5%}
  - {id: resolution, kind: resolution, level: required, clause: 1080p, min: 1920x1080}
  - {id: container, kind: container, level: required, clause: mp4, allowed: [mp4, mov, matroska, avi], others: review}
"""


def links(folder, sources, count):
    os.makedirs(folder)
    names = []
    for index in range(count):
        source = sources[index % len(sources)]
        name = os.path.join(folder, f"{index:05d}{os.path.splitext(source)[1]}")
        try:
            os.link(source, name)
        except OSError:
            shutil.copy(source, name)
        names.append(name)
    return names


def check(folder, contest, *options):
    """Header and packets only: content.py measures what decoding costs."""
    command = [CLIPCHECK, "check", folder, "--contest", contest, "--depth", "quick", "--jobs", "2"]
    return cpu([*command, "--format", "ndjson", "--quiet", *options])


def each(command, names):
    return sum(cpu([*command, name])[0] for name in names)


def compare(work):
    contest = os.path.join(work, "header.yaml")
    with open(contest, "w", encoding="utf-8") as file:
        file.write(HEADER_RULES)
    sources = [os.path.join(INPUTS, name) for name in MIXTURE]
    names = links(os.path.join(work, "mixture"), sources, FILES)
    folder = os.path.dirname(names[0])
    ours = lambda contest: statistics.median(check(folder, contest, "--no-digest")[0] for _ in range(3))
    header, walk = ours(contest), ours("xinhua-credit-cup-2019")
    ffprobe = each(["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json"], names)
    mediainfo = each(["mediainfo", "--Output=JSON"], names)
    ms = lambda seconds: f"{seconds / FILES * 1000:.1f} ms"
    told = f"a file: header {ms(header)}, walk {ms(walk)}, ffprobe {ms(ffprobe)}, mediainfo {ms(mediainfo)}"
    line("header facts / ffprobe", header / ffprobe, 1 / 12, "", told)
    line("header facts / mediainfo", header / mediainfo, 1 / 2, "", f"{FILES} files")
    line("packet walk / ffprobe", walk / ffprobe, 1 / 3, "", f"{FILES} files")


def digest(work):
    sources = [os.path.join(INPUTS, f"bench.{end}") for end in ("mp4", "mov", "mkv", "avi")]
    folder = os.path.join(work, "digest")
    names = links(folder, sources, 8)
    ratios = []
    for _ in range(TURNS):
        with_digest = check(folder, os.path.join(work, "header.yaml"))[0]
        without = check(folder, os.path.join(work, "header.yaml"), "--no-digest")[0]
        ratios.append((with_digest - without) / cpu(["sha256sum", *names])[0])
    line("SHA-256 / sha256sum", statistics.median(ratios), 1.1, "", f"{TURNS} turns of 8 files of 110 MB")


def many(work):
    small, large = os.path.join(work, "n100"), os.path.join(work, "n10000")
    links(small, [CLIP], 100)
    links(large, [CLIP], 10_000)
    few, lots = check(small, "xian-2024"), check(large, "xian-2024")
    line("memory, 10,000 less 100 files", lots[2] - few[2], 24, "MiB", f"peak {few[2]:.0f} and {lots[2]:.0f} MiB")
    page, book = os.path.join(work, "a.html"), os.path.join(work, "a.xlsx")
    written = check(large, "xian-2024", "--format", "html", "--output", page, "--format", "xlsx", "--output", book)
    sizes = f"{os.path.getsize(page) / 1e6:.1f} and {os.path.getsize(book) / 1e6:.1f} MB, peak {written[2]:.0f} MiB"
    line("html and xlsx of 10,000 files, CPU", written[0] - lots[0], 30, "s", sizes)
    line("html and xlsx of 10,000 files, wall", written[1] - lots[1], 30, "s", f"check alone {lots[1]:.0f} s")


with tempfile.TemporaryDirectory(dir=INPUTS) as work:
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    compare(work)
    digest(work)
    many(work)
sys.exit(1 if over() else 0)
