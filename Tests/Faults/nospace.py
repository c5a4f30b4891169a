"""Disk-full test of the service: space runs out at chosen calls of a request, and comes back.

The request must be answered 507, what was acknowledged must still be there, nothing half received may remain, and the
next upload must succeed. At half of the points the service is killed before that, and must come back with the same.
"""

import argparse
import collections
import os
import shutil
import signal
import sys
import tempfile
import time

import requests

from rig import OPERATIONS, RESUMABLE, Rig, delete, finish_upload, learn, submit, submit_form
from service import Failure, Service, digest, stored_media
from witness import matches, state_of

FULL = "urn:clipcheck:problem:disk-full"
COMMIT = "fsync data/clipcheck.sqlite-wal$"
PLACES = {
    "data/incoming/": "the part", "data/incoming$": "the folder of parts", "data/media/": "a media folder",
    "data/media$": "the media folder", "data/clipcheck.sqlite-wal$": "the database's log",
    "data/clipcheck.sqlite$": "the database"}


class Judge:
    def __init__(self, rig):
        self.rig, self.points, self.right = rig, 0, 0
        self.misses, self.notes = collections.Counter(), collections.Counter()
        self.strays = set()  # files that were told of already

    def miss(self, text):
        self.misses[text] += 1

    def point(self, operation, pattern, nth, kill):
        """One request on a disk that is full from one of its calls on; no point if it makes no such call."""
        rig, missed = self.rig, self.misses.total()
        rig.unfinished = rig.unwanted = None
        request = operation(rig)
        rig.fill(pattern, nth, partial=rig.chance.random() < 0.5)
        answer = answer_to(request)
        where = f"{operation.__name__} at {words(pattern)}{', then killed' * kill}"
        is_point = rig.control.failed > 0
        if is_point:
            # What these do is done before their last call: then they succeed, and the rest follows when there is space.
            if not (operation in (finish_upload, delete) and answer.ok):
                self.expect_full(answer, where)
            self.look_while_full(where)
        rig.free()
        if is_point and kill:
            self.restart()
        self.finish_upload(where)
        is_commit = is_point and pattern == COMMIT
        self.look_after(where, may_come_back=is_commit and kill, keeps_file=is_commit and not kill)
        self.points += is_point
        self.right += is_point and self.misses.total() == missed

    def restart(self):
        """A start sweeps up what was left over."""
        self.rig.restart()
        self.strays.clear()

    def expect_full(self, answer, where):
        problem = answer.json().get("type") if "problem" in answer.headers.get("Content-Type", "") else ""
        if (answer.status_code, problem) != (507, FULL):
            self.miss(f"{where}: answered {answer.status_code} {problem}")

    def look_while_full(self, where):
        """What was kept can be read, and a second upload is refused alike."""
        for entry in self.rig.chance.sample(sorted(self.rig.known), min(3, len(self.rig.known))):
            self.look_at(entry, where + ", still full")
        self.expect_full(answer_to(submit(self.rig)), where + ", a second upload")

    def look_at(self, entry, where, is_uncertain=False):
        state, answer = self.rig.known[entry], self.rig.client.entry(entry)
        if not answer.ok:
            del self.rig.known[entry]
            lost = "a refused deletion is done" if entry == self.rig.deleting else "an acknowledged entry is gone"
            return self.changed(f"{where}: {lost}", is_uncertain)
        if state and not matches(state, state_of(answer.json())):
            self.changed(f"{where}: an entry changed, though the change was refused", is_uncertain)
            state = self.rig.known[entry] = state_of(answer.json())
        if state and self.rig.client.media_digest(entry) != state[0]:
            self.miss(f"{where}: an entry's media is lost")
            self.rig.client.delete(entry)
            del self.rig.known[entry]

    def named(self):
        return {state[0] for state in self.rig.known.values() if state}

    def changed(self, text, is_uncertain):
        """Only a note when a commit's fsync failed: a crash may bring it back, and so its file stays until a start."""
        if is_uncertain:
            self.notes[text] += 1
        else:
            self.miss(text)

    def look_after(self, where, may_come_back=False, keeps_file=False):
        """Everything is kept, nothing is left over, and the next upload succeeds."""
        rig = self.rig
        for entry in list(rig.known):
            self.look_at(entry, where, may_come_back)
        for line in rig.client.entries():
            if line["id"] in rig.known:
                continue
            self.changed(f"{where}: a refused entry is there", may_come_back)
            if line["media"] and rig.client.media_digest(line["id"]) != line["media"]["sha256"]:
                self.miss(f"{where}: a refused entry is there without its media")
            rig.client.delete(line["id"])
        if not eventually(lambda: set(os.listdir(os.path.join(rig.data, "incoming"))) <= self.strays):
            self.miss(f"{where}: a stray file in incoming")
        if not eventually(lambda: stored_media(rig.data) - self.strays <= self.named()):
            self.changed(f"{where}: a stray file in media", keeps_file)
        self.strays |= set(os.listdir(os.path.join(rig.data, "incoming"))) | stored_media(rig.data) - self.named()
        answer = submit(rig)()
        if answer.status_code != 201:
            self.miss(f"{where}: with space again, an upload answers {answer.status_code}")

    def finish_upload(self, where):
        """A resumable upload goes on where it stopped; one that was only begun is given up."""
        if self.rig.unwanted:
            self.rig.client.cancel(self.rig.unwanted).raise_for_status()
        if not self.rig.unfinished:
            return
        upload, clip, promised = self.rig.unfinished
        client, offset = self.rig.client, self.rig.client.offset(upload)
        if offset is None or offset < promised:
            return self.miss(f"{where}: the upload fell back to {offset}")
        if offset < len(clip) and not client.append(upload, offset, clip[offset:]).ok:
            self.miss(f"{where}: the upload cannot be finished")
        if not (made := eventually(lambda: entries_of(client, clip), seconds=1)):
            client.append(upload, len(clip), b"")
            made = eventually(lambda: entries_of(client, clip))
            self.changed(f"{where}: a whole upload is no entry until asked again", is_uncertain=bool(made))
        for entry in made:
            learn(self.rig, client.entry(entry))

    def checkpoint(self):
        """The database file cannot grow, while its log can: nothing needs to be refused, nothing may be lost."""
        rig = self.rig
        rig.fill("write data/clipcheck.sqlite$", matching_only=True)
        for _ in range(500):
            answer = submit_form(rig)()
            if rig.control.failed or not answer.ok:
                break
        if not rig.control.failed:
            raise Failure("500 entries made no checkpoint")
        self.points += 1
        missed = self.misses.total()
        if not answer.ok:
            self.expect_full(answer, "checkpoint")
        rig.free()
        self.restart()
        self.look_after("checkpoint")
        self.right += self.misses.total() == missed

    def full_start(self):
        """A start without space ends with the reason or works; with space it works again."""
        rig = self.rig
        rig.service.kill()
        rig.fill()
        service = Service(rig.binary, rig.data, rig.environment)
        started = service.wait(seconds=20)
        ended, output = service.process.poll(), service.output().strip()
        service.kill()
        rig.free()
        self.points += 1
        missed = self.misses.total()
        says_why = "is full, so clipcheck cannot start" in output or "磁盘已满，无法启动" in output
        if not started and (ended is None or ended < 0 or not says_why):
            self.miss(f"start on a full disk: exit {ended}, {output}")
        self.restart()
        self.look_after("start on a full disk")
        self.right += self.misses.total() == missed


