#!/usr/bin/env python3
"""Prints what a check by upload costs: processor time of the service and its children for one request, medians over
interleaved rounds, as ratios to a server in C that does the same without defences, and to a service of FastAPI and
ffprobe. Exit code 1 when a figure is over its limit.

usage: uploads.py CLIPCHECK CLIP [SMALL_CLIP [ROUNDS]]

Environment, each part skipped with a message when it is absent:
  CLIPCHECK_UPLOAD_FLOOR  the program built from UploadFloor/upload.c
  CLIPCHECK_PEER          folder with fastapi_app.py
  CLIPCHECK_PEER_PYTHON   Python with fastapi, uvicorn[standard] and python-multipart
Each request is sent when the one before it was answered, on a connection that stays open for a round.
"""
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from cpu import line, over, processor_seconds
from service import start, stop

CLIPCHECK, CLIP = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
SMALL = sys.argv[3] if len(sys.argv) > 3 else os.path.join(HERE, "..", "TestMedia", "作品.mp4")
ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else 5
LARGE_REQUESTS, SMALL_REQUESTS = 20, 100
# Most CPU of a check beside the floor's.
MOST_OF_FLOOR = 2
# Least number of checks for the CPU of one of the peer's. Of a large clip the socket, the digest and the page cache alone
# cost so much that the floor itself makes four for one; eight are out of reach there.
LEAST_OF_PEER, LEAST_OF_PEER_LARGE = 8, 3
BOUNDARY = "clipcheck-uploads"


class Server:
    """A server under measurement: its process, and a connection to it."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def connect(self):
        for _ in range(500):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self
            except OSError:
                time.sleep(0.02)
        sys.exit(f"{self.process.args} does not listen")

    def post(self, path, body, kind):
        self.connection.request("POST", path, body, {"Content-Type": kind})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            sys.exit(f"{path}: {answer.status} {content.decode(errors='replace')}")
        return content

    def cost(self, requests, path, body, kind):
        """Milliseconds of CPU for one request."""
        # The peer closes a connection that was idle for five seconds.
        self.connection.close()
        self.connect()
        self.post(path, body, kind)
        time.sleep(0.2)  # the last child is reaped
        before = processor_seconds(self.process.pid)
        for _ in range(requests):
            self.post(path, body, kind)
        time.sleep(0.2)
        return (processor_seconds(self.process.pid) - before) / requests * 1000

    def stop(self):
        self.connection.close()
        stop(self.process)


def clipcheck(folder):
    """Our service."""
    process, port, _ = start(CLIPCHECK, folder)
    return Server(process, port).connect()


def floor(folder):
    """The server in C; None where it was not built."""
    program = os.environ.get("CLIPCHECK_UPLOAD_FLOOR")
    if not program or not os.path.exists(program):
        print("CLIPCHECK_UPLOAD_FLOOR 未指明，跳过与 C 的比较 · CLIPCHECK_UPLOAD_FLOOR is not set: no floor in C")
        return None
    process = subprocess.Popen([program, folder], stdout=subprocess.PIPE)
    return Server(process, int(process.stdout.readline())).connect()


def peer(folder):
    """The service of FastAPI and ffprobe; None where it is not installed."""
    app, python = os.environ.get("CLIPCHECK_PEER"), os.environ.get("CLIPCHECK_PEER_PYTHON")
    if not app or not python or not os.path.exists(os.path.join(app, "fastapi_app.py")):
        print("CLIPCHECK_PEER 未指明，跳过与 FastAPI 的比较 · CLIPCHECK_PEER is not set: no FastAPI service")
        return None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        python, "-m", "uvicorn", "--app-dir", app, "--port", str(port), "--log-level", "warning", "--no-access-log",
        "fastapi_app:app"]
    process = subprocess.Popen(command, env={**os.environ, "UPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"})
    return Server(process, port).connect()


def form(media, field, **fields):
    """Body and media type of a form with a file."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
             for name, value in fields.items()]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="a.mp4"\r\n'
        "Content-Type: video/mp4\r\n\r\n".encode())
    return b"".join(parts) + media + f"\r\n--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"


def kinds(media, ours, c, fastapi):
    """Name, server and request of each kind of upload."""
    yield "check, raw body", ours, "/v1/checks?contest=demo&depth=quick", media, "video/mp4"
    yield "check, form", ours, "/v1/checks?depth=quick", *form(media, "media", contest="demo")
    yield "entry, form", ours, "/v1/entries", *form(media, "media", contest="demo", title="测量")
    if c:
        yield "floor in C", c, "/", media, "video/mp4"
    if fastapi:
        yield "FastAPI and ffprobe", fastapi, "/upload", *form(media, "file")


def measure(clip, requests, servers):
    """Median cost in milliseconds of each kind of upload of a clip."""
    with open(clip, "rb") as file:
        media = file.read()
    costs = {}
    for _ in range(ROUNDS):
        for name, server, *request in kinds(media, *servers):
            costs.setdefault(name, []).append(server.cost(requests, *request))
    return len(media), {name: statistics.median(values) for name, values in costs.items()}


def report(size, costs):
    bytes_named = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
    print(f"{bytes_named}: " + ", ".join(f"{name} {cost:.2f} ms" for name, cost in costs.items()))
    least = LEAST_OF_PEER if size < 1e6 else LEAST_OF_PEER_LARGE
    # Neither floor nor peer keeps an entry, so only checks are compared.
    for name in ("check, raw body", "check, form"):
        if floor_cost := costs.get("floor in C"):
            line(f"{name}, {bytes_named}: of C", costs[name] / floor_cost, MOST_OF_FLOOR, "×",
                 f"{costs[name]:.2f} ms beside {floor_cost:.2f} ms")
        if peer_cost := costs.get("FastAPI and ffprobe"):
            line(f"{name}, {bytes_named}: of FastAPI", costs[name] / peer_cost, 1 / least, "×",
                 f"{peer_cost / costs[name]:.1f} checks for one of {peer_cost:.2f} ms")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folders = [os.path.join(folder, name) for name in ("ours", "c", "fastapi")]
        for each in folders:
            os.mkdir(each)
        servers = [begin(where) for begin, where in zip((clipcheck, floor, peer), folders)]
        try:
            for clip, requests in ((CLIP, LARGE_REQUESTS), (SMALL, SMALL_REQUESTS)):
                report(*measure(clip, requests, servers))
        finally:
            for server in filter(None, servers):
                server.stop()
    return 1 if over() else 0


sys.exit(main())
