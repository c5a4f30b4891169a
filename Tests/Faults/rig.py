"""The service on a disk that can be full, and the requests that are tried there."""

import os
import random
import re

from service import Failure, Service, SpaceControl, address_of, fresh_clip, shared_page, shim
from witness import state_of


class Rig:
    """The service under the shim, and what it acknowledged."""

    def __init__(self, binary, folder, seed):
        self.binary, self.chance = binary, random.Random(seed)
        self.disk, self.log = os.path.join(folder, "disk"), os.path.join(folder, "log")
        self.data = os.path.join(self.disk, "data")
        os.makedirs(self.data, mode=0o700)
        self.control = shared_page(os.path.join(folder, "control"), SpaceControl)
        self.environment = {
            "LD_PRELOAD": shim("nospace", folder), "FAULTS_ROOT": self.disk, "FAULTS_LOG": self.log,
            "FAULTS_CONTROL": os.path.join(folder, "control")}
        self.known = {}  # entry: (SHA-256, report), or None for a form without media
        self.deleting = None  # the entry that was last asked to go
        self.unfinished = self.unwanted = None  # resumable uploads: (address, clip, offset), and an address
        self.start()

    def start(self):
        self.service = Service(self.binary, self.data, self.environment)
        if not self.service.wait():
            raise Failure(f"the service does not start:\n{self.service.output()}")
        self.client = self.service.client()

    def restart(self):
        self.service.kill()
        self.start()

    def fill(self, pattern="", nth=1, partial=False, matching_only=False):
        """Lets the disk be full from the `nth` call on that matches."""
        control = self.control
        control.matched, control.failed, control.first, control.pattern = 0, 0, b"", pattern.encode()
        control.partial, control.matching_only, control.nth = partial, matching_only, nth

    def free(self):
        self.control.nth = 0

    def calls(self, work):
        """The calls that `work` makes, each as the pattern of its kind."""
        before = os.path.getsize(self.log)
        work()
        with open(self.log) as log:
            log.seek(before)
            return [re.sub(r"(data/(incoming|media)/).*", r"\1", line) for line in log.read().splitlines()]


# Every operation prepares what it needs, and returns the request as a function; its answer goes to `Rig.known`.


def submit(rig, most=100_000):
    name, clip = fresh_clip(rig.chance, most)
    return lambda: learn(rig, rig.client.submit(name, clip))


def submit_large(rig):
    return submit(rig, 6_000_000)


def submit_form(rig):
    return lambda: learn(rig, rig.client.submit_form())


def some_entry(rig):
    checked = [entry for entry, state in rig.known.items() if state]
    if len(checked) < 3:
        submit(rig)()
        return some_entry(rig)
    return rig.chance.choice(checked)


def attach(rig):
    entry, (_, clip) = some_entry(rig), fresh_clip(rig.chance)
    return lambda: learn(rig, rig.client.attach(entry, clip))


def recheck(rig):
    entry = some_entry(rig)
    return lambda: learn(rig, rig.client.recheck(entry))


def delete(rig):
    rig.deleting = entry = some_entry(rig)

    def request():
        answer = rig.client.delete(entry)
        if answer.ok:
            del rig.known[entry]
        return answer

    return request


def create_upload(rig):
    def request():
        answer = rig.client.create_upload(1000)
        if answer.ok:
            rig.unwanted = address_of(answer)
        return answer

    return request


def append(rig, finishing=False):
    name, clip = fresh_clip(rig.chance, 3_000_000)
    upload = address_of(rig.client.create_upload(len(clip), name))
    third = len(clip) // 3
    begin, end = (2 * third, len(clip)) if finishing else (third, 2 * third)
    rig.client.append(upload, 0, clip[:begin]).raise_for_status()
    rig.unfinished = (upload, clip, begin)
    return lambda: rig.client.append(upload, begin, clip[begin:end])


def finish_upload(rig):
    return append(rig, finishing=True)


OPERATIONS = [submit, submit_large, attach, recheck, submit_form, delete]
RESUMABLE = [create_upload, append, finish_upload]


def learn(rig, answer):
    if answer.ok:
        entry = answer.json()
        rig.known[entry["id"]] = state_of(entry) if entry["media"] else None
    return answer
