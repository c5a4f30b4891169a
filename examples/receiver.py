#!/usr/bin/env python3
"""接收 clipcheck 的通知，按 Standard Webhooks 1.0 核对签名；只用 Python 标准库。
Receives webhooks of clipcheck and verifies their signatures (Standard Webhooks 1.0); standard library only.

WEBHOOK_SECRET=whsec_… python receiver.py 9000 events.sqlite

先保存、答复，后处理：同一编号只记一次。Keeps and answers first, works afterwards; a repeated id is kept once."""
import base64, hmac, json, os, sqlite3, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE = 5 * 60  # 秒 seconds
MOST_BYTES = 64 << 10
events = sqlite3.connect(sys.argv[2])
events.execute("CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, type TEXT, entry TEXT, version INTEGER, verdict TEXT)")


def is_genuine(headers, body):
    """签名正确且不早于五分钟前。Whether a signature is right, and the message neither old nor from the future."""
    identifier, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not identifier or not sent.isdecimal() or abs(time.time() - int(sent)) > TOLERANCE:
        return False
    code = hmac.digest(KEY, f"{identifier}.{sent}.".encode() + body, "sha256")
    wanted = b"v1," + base64.b64encode(code)
    # 更换密钥期间有两个签名 two signatures while a secret is rotated
    given = headers.get("webhook-signature", "").encode("latin-1", "replace").split()
    return any([hmac.compare_digest(wanted, one) for one in given])


class Receiver(BaseHTTPRequestHandler):
    timeout = 15  # 秒 seconds, for a sender that stops in the middle

    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        message = json.loads(body)
        data = message["data"]
        row = (self.headers["webhook-id"], message["type"], data["entry"], data["version"], data["verdict"])
        with events:  # 提交后才答复 the answer follows the commit
            is_new = events.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?)", row).rowcount == 1
        self.answer(204)
        if is_new:
            print(message["type"], data["entry"], data["verdict"], flush=True)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
