#!/usr/bin/env python3
"""Prints how the service answers beside idle connections and slow readers, each figure beside its limit. Exit code 1 when
a figure is over its limit.

usage: connections.py CLIPCHECK [IDLE [READERS [SECONDS]]]

IDLE (2000) connections send nothing; half of them have sent half a head. READERS (200) begin a download and read 8 KiB a
second of it. For SECONDS (20) /healthz is asked on a new connection every 50 ms, while one upload of 40 MB arrives at an
even pace. Memory is the resident memory of the service, workers not counted.
"""
import json
import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from cpu import line, over

CLIPCHECK = sys.argv[1]
IDLE, READERS, SECONDS = (int(sys.argv[n]) if len(sys.argv) > n else d for n, d in ((2, 2000), (3, 200), (4, 20)))
MEDIA_BYTES = 8 << 20
UPLOAD_BYTES = 40 << 20
BOUNDARY = "clipcheck-connections"


def raise_descriptors():
    """Raises our own limit: every connection takes a descriptor here, too."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def start(folder):
    """A service on a free port, and that port."""
    log = open(os.path.join(folder, "log"), "wb+")
    service = subprocess.Popen(
        [CLIPCHECK, "serve", "--port", "0", "--data", os.path.join(folder, "data"), "--isolation", "best-effort"],
        stdout=log, stderr=subprocess.STDOUT)
    while service.poll() is None:
        log.seek(0)
        if found := re.search(rb"page:\s+http://[^:]+:(\d+)/\n", log.read()):
            return service, int(found[1])
        time.sleep(0.05)
    log.seek(0)
    sys.exit(f"the service did not start: {log.read().decode(errors='replace')}")


def form(size):
    """Head and body of a form with a file of `size` bytes."""
    start = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="contest"\r\n\r\nxian-2024\r\n--{BOUNDARY}\r\n'
        f'Content-Disposition: form-data; name="media"; filename="a.mp4"\r\n\r\n').encode()
    return start + os.urandom(size) + f"\r\n--{BOUNDARY}--\r\n".encode()


def post(port, size):
    """Submits a file and returns the id of its entry."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/entries", form(size),
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, method="POST")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["id"]


def connect(port, receive_buffer=None):
    """A connection to the service."""
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", port))
    return connection


def memory(service):
    """Resident memory of the service in MiB."""
    with open(f"/proc/{service.pid}/status", encoding="ascii", errors="replace") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def threads(service):
    """Threads of the service."""
    return len(os.listdir(f"/proc/{service.pid}/task"))


def health(port):
    """Seconds until /healthz is answered on a new connection."""
    begin = time.monotonic()
    connection = connect(port)
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    connection.close()
    if b"200 OK" not in answer:
        sys.exit(f"/healthz: {answer!r}")
    return time.monotonic() - begin


class Upload(threading.Thread):
    """One upload at an even pace; `status` is that of its answer."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.status = port, None

    def run(self):
        body = form(UPLOAD_BYTES)
        connection = connect(self.port)
        head = (
            f"POST /v1/entries HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n")
        connection.sendall(head.encode())
        pieces = 200
        size = len(body) // pieces + 1
        for start in range(0, len(body), size):
            connection.sendall(body[start:start + size])
            time.sleep(0.8 * SECONDS / pieces)
        connection.settimeout(120)
        self.status = int(connection.recv(65536).split(b" ", 2)[1])


class Readers(threading.Thread):
    """Downloads that are read at 8 KiB a second each."""

    def __init__(self, connections):
        super().__init__(daemon=True)
        self.connections, self.cut, self.ends = connections, 0, False

    def run(self):
        while not self.ends:
            for connection in self.connections:
                try:
                    if connection.recv(4096) == b"":
                        self.cut += 1
                except BlockingIOError:
                    pass
                except OSError:
                    self.cut += 1
            time.sleep(0.5)


def main():
    raise_descriptors()
    with tempfile.TemporaryDirectory(prefix="clipcheck-connections-") as folder:
        service, port = start(folder)
        try:
            measure(service, port)
        finally:
            service.terminate()
            service.wait()
    sys.exit(1 if over() else 0)


def measure(service, port):
    entry = post(port, MEDIA_BYTES)
    post(port, UPLOAD_BYTES)  # what one upload needs is not what is measured
    health(port)
    before, threads_before = memory(service), threads(service)
    upload = Upload(port)
    upload.start()
    idle = [connect(port) for _ in range(IDLE)]
    for connection in idle[::2]:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: lo")
    downloads = [connect(port, 4096) for _ in range(READERS)]
    for connection in downloads:
        connection.sendall(f"GET /v1/entries/{entry}/media HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        connection.setblocking(False)
    readers = Readers(downloads)
    readers.start()
    slowest, most, threads_most, end = 0.0, 0.0, 0, time.monotonic() + SECONDS
    while time.monotonic() < end or upload.is_alive():
        slowest = max(slowest, health(port))
        most, threads_most = max(most, memory(service)), max(threads_most, threads(service))
        time.sleep(0.05)
    readers.ends = True
    detail = f"{IDLE} idle connections, {READERS} slow readers, {SECONDS} s"
    line("slowest answer of /healthz", slowest * 1000, 100, "ms", detail)
    line("memory beside before", most - before, 64, "MiB", f"{before:.0f} MiB before, {most:.0f} MiB at most")
    line("more threads", threads_most - threads_before, 8, "", f"{threads_before} before, {threads_most} at most")
    line("uploads that failed", int(upload.status != 201), 0, "", f"status {upload.status}")
    line("readers above the least rate cut", readers.cut, 0, "", f"of {READERS}")


if __name__ == "__main__":
    main()
