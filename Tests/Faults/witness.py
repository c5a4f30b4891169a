"""What clients were told, and whether a service that came back still knows it.

Time is the number of events in the disk's log: `started` before a request was sent, `acknowledged` after its answer
came. An answer that came at event N binds every power cut at event N or later.
"""

import threading

import requests

from service import address_of, digest, fresh_clip

GONE = "gone"
ANY = "any"


class Step:
    """A change that a client asked for and the state it leads to: GONE, or (SHA-256, report)."""

    def __init__(self, started, state, acknowledged=None):
        self.started, self.state, self.acknowledged = started, state, acknowledged


class Work:
    """An entry. Only one client at a time changes it."""

    def __init__(self, entry, step):
        self.entry, self.steps = entry, [step]

    def allowed(self, cut):
        """States that a cut may leave: the last acknowledged, and what was asked for since. None: not yet there."""
        known = [i for i, step in enumerate(self.steps) if step.acknowledged is not None and step.acknowledged <= cut]
        if not known:
            return None
        later = [step.state for step in self.steps[known[-1] + 1 :] if step.started <= cut]
        return [self.steps[known[-1]].state, *later]


class Resumable:
    """A tus upload: the offsets that were acknowledged, each with its event."""

    def __init__(self, address, clip, acknowledged):
        self.address, self.clip, self.sum = address, clip, digest(clip)
        self.offsets = [(acknowledged, 0)]

    def offset(self, cut):
        return max((offset for event, offset in self.offsets if event <= cut), default=None)


class Witness:
    """Clients in threads, and what they were told."""

    def __init__(self, events, works=()):
        self.events = events
        self.works, self.resumables, self.odd = list(works), [], []
        self.lock = threading.Lock()
        self.shared = []

    def run(self, client, chance, resumable):
        """Sends requests until the service is gone."""
        own = [work for work in self.works if chance.random() < 0.2 and self._take(work)]
        actions = ["submit"] * 5 + ["same"] * 2 + ["attach"] * 2 + ["recheck", "delete"] + ["resumable"] * 3 * resumable
        try:
            while True:
                action = chance.choice(actions)
                if action == "resumable":
                    self._upload(client, chance)
                elif action in ("submit", "same") or not own:
                    work = self._submit(client, chance, action == "same")
                    own += [work] if work else []
                else:
                    self._change(client, chance, action, own)
        except requests.RequestException:
            return

    def _take(self, work):
        with self.lock:
            taken = getattr(work, "taken", False)
            work.taken = True
            return not taken

    def _clip(self, chance, same):
        with self.lock:
            if not same or len(self.shared) < 3:
                self.shared.append(fresh_clip(chance))
                return self.shared[-1]
            return chance.choice(self.shared[:3])

    def _submit(self, client, chance, same):
        name, clip = self._clip(chance, same)
        started = self.events()
        answer = client.submit(name, clip)
        if answer.status_code != 201:
            return self._note_odd("submit", answer)
        entry = answer.json()
        work = Work(entry["id"], Step(started, state_of(entry), self.events()))
        work.taken = True
        with self.lock:
            self.works.append(work)
        return work

    def _change(self, client, chance, action, own):
        work = chance.choice(own)
        old = work.steps[-1].state
        name, clip = self._clip(chance, chance.random() < 0.3) if action == "attach" else (None, None)
        asked = {"delete": GONE, "recheck": (old[0], ANY), "attach": (clip and digest(clip), ANY)}[action]
        step = Step(self.events(), asked)
        work.steps.append(step)
        answer = client.attach(work.entry, clip) if action == "attach" else getattr(client, action)(work.entry)
        if not answer.ok:
            return self._note_odd(action, answer)
        step.state = GONE if action == "delete" else state_of(answer.json())
        step.acknowledged = self.events()
        if action == "delete":
            own.remove(work)

    def _upload(self, client, chance):
        name, clip = fresh_clip(chance)
        answer = client.create_upload(len(clip), name)
        if answer.status_code != 201:
            return self._note_odd("create upload", answer)
        upload = Resumable(address_of(answer), clip, self.events())
        with self.lock:
            self.resumables.append(upload)
        offset = 0
        while offset < len(clip) and chance.random() < 0.9:
            end = min(len(clip), offset + chance.randrange(1, len(clip)))
            answer = client.append(upload.address, offset, clip[offset:end])
            if not answer.ok:
                return self._note_odd("append", answer)
            offset = int(answer.headers.get("Upload-Offset", end))
            upload.offsets.append((self.events(), offset))

    def _note_odd(self, action, answer):
        with self.lock:
            self.odd.append(f"{action}: {answer.status_code}")

    def acknowledgements(self):
        """The events at which something was promised."""
        steps = [step.acknowledged for work in self.works for step in work.steps]
        offsets = [event for upload in self.resumables for event, _ in upload.offsets]
        return [event for event in steps + offsets if event is not None]

    def losses(self, client, cut):
        """What a service that came back after `cut` does not know, though it was promised before."""
        found = []
        lines = {line["id"]: line for line in client.entries()}
        for line in lines.values():
            named = line["media"] and line["media"]["sha256"]
            if named and (stored := client.media_digest(line["id"])) != named:
                found.append(f"an entry's media {'has other bytes' if len(stored) == 64 else 'is gone'}")
        for work in self.works:
            allowed = work.allowed(cut)
            if allowed is not None and not any(matches(state, seen(client, work.entry, lines)) for state in allowed):
                found.append(loss_of(allowed, work.entry in lines))
        for upload in self.resumables:
            found += self._resume(client, upload, upload.offset(cut), lines)
        return found

    def _resume(self, client, upload, promised, lines):
        kept = {line["media"]["sha256"] for line in lines.values() if line["media"]}
        if promised is None or upload.sum in kept:
            return []
        if promised == len(upload.clip):
            return ["a finished resumable upload is gone"]
        offset = client.offset(upload.address)
        if offset is None:
            return ["a resumable upload is gone"]
        if offset < promised:
            return [f"a resumable upload fell back from {promised} to {offset}"]
        if not client.append(upload.address, offset, upload.clip[offset:]).ok:
            return ["a resumable upload cannot be finished"]
        kept = {line["media"]["sha256"] for line in client.entries() if line["media"]}
        return [] if upload.sum in kept else ["a resumed upload has other bytes than were sent"]


def state_of(entry):
    """A report that is still to come may be any."""
    return entry["media"]["sha256"], entry["report"]["id"] if entry["report"] else ANY


def seen(client, entry, lines):
    if entry not in lines:
        return GONE
    answer = client.entry(entry)
    answer.raise_for_status()
    return state_of(answer.json())


def matches(state, found):
    if GONE in (state, found):
        return state == found
    return state[0] == found[0] and state[1] in (ANY, found[1])


def loss_of(allowed, is_there):
    if GONE in allowed:
        return "a deleted entry is back"
    return "an entry has older media or an older report" if is_there else "an entry is gone"
