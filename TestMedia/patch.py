#!/usr/bin/env python3
"""Byte patches for test clips: what no muxer would write.   patch.py CHANGE FILE [ARGUMENT…]"""
import math
import struct
import sys


def boxes(data, start=0, end=None):
    """(type, offset, size) of every box between start and end of an mp4, containers entered."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start:start + 8])
        yield kind.decode("latin-1"), start, size
        if kind in (b"moov", b"trak", b"mdia"):
            yield from boxes(data, start + 8, start + size)
        start += size


def box(data, wanted):
    return next((offset, size) for kind, offset, size in boxes(data) if kind == wanted)


def orientation(data, degrees, mirrored=""):
    """Write the matrix of the first track: clockwise degrees, mirrored left to right before turning; "none" is all zeros."""
    offset, _ = box(data, "tkhd")
    width, height = struct.unpack(">II", data[offset + 84:offset + 92])
    if degrees == "none":
        matrix = [0] * 9
    else:
        angle = math.radians(float(degrees))
        cosine, sine, flip = math.cos(angle), math.sin(angle), -1 if mirrored else 1
        a, b, c, d = flip * cosine, flip * sine, -sine, cosine
        # Shift the turned picture back into view: its least x and y become 0.
        corners = [(a * x + c * y, b * x + d * y) for x in (0, width) for y in (0, height)]
        x, y = (-min(axis) for axis in zip(*corners))
        matrix = [round(v) for v in (a * 65536, b * 65536, 0, c * 65536, d * 65536, 0, x, y, 1 << 30)]
    data[offset + 48:offset + 84] = struct.pack(">9i", *matrix)


def declare_mp4(data, seconds):
    """Make the movie header and every track and media header (all version 0) declare this many seconds."""
    movie, _ = box(data, "mvhd")
    movie_scale = struct.unpack(">I", data[movie + 20:movie + 24])[0]
    for kind, offset, _ in list(boxes(data)):
        if kind == "mdhd":
            scale = struct.unpack(">I", data[offset + 20:offset + 24])[0]
            data[offset + 24:offset + 28] = struct.pack(">I", round(float(seconds) * scale))
        elif kind == "mvhd":
            data[offset + 24:offset + 28] = struct.pack(">I", round(float(seconds) * movie_scale))
        elif kind == "tkhd":
            data[offset + 28:offset + 32] = struct.pack(">I", round(float(seconds) * movie_scale))


def declare_mkv(data, seconds):
    """Overwrite the Duration element (an 8-byte float, in milliseconds)."""
    offset = data.index(b"\x44\x89\x88") + 3
    data[offset:offset + 8] = struct.pack(">d", float(seconds) * 1000)


def cut(data, percent):
    """Keep this share of the file."""
    del data[int(len(data) * float(percent) / 100):]


def cut_media(data, percent):
    """Keep this share of the mdat box, which must come last."""
    offset, size = box(data, "mdat")
    del data[offset + int(size * float(percent) / 100):]


def cut_before(data, kind):
    """Keep what comes before the first box of this type."""
    del data[box(data, kind)[0]:]


def keep(data, count):
    """Keep this many bytes."""
    del data[int(count):]


def drop_ts_packets(data, first, count):
    """Take this many packets out of a transport stream."""
    del data[int(first) * 188:(int(first) + int(count)) * 188]


def spoil_fragments(data):
    """Overwrite picture data in the keyframe that begins a fragment, in all but the first; every size stays."""
    for _, offset, _ in [found for found in boxes(data) if found[0] == "mdat"][1:]:
        data[offset + 100:offset + 200] = b"\x55" * 100


changes = {f.__name__.replace("_", "-"): f for f in
           (orientation, declare_mp4, declare_mkv, cut, cut_media, cut_before, keep, drop_ts_packets,
            spoil_fragments)}
change, path, *arguments = sys.argv[1:]
with open(path, "r+b") as file:
    content = bytearray(file.read())
    changes[change](content, *arguments)
    file.seek(0)
    file.write(content)
    file.truncate()
