"""Webhooks to https: a certificate counts when the machine trusts its CA and it names the host of the target.

The service runs in a mount namespace of its own (unshare -m), where /etc/hosts and the machine's CA bundle are files of the test.
Nothing of the machine changes, and the namespace ends with the service.
"""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from hooks import signature, submit
from sandbox import PATIENCE, CheckFailed, Sandbox, expect
from service import RunningService

# The files that swift-nio-ssl reads on Linux (LinuxCABundle.swift), the first that is there.
BUNDLES = [Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/pki/tls/certs/ca-bundle.crt")]
KNOWN, OTHER, OWN, DIGITS = "portal.clipcheck.test", "other.clipcheck.test", "own.clipcheck.test", "127.0.0.1"
EXTENSIONS = f"""
[req]
distinguished_name = subject
[subject]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[portal]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:{KNOWN}
[digits]
basicConstraints = critical, CA:FALSE
subjectAltName = IP:{DIGITS}
[own]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:{OWN}
"""
MOUNT = 'mount --bind "$1" "$2" && mount --bind "$3" /etc/hosts && shift 3 && exec "$@"'


class Namespace:
    """Files of the test in place of /etc/hosts and the CA bundle, for the programs that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.replaced = next((path for path in BUNDLES if path.is_file()), None)
        self.bundle, self.hosts = folder / "bundle.pem", folder / "hosts"
        self.hosts.write_text(f"127.0.0.1 localhost {KNOWN} {OTHER} {OWN}\n")
        if self.replaced:
            shutil.copyfile(self.replaced, self.bundle)

    def command(self, *command: str) -> list[str]:
        """The command that runs `command` in the namespace, as the same process."""
        unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
        return [*unshare, "sh", "-c", MOUNT, "sh", str(self.bundle), str(self.replaced), str(self.hosts), *command]

    def obstacle(self) -> str | None:
        """Why this machine cannot run the test; None when it can."""
        if missing := [name for name in ("openssl", "unshare") if not shutil.which(name)]:
            return f"没有 not installed: {', '.join(missing)}"
        if not self.replaced:
            return "没有 CA 证书 no CA bundle: apt-get install ca-certificates"
        done = subprocess.run(self.command("true"), capture_output=True, text=True, check=False)
        return f"不能使用 unshare -m is not permitted: {done.stderr.strip()}" if done.returncode else None

    def trust(self, certificate: Path) -> None:
        """Adds a CA to the bundle, as update-ca-certificates does. Programs that start afterwards read it."""
        with self.bundle.open("a") as bundle:
            bundle.write(certificate.read_text())


class Receiver(ThreadingHTTPServer):
    """A receiver over TLS on 127.0.0.1; answers 204 and keeps what it was sent."""

    daemon_threads = True

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.port = self.server_address[1]
        self.names: list[str | None] = []  # host names that clients asked for in their first message (SNI)
        self.messages: list[tuple[str, dict[str, str], bytes]] = []  # path, headers, body
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        context.sni_callback = lambda _, asked, __: self.names.append(asked)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Prints nothing: a client that refuses the certificate ends the handshake with an alert."""

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Request(BaseHTTPRequestHandler):
    """One connection to a receiver; the handshake is part of its first read."""

    server: Receiver
    timeout = 15  # seconds

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.messages.append((self.path, dict(self.headers.items()), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Prints nothing."""


def make_certificates(folder: Path) -> None:
    """ca.pem; portal.pem and digits.pem, which the CA signed; own.pem, which is signed by itself."""
    (folder / "openssl.cnf").write_text(EXTENSIONS)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    by_ca = ["-CA", "ca.pem", "-CAkey", "ca.key"]
    for name, subject, signer in [
        ("ca", "clipcheck test CA", []), ("portal", KNOWN, by_ca), ("digits", "digits", by_ca), ("own", OWN, []),
    ]:
        done = subprocess.run(
            ["openssl", "req", "-x509", *curve, "-config", "openssl.cnf", "-extensions", name, "-subj", f"/CN={subject}",
             "-days", "2", *signer, "-keyout", f"{name}.key", "-out", f"{name}.pem"],
            cwd=folder, capture_output=True, text=True, check=False)
        expect(done.returncode, 0, f"openssl, {name}.pem: {done.stderr}")


class Targets:
    """The targets of the test, each with a name that is the path of its address, and the deliveries to them."""

    def __init__(self, sandbox: Sandbox, namespace: Namespace) -> None:
        self.sandbox, self.namespace = sandbox, namespace
        self.secrets: dict[str, str] = {}
        self.names: dict[str, str] = {}  # by id of the target

    def webhooks(self, *arguments: str) -> str:
        done = self.sandbox.run(*self.namespace.command("clipcheck", "webhooks", *arguments, "--data", str(self.sandbox.data)))
        expect(done.returncode, 0, f"webhooks {arguments}: {done.stderr}")
        return done.stdout

    def add(self, name: str, host: str, port: int) -> None:
        url = f"https://{host}:{port}/{name}"
        self.secrets[name] = self.webhooks("add", url, "--allow-private", "--events", "entry.created").strip()
        line = next(line for line in self.webhooks("targets").splitlines() if url in line)
        self.names[line.split()[0]] = name

    def deliveries(self) -> dict[str, tuple[str, str, int, str]]:
        """Id, state, attempts and last failure of the delivery to each target, by the target's name."""
        found = {}
        for line in self.webhooks("list").splitlines():
            identifier, state, _, _, target, attempts, _, *failure = line.split("  ")
            count = int(re.match("[0-9]+", attempts)[0])
            found[self.names[target]] = (identifier, state, count, failure[0].partition(":")[0] if failure else "")
        return found

    def outcomes(self) -> dict[str, str]:
        """`delivered`, or state and failure, of the delivery to each target, once every delivery was attempted."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = self.deliveries()
            attempted = all(state == "delivered" or attempts for _, state, attempts, _ in found.values())
            if attempted and found.keys() == self.secrets.keys():
                return {name: f"{state} {failure}".strip() for name, (_, state, _, failure) in found.items()}
            if time.monotonic() > deadline:
                raise CheckFailed(f"deliveries without an attempt: {found}")
            time.sleep(0.2)

    def retry(self) -> None:
        """Lets every delivery be attempted at once; its count of attempts begins anew."""
        for identifier, *_ in self.deliveries().values():
            self.webhooks("retry", identifier)


def expect_message(targets: Targets, name: str, receiver: Receiver, host: str) -> None:
    """The receiver got one message: the one to this target, with the signature of its secret and the target's host."""
    expect([path for path, _, _ in receiver.messages], [f"/{name}"], "messages at a receiver that is trusted")
    [(_, headers, body)] = receiver.messages
    identifier, sent = headers["webhook-id"], int(headers["webhook-timestamp"])
    expect(identifier, targets.deliveries()[name][0], f"webhook-id at /{name}")
    expect(headers["webhook-signature"], signature(identifier, sent, body, targets.secrets[name]), f"signature at /{name}")
    expect(headers["host"], f"{host}:{receiver.port}", f"host of the request to /{name}")


def https(sandbox: Sandbox, namespace: Namespace) -> None:
    """Before the machine trusts the CA nothing is sent; afterwards a certificate counts for the hosts in it only."""
    make_certificates(sandbox.folder)
    targets, key = Targets(sandbox, namespace), sandbox.key("submit")
    service = RunningService(str((sandbox.folder / "bin/clipcheck").resolve()), str(sandbox.data))
    service.command = namespace.command(*service.command)
    with (Receiver(sandbox.folder, "portal") as portal, Receiver(sandbox.folder, "digits") as digits,
          Receiver(sandbox.folder, "own") as own):
        for name, host, receiver in [
            ("known", KNOWN, portal), ("other", OTHER, portal), ("digits", DIGITS, digits), ("own", OWN, own),
        ]:
            targets.add(name, host, receiver.port)
        with service:
            submit(service.address, key, sandbox.clip("short.mp4", "short.mp4"))
            refused = dict.fromkeys(targets.secrets, "waiting tls-failed")
            expect(targets.outcomes(), refused, "deliveries while the CA is not in the bundle")
            expect(portal.messages + digits.messages + own.messages, [], "messages while the CA is not in the bundle")
            service.kill()
            namespace.trust(sandbox.folder / "ca.pem")
            targets.retry()
            service.start()
            trusted = {**refused, "known": "delivered", "digits": "delivered"}
            expect(targets.outcomes(), trusted, "deliveries while the CA is in the bundle")
        expect_message(targets, "known", portal, KNOWN)
        expect_message(targets, "digits", digits, DIGITS)
        expect(own.messages, [], "messages at the receiver that signed its own certificate")
        # Each receiver was reached under the name of its targets; an address is not sent as a name (RFC 6066, section 3).
        expect((set(portal.names), set(digits.names), set(own.names)), ({KNOWN, OTHER}, {None}, {OWN}), "names asked for (SNI)")