def words(pattern):
    for path, name in PLACES.items():
        pattern = pattern.replace(path, name)
    return pattern


def answer_to(request):
    """The answer; one of status 599 when the service broke off."""
    try:
        return request()
    except requests.RequestException:
        broken = requests.Response()
        broken.status_code = 599
        return broken


def eventually(value, seconds=3):
    """The value once it is true; as it is after that time."""
    end = time.monotonic() + seconds
    while not (found := value()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


def entries_of(client, clip):
    sums = {line["id"]: line["media"]["sha256"] for line in client.entries() if line["media"]}
    return [entry for entry, kept in sums.items() if kept == digest(clip)]


def candidates(rig):
    """Every point (operation, pattern, number, whether to kill): first one of each kind of call, then one of each kind
    and operation, then the others."""
    points = []
    for operation in OPERATIONS + (RESUMABLE if rig.client.takes_resumable_uploads() else []):
        rig.unfinished = rig.unwanted = None
        numbers = collections.Counter()
        for pattern in rig.calls(operation(rig)):
            numbers[pattern] += 1
            points += [(operation, pattern, numbers[pattern], kill) for kill in (False, True)]
        Judge(rig).finish_upload("measuring")
    rig.chance.shuffle(points)
    seen, rank = collections.Counter(), {}
    for point in points:
        operation, pattern, _, kill = point
        rank[point] = bool(seen[pattern, kill]) + bool(seen[pattern, kill, operation])
        seen.update([(pattern, kill), (pattern, kill, operation)])
    return sorted(points, key=rank.get)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--points", type=int, default=20, help="injection points; -1: all there are")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the service does not outlive the test
    folder = os.path.realpath(tempfile.mkdtemp(prefix="nospace-"))
    rig = Rig(os.path.abspath(options.binary), folder, options.seed)
    judge = Judge(rig)
    try:
        for point in candidates(rig):
            if judge.points == options.points:
                break
            judge.point(*point)
        judge.checkpoint()
        judge.full_start()
    finally:
        rig.service.kill()
        shutil.rmtree(folder)
    for miss, count in sorted(judge.misses.items()):
        print(f"  {count:3} × {miss}")
    for note, count in sorted(judge.notes.items()):
        print(f"  note, {count} × {note}")
    print(f"disk full: {judge.right} of {judge.points} points as they should be, {len(rig.known)} entries kept: "
          f"{'FAILED' if judge.misses else 'ok'}")
    return int(bool(judge.misses))


if __name__ == "__main__":
    sys.exit(main())
