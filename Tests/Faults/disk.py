"""What a disk holds after a power cut, computed from the log that powercut.c writes.

The strict disk keeps only what was promised: a file's content as of its last fsync, and of a folder's names those that
were there at the folder's last fsync. Real disks keep more, and that can be worse: NAMES_FIRST keeps every name, and of
the contents only what was promised; RANDOM keeps names up to some moment and any of the writes, whole or torn at a
sector.
"""

import os
import struct

OPEN, WRITE, TRUNCATE, TRUNCATE_NAME, ALLOCATE, RENAME, LINK, UNLINK, MKDIR, SYNC, SYNC_ALL = range(1, 12)
NAMES = ("open", "write", "truncate", "truncate", "allocate", "rename", "link", "unlink", "mkdir", "fsync", "sync")
SECTOR = 512
STRICT, NAMES_FIRST, RANDOM = "strict disk", "disk that keeps names first", "disk that keeps some more"


class File:
    def __init__(self, content=b""):
        self.live = bytearray(content)
        self.durable = bytes(content)
        self.pending = []  # changes since the last fsync: (offset, data), or (size, None) for a new size

    def change(self, offset, data):
        apply(self.live, offset, data)
        self.pending.append((offset, data))

    def sync(self):
        self.durable = bytes(self.live)
        self.pending = []

    def after_cut(self, chance):
        """What is left; with a random generator, some of what was not promised too."""
        if chance is None or not self.pending:
            return self.durable
        content = bytearray(self.durable)
        for offset, data in self.pending:
            kept = chance.random()
            if data is not None and kept < 0.2:
                data = data[: chance.randrange(len(data) // SECTOR + 1) * SECTOR]
            if kept < 0.6 and data != b"":
                apply(content, offset, data)
        return bytes(content)


class Folder:
    def __init__(self):
        self.live = {}
        self.durable = {}
        self.pending = []  # changes since the last fsync: (event, name, node or None)

    def change(self, event, name, node):
        if node is None:
            self.live.pop(name, None)
        else:
            self.live[name] = node
        self.pending.append((event, name, node))

    def sync(self):
        self.durable = dict(self.live)
        self.pending = []

    def after_cut(self, journalled):
        """The names that are left, when those changed before the event `journalled` are."""
        names = dict(self.durable)
        for event, name, node in self.pending:
            if event < journalled:
                names.pop(name, None) if node is None else names.__setitem__(name, node)
        return names


def apply(content, offset, data):
    """Writes `data` at `offset`; with no data, makes the content `offset` bytes long."""
    end = offset if data is None else offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if data is None:
        del content[end:]
    else:
        content[offset:end] = data


def read_log(path):
    """Every event: (kind, handle, offset, flags, path, second path, data)."""
    head = struct.Struct("<IIqqIIII")
    with open(path, "rb") as log:
        content = log.read()
    events, at = [], 0
    while at + head.size <= len(content):
        kind, handle, offset, _, flags, *lengths = head.unpack_from(content, at)
        at += head.size
        parts = []
        for length in lengths:
            parts.append(content[at : at + length])
            at += length
        events.append((kind, handle, offset, flags, os.fsdecode(parts[0]), os.fsdecode(parts[1]), parts[2]))
    return events


class Disk:
    """Plays a log event by event, beginning with a folder that is wholly durable."""

    def __init__(self, folder, events):
        self.root = load(folder)
        self.events = events
        self.at = 0
        self.handles = {}

    def play(self, until):
        while self.at < until:
            self._play(*self.events[self.at])
            self.at += 1

    def _play(self, kind, handle, offset, flags, path, second, data):
        if kind == OPEN:
            self._open(handle, flags, path)
        elif kind == WRITE:
            self.handles[handle].change(offset, data)
        elif kind == TRUNCATE:
            self.handles[handle].change(offset, None)
        elif kind == TRUNCATE_NAME:
            self._find(path).change(offset, None)
        elif kind == ALLOCATE:
            file = self.handles[handle]
            file.change(max(offset, len(file.live)), None)
        elif kind in (RENAME, LINK):
            node = self._find(path)
            self._name(second, node)
            if kind == RENAME:
                self._name(path, None)
        elif kind == UNLINK:
            self._name(path, None)
        elif kind == MKDIR:
            self._name(path, Folder())
        elif kind == SYNC:
            self.handles[handle].sync()
        elif kind == SYNC_ALL:
            for node in {*self._all(self.root), *self.handles.values()}:
                node.sync()

    def _open(self, handle, flags, path):
        if flags & 1:
            self._name(path, File())
        self.handles[handle] = node = self._find(path)
        if flags & 2:
            node.change(0, None)

    def _find(self, path):
        node = self.root
        for name in filter(None, path.split("/")):
            node = node.live[name]
        return node

    def _name(self, path, node):
        folder, _, name = path.rpartition("/")
        self._find(folder).change(self.at, name, node)

    def _all(self, node):
        yield node
        for child in node.live.values() if isinstance(node, Folder) else ():
            yield from self._all(child)

    def after_cut(self, target, kind, chance):
        """Writes what a disk of this kind keeps to the folder `target`."""
        journalled = {STRICT: 0, NAMES_FIRST: self.at, RANDOM: chance.randrange(self.at + 1)}[kind]
        chance = chance if kind == RANDOM else None
        write(self.root, target, lambda folder: folder.after_cut(journalled), lambda file: file.after_cut(chance))

    def differences(self, folder):
        """Paths whose content the log does not explain. SQLite's shared memory is mapped and need not last."""
        logged, real = dict(contents(self.root)), dict(contents(load(folder)))
        return sorted(
            path for path in logged.keys() | real.keys()
            if logged.get(path) != real.get(path) and not path.endswith("-shm"))


def load(path):
    folder = Folder()
    for item in os.scandir(path):
        if item.is_dir(follow_symlinks=False):
            folder.live[item.name] = load(item.path)
        else:
            with open(item.path, "rb") as file:
                folder.live[item.name] = File(file.read())
    folder.sync()
    return folder


def contents(node, path=""):
    for name, child in node.live.items():
        here = f"{path}/{name}"
        if isinstance(child, Folder):
            yield here, "folder"
            yield from contents(child, here)
        else:
            yield here, bytes(child.live)


def write(node, target, names, content):
    os.makedirs(target, mode=0o700)
    for name, child in names(node).items():
        path = os.path.join(target, name)
        if isinstance(child, Folder):
            write(child, path, names, content)
        elif not name.endswith("-shm"):
            with open(path, "wb") as file:
                file.write(content(child))
            os.chmod(path, 0o600)
