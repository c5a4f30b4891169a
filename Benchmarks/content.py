#!/usr/bin/env python3
"""Prints what looking at the picture costs beside a scan in C and beside ffmpeg's own filters, each as a ratio of CPU time
measured in one run, medians; and a worker's peak memory above one that decodes nothing. Exit code 1 when a figure is over
its limit.

usage: content.py CLIPCHECK SCAN CLIP_GOP_250 CLIP_GOP_50 CLIP_4K [TURNS]
SCAN is a C program called as `SCAN full CLIP 1 quiet` that decodes everything and measures light, crop and loudness.
"""
import json
import statistics
import subprocess
import sys

from cpu import cpu, line, over, worker_memory

CLIPCHECK, SCAN, LONG, SHORT, LARGE = sys.argv[1:6]
TURNS = int(sys.argv[6]) if len(sys.argv) > 6 else 3
FILTERS = ["-vf", "blackdetect,freezedetect,cropdetect", "-af", "silencedetect,ebur128"]


def median(command):
    return statistics.median(cpu(command)[0] for _ in range(TURNS))


def look(depth, clip):
    return median([CLIPCHECK, "probe", "--depth", depth, clip])


for name, clip, share in (("GOP 250", LONG, 1 / 4), ("GOP 50", SHORT, 1 / 5)):
    ffmpeg = median(["ffmpeg", "-nostdin", "-v", "error", "-i", clip, *FILTERS, "-f", "null", "-"])
    scan = median([SCAN, "full", clip, "1", "quiet"])
    full, standard = look("full", clip), look("standard", clip)
    told = f"full {full:.1f} s, standard {standard:.1f} s, scan {scan:.1f} s, ffmpeg {ffmpeg:.1f} s"
    line(f"full / C scan, {name}", full / scan, 1.1, "", told)
    line(f"full / ffmpeg's filters, {name}", full / ffmpeg, 1, "", "")
    line(f"standard / ffmpeg's filters, {name}", standard / ffmpeg, share, "", "")

idle = max(worker_memory([CLIPCHECK, "probe", *[clip] * 20]) for clip in (LONG, LARGE))
for name, clip, most in (("1080p", LONG, 40), ("4K", LARGE, 120)):
    peak = worker_memory([CLIPCHECK, "probe", "--depth", "full", clip])
    line(f"memory above idle, {name}", peak - idle, most, "MiB", f"{peak:.0f} MiB, idle {idle:.0f} MiB")
sys.exit(1 if over() else 0)
