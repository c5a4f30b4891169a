#!/usr/bin/env python3
"""Prints what 1,000 webhook messages a minute cost uploads: p95 of the time of an upload with a target, as a ratio to that
without one, beside its limit. Exit code 1 when the figure is over its limit, or when a message did not come.

usage: webhooks.py CLIPCHECK [SECONDS]

Two services, one with a target, take turns of ten seconds, SECONDS (60) each in all. In its turn a service receives 500
uploads of a small clip a minute at an even pace; each makes two messages. The receiver is a process of its own.
"""
import concurrent.futures
import http.client
import multiprocessing
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

from cpu import line, over

CLIPCHECK = sys.argv[1]
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 60
TURN, PAUSE = 10, 60 / 500
HERE = os.path.dirname(os.path.abspath(__file__))
CONTEST = os.path.join(HERE, "..", "Tests", "Faults", "contest.yaml")
CLIP = os.path.join(HERE, "..", "TestMedia", "short.mp4")
BOUNDARY = "clipcheck-webhooks"


def receive(listener, count):
    """Answers every request with 204 and counts the different ids."""
    import selectors

    selector, ids, rests = selectors.DefaultSelector(), set(), {}
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                connection, _ = listener.accept()
                selector.register(connection, selectors.EVENT_READ)
                rests[connection] = b""
                continue
            data = key.fileobj.recv(65536)
            if not data:
                selector.unregister(key.fileobj)
                del rests[key.fileobj]
                key.fileobj.close()
                continue
            rests[key.fileobj] += data
            while found := re.match(rb"(?is)POST .*?content-length: (\d+).*?\r\n\r\n", rests[key.fileobj]):
                end = found.end() + int(found[1])
                if len(rests[key.fileobj]) < end:
                    break
                ids.add(re.search(rb"(?i)webhook-id: (\S+)", found[0])[1])
                rests[key.fileobj] = rests[key.fileobj][end:]
                key.fileobj.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            count.value = len(ids)


def start(folder):
    """A service on a free port, and that port."""
    log = open(os.path.join(folder, "log"), "wb+")
    service = subprocess.Popen(
        [CLIPCHECK, "serve", "--port", "0", "--data", os.path.join(folder, "data"), "--contest", CONTEST,
         "--isolation", "best-effort"], stdout=log, stderr=subprocess.STDOUT)
    while service.poll() is None:
        log.seek(0)
        if found := re.search(rb"page:\s+http://[^:]+:(\d+)/\n", log.read()):
            return service, int(found[1])
        time.sleep(0.05)
    log.seek(0)
    sys.exit(f"the service did not start: {log.read().decode(errors='replace')}")


def upload(port, clip):
    """Submits the clip with some bytes behind it that no other upload has; seconds until the answer."""
    noise = random.randbytes(16)
    body = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="contest"\r\n\r\nfaults\r\n--{BOUNDARY}\r\n'
        f'Content-Disposition: form-data; name="media"; filename="a.mp4"\r\n\r\n').encode()
    body += clip + (len(noise) + 8).to_bytes(4, "big") + b"free" + noise + f"\r\n--{BOUNDARY}--\r\n".encode()
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/v1/entries", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 201:
        sys.exit(f"an upload was answered {answer.status}")
    return time.monotonic() - begun


def turn(pool, port, clip):
    """Times of the uploads of one turn."""
    begun, running = time.monotonic(), []
    for number in range(int(TURN / PAUSE)):
        time.sleep(max(0, begun + number * PAUSE - time.monotonic()))
        running.append(pool.submit(upload, port, clip))
    return [one.result() for one in running]


def percentile95(times):
    return sorted(times)[int(len(times) * 0.95)]


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    count = multiprocessing.Value("q", 0)
    receiver = multiprocessing.Process(target=receive, args=(listener, count), daemon=True)
    receiver.start()
    with open(CLIP, "rb") as file:
        clip = file.read()
    with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as hooked:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        subprocess.run(
            [CLIPCHECK, "webhooks", "add", url, "--allow-private", "--data", os.path.join(hooked, "data")], check=True,
            capture_output=True)
        services = [start(plain), start(hooked)]
        times = [[], []]
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for _, port in services:
                turn(pool, port, clip)  # so that both have started everything
            for _ in range(max(1, SECONDS // TURN)):
                for number, (_, port) in enumerate(services):
                    times[number] += turn(pool, port, clip)
        wanted = 2 * (len(times[1]) + int(TURN / PAUSE))
        end = time.monotonic() + 30
        while count.value < wanted and time.monotonic() < end:
            time.sleep(0.1)
        for service, _ in services:
            service.send_signal(signal.SIGTERM)
            service.wait()
    without, beside = (percentile95(each) * 1000 for each in times)
    line("uploads beside webhooks, p95", beside / without, 1.10, "×",
         f"{beside:.1f} ms beside 1000 messages a minute, {without:.1f} ms without; {count.value} of {wanted} came")
    line("webhook messages that did not come", wanted - count.value, 0, "", "after 30 s")
    receiver.terminate()
    return 1 if over() else 0


if __name__ == "__main__":
    sys.exit(main())
