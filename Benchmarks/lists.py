#!/usr/bin/env python3
"""Prints how the service answers lists and single entries of a full data folder, each figure beside its limit. Exit code 1
when a figure is over its limit.

usage: lists.py CLIPCHECK [ENTRIES [SECONDS]]

wrk asks for SECONDS (60) on 16 connections, one request in two for a page of 50 entries and the others for one entry each,
all over a data folder of ENTRIES (100000). Memory is the resident memory of the service; its growth is counted from the
tenth second.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from cpu import line, over
from service import fill, memory, start, stop

CLIPCHECK = sys.argv[1]
ENTRIES, SECONDS = (int(sys.argv[n]) if len(sys.argv) > n else d for n, d in ((2, 100_000), (3, 60)))
WARM_UP = 10

REQUESTS = """
local turn = 0
request = function()
    turn = turn + 1
    if turn % 2 == 0 then return wrk.format("GET", "/v1/entries?limit=50") end
    return wrk.format("GET", string.format("/v1/entries/%08x-0000-4000-8000-000000000000", math.random(1, ENTRIES)))
end
"""


def load(folder, port, service):
    """What wrk prints, and the memory of the service after the warm-up and at the end."""
    script = os.path.join(folder, "requests.lua")
    with open(script, "w", encoding="utf-8") as file:
        file.write(REQUESTS.replace("ENTRIES", str(ENTRIES)))
    wrk = subprocess.Popen(
        ["wrk", "-t", "1", "-c", "16", "-d", f"{SECONDS}s", "--timeout", "10s", "--latency", "-s", script,
         f"http://127.0.0.1:{port}"], stdout=subprocess.PIPE, text=True)
    time.sleep(WARM_UP)
    warm = memory(service)
    printed, _ = wrk.communicate()
    return printed, warm, memory(service)


def errors(printed):
    """Number of answers that were no success, and of connections that broke."""
    numbers = re.findall(r"Non-2xx or 3xx responses: (\d+)", printed)
    for broken in re.findall(r"Socket errors: (.*)", printed):
        numbers += re.findall(r"\d+", broken)
    return sum(map(int, numbers))


def main():
    if not shutil.which("wrk"):
        print("没有 wrk，跳过列表的测量 · wrk is not installed: lists are not measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        service, _, _ = start(CLIPCHECK, folder)
        stop(service)
        fill(os.path.join(folder, "data"), ENTRIES)
        service, port, _ = start(CLIPCHECK, folder)
        printed, warm, last = load(folder, port, service)
        stop(service)
    requests = int(re.search(r"(\d+) requests in", printed)[1])
    slow = re.search(r"99%\s+(\S+)", printed)[1]
    line("lists, errors", errors(printed), 0, "", f"of {requests} requests in {SECONDS} s; 99 % within {slow}")
    line("lists, memory grown", last - warm, 16, "MiB", f"{warm:.0f} MiB after {WARM_UP} s, {last:.0f} MiB at the end")
    return 1 if over() else 0


sys.exit(main())
