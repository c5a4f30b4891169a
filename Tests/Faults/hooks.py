"""A receiver of webhooks, and the messages that a service owes it.

A message is (event, entry, report); the report is None except for report.completed.
"""

import base64
import hmac
import http.server
import json
import random
import subprocess
import threading
import time

from witness import ANY, GONE


class Receiver:
    """Keeps every message with the number of disk events at its arrival. Answers 204, some answers up to 50 ms late."""

    def __init__(self):
        self.events = lambda: 0
        self.messages = []  # (events, message, whether the signature is right)
        self.secret = b""
        receiver, chance = self, random.Random(1)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.note(self.headers, body)
                time.sleep(chance.choice((0, 0, 0, 0.01, 0.05)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # the service is killed while it sends
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def note(self, headers, body):
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        right = "v1," + base64.b64encode(hmac.digest(self.secret, content, "sha256")).decode()
        message = json.loads(body)
        report = message["data"]["report"] if message["type"] == "report.completed" else None
        self.messages.append(
            (self.events(), (message["type"], message["data"]["entry"], report),
             right in headers["webhook-signature"].split(" ")))

    def register(self, binary, data):
        """Adds this receiver to the targets of a data folder, which is made when missing."""
        url = f"http://127.0.0.1:{self.server.server_port}/"
        added = subprocess.run(
            [binary, "webhooks", "add", url, "--allow-private", "--data", data], check=True, capture_output=True)
        self.secret = base64.b64decode(added.stdout.strip().removeprefix(b"whsec_"))


def owed(works, cut):
    """The messages about changes of this round that were acknowledged before the cut."""
    messages = set()
    for work in works:
        for number, step in enumerate(work.steps):
            if step.acknowledged is None or step.acknowledged > cut or getattr(work, "is_old", False) and number == 0:
                continue
            if number == 0:
                messages.add(("entry.created", work.entry, None))
            if step.state == GONE:
                messages.add(("entry.deleted", work.entry, None))
            elif step.state[1] != ANY and (number == 0 or step.state[1] not in reports_before(work, number)):
                messages.add(("report.completed", work.entry, step.state[1]))
    return messages


def reports_before(work, number):
    return [step.state[1] for step in work.steps[:number] if step.state != GONE]


def hook_losses(receiver, works, cut, ran, start, client, seconds=30):
    """What is wrong with the messages up to a cut, and how many were owed.

    `ran` is how many messages came before the disk stopped; `start`, how many had come when the service began to run
    again on what the cut left. Between them stand those of other cuts, which say nothing about this one.
    """
    before = [message for event, message, _ in receiver.messages[:ran] if event <= cut]
    wanted = owed(works, cut) - set(before)
    end = time.monotonic() + seconds
    while wanted - {message for _, message, _ in receiver.messages[start:]} and time.monotonic() < end:
        time.sleep(0.02)
    missing = wanted - {message for _, message, _ in receiver.messages[start:]}
    found = [f"a message {message[0]} about an acknowledged change did not come" for message in missing]
    found += ["a message has a wrong signature" for _, _, is_right in receiver.messages if not is_right]
    for message in set(before):
        if not is_committed(client, message):
            found.append(f"a message {message[0]} came about a change that was not committed")
    return found, len(owed(works, cut))


def is_committed(client, message):
    event, entry, report = message
    status = client.entry(entry).status_code
    if event == "entry.deleted" or status == 410:
        return status == 410
    return status == 200 and (report is None or client.has_report(entry, report))
