"""Power-cut test of the service: what it acknowledged must be there after a disk lost everything that was not fsynced.

Each round runs the service under powercut.c while clients upload, replace, re-check and delete, and stops the disk at a
random event. The service is then started on what is left, and again on what cuts at other events would have left. With
--no-fsync the disk forgets fsyncs too: the control, which must show losses.

Where the folder names a webhook target, every acknowledged change must have reached it at least once, before the cut or
after the restart, and no change that the restarted service does not know.
"""

import argparse
import collections
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

import requests

import disk
from hooks import Receiver, hook_losses
from service import Failure, PowerControl, Service, shared_page, shim
from witness import Step, Witness, Work, state_of

FORGETTABLE = ("media", "folders", "database", "other")
# how a round finds the data folder; hooked: with nothing but a webhook target
BEGINNINGS = ("missing", "hooked", "continued", "continued", "empty", "continued")


class Tally:
    def __init__(self):
        self.cuts = self.promises = self.events = self.bad_cuts = self.uploads = self.messages = 0
        self.losses = collections.Counter()
        self.odd = collections.Counter()


class Round:
    """Some work on one folder. A sweep is short, and judged at every so many events."""

    def __init__(self, options, number, folder, earlier, receiver, sweep=0):
        self.options, self.folder, self.receiver, self.sweep = options, folder, receiver, sweep
        self.chance = random.Random(f"{options.seed} {number}")
        self.beginning = BEGINNINGS[number % len(BEGINNINGS)] if options.beginning is None else options.beginning
        if earlier is None and self.beginning == "continued":
            self.beginning = "empty"
        self.disk_folder = os.path.join(folder, "disk")
        self.data = os.path.join(self.disk_folder, "home", "data")
        self.is_hooked = self.beginning == "hooked" or self.beginning == "continued" and earlier[2]
        works = self._prepare(earlier)
        self.control = shared_page(os.path.join(folder, "control"), PowerControl)
        self.control.cut = 250 if sweep else self.chance.randrange(20, self.chance.choice((200, 1000, 3000)))
        self.witness = Witness(lambda: self.control.events, works)
        receiver.events = lambda: self.control.events
        time.sleep(0.1)  # for messages of the service that was just killed
        receiver.messages.clear()

    def _prepare(self, earlier):
        os.makedirs(self.disk_folder)
        if self.beginning != "missing":
            os.mkdir(os.path.dirname(self.data))
        if self.beginning == "continued":
            shutil.copytree(earlier[0], self.data, ignore=shutil.ignore_patterns("*-shm"))
        elif self.beginning == "empty":
            os.mkdir(self.data, 0o700)
        elif self.beginning == "hooked":
            self.receiver.register(self.options.binary, self.data)
        shutil.copytree(self.disk_folder, os.path.join(self.folder, "base"))
        return earlier[1] if self.beginning == "continued" else []

    def run(self, library):
        """Works until the disk stops, and kills the service."""
        service = Service(self.options.binary, self.data, {
            "LD_PRELOAD": library, "FAULTS_ROOT": self.disk_folder, "FAULTS_SYNC_MICROSECONDS": "1000",
            "FAULTS_LOG": os.path.join(self.folder, "log"), "FAULTS_CONTROL": os.path.join(self.folder, "control"),
            "FAULTS_IGNORE": " ".join(self.options.no_fsync)})
        try:
            threads = []
            if service.wait(give_up=self._has_stopped):
                resumable = service.client().takes_resumable_uploads()
                threads = [self._client(service, number, resumable) for number in range(3)]
            elif not self._has_stopped():
                raise Failure(f"the service does not start under the shim:\n{service.output()}")
            self._wait_for_stop()
        finally:
            service.kill()
        for thread in threads:
            thread.join()
        time.sleep(0.1)  # for messages that were on their way
        self.messages_of_run = len(self.receiver.messages)

    def _client(self, service, number, resumable):
        chance = random.Random(f"{self.control.cut} {number}")
        thread = threading.Thread(target=self.witness.run, args=(service.client(), chance, resumable))
        thread.start()
        return thread

    def _has_stopped(self):
        return self.control.events >= self.control.cut

    def _wait_for_stop(self):
        end = time.monotonic() + 20
        while not self._has_stopped() and time.monotonic() < end:
            time.sleep(0.002)
        self.control.cut = 0  # if it had not come that far by now
        while self.control.busy:
            time.sleep(0.001)

    def judge(self, tally):
        """Starts the service on what each cut leaves; the folder and works of the last cut for the next round."""
        events = disk.read_log(os.path.join(self.folder, "log"))
        played = disk.Disk(os.path.join(self.folder, "base"), events)
        tally.events += len(events)
        tally.uploads += len(self.witness.resumables)
        tally.odd.update(self.witness.odd)
        earlier = None
        for number, (cut, kind) in enumerate(self._cuts(events)):
            played.play(cut)
            target = os.path.join(self.folder, f"cut-{number}")
            played.after_cut(target, kind, self.chance)
            earlier = self._judge(os.path.join(target, "home", "data"), cut, kind, tally)
        if different := played.differences(self.disk_folder):
            raise Failure(f"the shim missed changes of {different}: the run says nothing")
        return earlier

    def _cuts(self, events):
        """(event, kind of disk) in order; the last is where the disk stopped."""
        if self.sweep:
            return [(cut, kind) for cut in range(0, len(events) + 1, self.sweep)
                    for kind in (disk.NAMES_FIRST, disk.STRICT)]
        steps = (disk.OPEN, disk.SYNC, disk.RENAME, disk.LINK, disk.UNLINK, disk.MKDIR)
        near = [i + self.chance.randrange(2) for i, event in enumerate(events) if event[0] in steps]
        choices = (self.witness.acknowledgements(), near, range(len(events)))
        kinds = (disk.STRICT, disk.NAMES_FIRST, disk.RANDOM)
        cuts = [(self.chance.choice(self.chance.choice(choices) or [len(events)]), self.chance.choice(kinds))
                for _ in range(self.options.cuts)]
        return sorted(cuts) + [(len(events), disk.STRICT)]

    def _judge(self, data, cut, kind, tally):
        arrived = len(self.receiver.messages)
        service, works = Service(self.options.binary, data), None
        try:
            if service.wait():
                client = service.client()
                losses = self.witness.losses(client, cut)
                if self.is_hooked:
                    bad, count = hook_losses(
                        self.receiver, self.witness.works, cut, self.messages_of_run, arrived, client)
                    losses, tally.messages = losses + bad, tally.messages + count
                works = [Work(line["id"], Step(0, state_of(client.entry(line["id"]).json()), 0))
                         for line in client.entries()]
                for work in works:
                    work.is_old = True
            else:
                losses = [f"the service does not start: {service.output().strip().replace(data, '…')}"]
        except requests.RequestException as error:
            losses = [f"the service breaks off: {error}"]
        finally:
            service.kill()
        tally.cuts += 1
        tally.promises += sum(event <= cut for event in self.witness.acknowledgements())
        tally.bad_cuts += bool(losses)
        for loss in losses:
            tally.losses[f"{loss} (data folder {self.beginning}, {kind})"] += 1
        return None if works is None else (data, works, self.is_hooked)


def run(options, folder):
    library, tally, earlier, receiver = shim("powercut", folder), Tally(), None, Receiver()
    for number in range(options.rounds + bool(options.sweep)):
        place = os.path.join(folder, str(number))
        os.mkdir(place)
        is_sweep = number == options.rounds
        current = Round(options, 0 if is_sweep else number, place, earlier, receiver, options.sweep * is_sweep)
        current.run(library)
        bad = tally.bad_cuts
        earlier = current.judge(tally)
        if number and not options.keep:
            shutil.rmtree(os.path.join(folder, str(number - 1)))
        if tally.bad_cuts > bad and not options.no_fsync:
            print(f"round {number}: losses in {tally.bad_cuts - bad} cuts", flush=True)
    return tally


def report(options, tally):
    """Prints the figures; the exit status."""
    for loss, count in sorted(tally.losses.items()):
        print(f"  {count:5} × {loss}")
    for answer, count in sorted(tally.odd.items()):
        print(f"  {count:5} answers {answer}")
    figures = (f"{options.rounds} rounds, {tally.events} disk events, {tally.cuts} cuts, "
               f"{tally.promises} promises judged, {tally.uploads} resumable uploads, "
               f"{tally.messages} webhook messages, losses in {tally.bad_cuts} cuts")
    if not options.no_fsync:
        print(f"power cut: {figures}: {'FAILED' if tally.bad_cuts else 'ok'}")
        return int(tally.bad_cuts > 0)
    forgotten = ", ".join(options.no_fsync)
    verdict = "ok, the test sees what it should" if tally.bad_cuts else "FAILED, the test sees nothing"
    print(f"control, fsync of {forgotten} forgotten: {figures}: {verdict}")
    return int(tally.bad_cuts == 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cuts", type=int, default=3, help="cuts at other events, for each round")
    parser.add_argument("--sweep", type=int, default=0, metavar="STEP",
                        help="one more round: a first start and a little work, cut at every STEP-th event")
    parser.add_argument("--beginning", choices=sorted(set(BEGINNINGS)), help="how every round finds the data folder")
    parser.add_argument("--no-fsync", nargs="?", const="all", default="", choices=(*FORGETTABLE, "all"))
    parser.add_argument("--keep", action="store_true", help="keep every round's folder")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the service does not outlive the test
    options.no_fsync = FORGETTABLE if options.no_fsync == "all" else tuple(filter(None, [options.no_fsync]))
    options.binary = os.path.abspath(options.binary)
    folder = tempfile.mkdtemp(prefix="powercut-")
    try:
        return report(options, run(options, os.path.realpath(folder)))
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
