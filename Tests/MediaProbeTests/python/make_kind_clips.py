#!/usr/bin/env python3
"""Makes small clips of every kind on which a length, a loss or a shape is easily misjudged.

Usage: make_kind_clips.py FOLDER [PREFIX]

Writes FOLDER/files/* and FOLDER/expected.json: per file the contest, the facts and the outcomes that
are true of it, and a verdict that it may not get. PREFIX makes only the files whose names begin so.
Needs ffmpeg 5.1 or newer. Container bytes are rewritten here, where no option of ffmpeg does it.
"""

import field_pictures
import json
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

SEED = 13
ALL = ("quick", "standard", "full")
DECODED = ("standard", "full")  # The depths that look at pictures and sound.
CONTENT_RULES = {"decodable", "freeze", "black", "silence", "active-picture"}
PORTRAIT, LANDSCAPE = "1080x1920", "1920x1080"
XIAN, WEIFANG, XINHUA = "xian-2024", "weifang-2023", "xinhua-credit-cup-2019"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
work = Path(tempfile.mkdtemp(prefix="kinds-"))


# --- ffmpeg ---------------------------------------------------------------------------------------

VIDEO = {
    "h264": "libx264 -preset veryfast -crf 42 -bf 0 -sc_threshold 0",
    "hevc": "libx265 -preset ultrafast -crf 42 -x265-params log-level=none:pools=1:scenecut=0:bframes=0",
    "mpeg2": "mpeg2video -q:v 20 -bf 0", "mpeg1": "mpeg1video -q:v 20 -bf 0", "mpeg4": "mpeg4 -q:v 20 -bf 0",
    "vp8": "libvpx -deadline realtime -cpu-used 8 -b:v 80k -auto-alt-ref 0",
    "vp9": "libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 0 -crf 52",
    "mjpeg": "mjpeg -q:v 28 -pix_fmt yuvj420p", "theora": "libtheora -q:v 2", "wmv2": "wmv2 -q:v 14",
    "av1": "libsvtav1 -preset 12 -crf 56",
}
SOUND = {  # The lowest bit rates that the formats have: most of a long clip would be sound.
    "aac": "aac -b:a 12k -ar 16000", "mp3": "libmp3lame -b:a 16k -ar 22050", "mp2": "mp2 -b:a 16k -ar 22050",
    "ac3": "ac3 -b:a 32k -ar 32000", "opus": "libopus -b:a 8k", "vorbis": "libvorbis -q:a 0 -ar 16000",
    "wma": "wmav2 -b:a 24k -ar 22050", "pcm": "pcm_s16le -ar 8000", "be": "pcm_s16be -ar 8000", "flac": "flac -ar 16000",
    "pcm48": "pcm_s16le -ar 48000",
}
TONE = "sine=f=330:r=44100"


def ffmpeg(*arguments):
    command = ["ffmpeg", "-y", "-v", "error", "-fflags", "+genpts", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr[-2000:]}")


def moving(size, rate, seconds, look=""):
    """A picture that moves all the time: a small one enlarged, which keeps files small."""
    width, height = map(int, size.split("x"))
    by = 20 if width * height > 400_000 else 6
    return (f"testsrc2=s={width // by // 2 * 2}x{height // by // 2 * 2}:r={rate}:d={seconds},scale={width}:{height}"
            f":flags=bilinear,setsar=1{',' + look if look else ''}")


def held(start, end):
    """Leaves out the pictures that begin between `start` and `end`: the one before is shown until `end`."""
    return f"select='not(between(t,{start}+0.001,{end}-0.001))'"


made = {}


def film(suffix, codec="h264", size="320x180", rate=5, seconds=30, sound=None, look="", graph=None, tone=TONE,
         gop=None, options="", before_sound="", sound_options=""):
    """The path of an encoded film. Equal wishes share one file."""
    wish = (suffix, codec, size, rate, seconds, sound, look, graph, tone, gop, options, before_sound, sound_options)
    if wish in made:
        return made[wish]
    path = work / f"{len(made)}.{suffix}"
    command = ["-f", "lavfi", "-i", graph or moving(size, rate, seconds, look)]
    if sound:
        command += [*before_sound.split(), "-f", "lavfi", "-i", f"{tone}:d={seconds}" if tone == TONE else tone]
    if codec:
        command += ["-map", "0:v", "-c:v", *VIDEO[codec].split(), "-fps_mode", "vfr", "-threads", "1"]
        command += [] if codec == "mjpeg" else ["-pix_fmt", "yuv420p"]
        command += ["-g", gop or 10 * int(eval(str(rate)) + 0.5)]
        command += ["-q:v", "28"] if codec in ("mpeg2", "mpeg4") and size in (PORTRAIT, LANDSCAPE, "1088x1920", "1920x1088") else []
        command += ["-tag:v", "hvc1"] if codec == "hevc" and suffix in ("mp4", "mov") else []
    if sound:
        command += ["-map", "1:a", "-c:a", *SOUND[sound].split(), *sound_options.split()]
    ffmpeg(*command, "-fflags", "+bitexact", "-flags", "+bitexact", *options.split(), path)
    made[wish] = path
    return path


def copied(source, suffix, options="", before="", **filters):
    """The path of a copy without encoding: `video` and `audio` are bit stream filters."""
    path = work / f"c{len(list(work.iterdir()))}.{suffix}"
    streams = [part for kind in filters for part in (f"-bsf:{kind[0]}", filters[kind])]
    ffmpeg(*before.split(), "-i", source, "-map", "0", "-c", "copy", "-fflags", "+bitexact", *streams,
           *options.split(), path)
    return path


# --- ISO base media -------------------------------------------------------------------------------

class Box:
    """A box as a tree: either its payload or a prefix and the boxes inside it."""

    INSIDE = {b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"dinf": 0, b"edts": 0, b"mvex": 0,
              b"moof": 0, b"traf": 0, b"stsd": 8, b"dref": 8, b"avc1": 78, b"hvc1": 78, b"mp4v": 78}

    def __init__(self, kind, payload=b""):
        self.kind, self.payload, self.boxes = kind, payload, None
        if kind in self.INSIDE:
            skip = self.INSIDE[kind]
            self.payload, self.boxes = payload[:skip], Box.read(payload[skip:])

    @staticmethod
    def read(data):
        boxes, at = [], 0
        while at + 8 <= len(data):
            size, kind = struct.unpack_from(">I4s", data, at)
            if size < 8:
                break
            boxes.append(Box(kind, data[at + 8:at + size]))
            at += size
        return boxes

    def data(self):
        body = self.payload + b"".join(box.data() for box in self.boxes or [])
        return struct.pack(">I4s", len(body) + 8, self.kind) + body


def find(boxes, path):
    """The box at a path such as `moov/trak[1]/mdia`."""
    box = None
    for part in path.split("/"):
        kind, _, index = part.partition("[")
        box = [b for b in boxes if b.kind == kind.encode().ljust(4)][int(index.rstrip("]") or 0) if index else 0]
        boxes = box.boxes
    return box


def put(payload, at, pattern, *values):
    """The payload with numbers written over it at `at`."""
    new = struct.pack(pattern, *values)
    return payload[:at] + new + payload[at + len(new):]


def iso(source, target, edit):
    boxes = Box.read(source.read_bytes())
    edit(boxes)
    target.write_bytes(b"".join(box.data() for box in boxes))


TABLE = "mdia/minf/stbl"


def samples(boxes, data, track="moov/trak"):
    """The bytes of every sample of a track, in order."""
    stbl = f"{track}/{TABLE}"
    stsz = find(boxes, f"{stbl}/stsz").payload
    fixed, count = struct.unpack_from(">II", stsz, 4)
    sizes = [fixed] * count if fixed else list(struct.unpack_from(f">{count}I", stsz, 12))
    stco = find(boxes, f"{stbl}/stco").payload
    chunks = struct.unpack_from(f">{struct.unpack_from('>I', stco, 4)[0]}I", stco, 8)
    stsc = find(boxes, f"{stbl}/stsc").payload
    runs = [struct.unpack_from(">III", stsc, 8 + 12 * i) for i in range(struct.unpack_from(">I", stsc, 4)[0])]
    found, next_size = [], iter(sizes)
    for number, at in enumerate(chunks, 1):
        for _ in range([run[1] for run in runs if run[0] <= number][-1]):
            size = next(next_size)
            found.append(data[at:at + size])
            at += size
    return found


def two_descriptions(first, second, target):
    """One track whose second half has a sample description of its own (ISO/IEC 14496-12 8.5.2, 8.7.4)."""
    datas = [path.read_bytes() for path in (first, second)]
    trees = [Box.read(data) for data in datas]
    parts = [samples(tree, data) for tree, data in zip(trees, datas)]
    boxes = trees[0]
    ftyp = boxes[0].data()
    every = parts[0] + parts[1]
    places, at = [], len(ftyp) + 8
    for sample in every:
        places.append(at)
        at += len(sample)
    stbl = find(boxes, f"moov/trak/{TABLE}")
    by = {box.kind: box for box in stbl.boxes}
    by[b"stsd"].payload = struct.pack(">II", 0, 2)
    by[b"stsd"].boxes.append(find(trees[1], f"moov/trak/{TABLE}/stsd").boxes[0])
    step = struct.unpack_from(">I", by[b"stts"].payload, 12)[0]
    by[b"stts"].payload = struct.pack(">IIII", 0, 1, len(every), step)
    by[b"stsz"].payload = struct.pack(f">III{len(every)}I", 0, 0, len(every), *map(len, every))
    by[b"stco"].payload = struct.pack(f">II{len(every)}I", 0, len(every), *places)
    by[b"stsc"].payload = struct.pack(">II6I", 0, 2, 1, 1, 1, len(parts[0]) + 1, 1, 2)
    keys = []
    for tree, shift in ((Box.read(datas[0]), 0), (trees[1], len(parts[0]))):
        stss = find(tree, f"moov/trak/{TABLE}/stss").payload
        keys += [key + shift for key in struct.unpack_from(f">{struct.unpack_from('>I', stss, 4)[0]}I", stss, 8)]
    by[b"stss"].payload = struct.pack(f">II{len(keys)}I", 0, len(keys), *keys)
    for path, place in (("moov/mvhd", 16), ("moov/trak/tkhd", 20), ("moov/trak/mdia/mdhd", 16), ("moov/trak/edts/elst", 8)):
        box = find(boxes, path)
        old = struct.unpack_from(">I", box.payload, place)[0]
        box.payload = put(box.payload, place, ">I", old * len(every) // len(parts[0]))
    mdat = Box(b"mdat", b"".join(every))
    target.write_bytes(ftyp + mdat.data() + find(boxes, "moov").data())


# --- Matroska -------------------------------------------------------------------------------------

SEGMENT, SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, TAGS = (bytes.fromhex(i) for i in (
    "18538067", "114d9b74", "1549a966", "1654ae6b", "1f43b675", "1c53bb6b", "1254c367"))
TRACK, PICTURE, VOID, CRC, GROUP, SIMPLE, BLOCK = (bytes.fromhex(i) for i in ("ae", "e0", "ec", "bf", "a0", "a3", "a1"))
CUE_POINT, CUE_PLACE, CUE_CLUSTER, TIME = (bytes.fromhex(i) for i in ("bb", "b7", "f1", "e7"))
MASTERS = {SEGMENT, INFO, TRACKS, CLUSTER, CUES, TRACK, PICTURE, GROUP, CUE_POINT, CUE_PLACE}


def number(value, width=None):
    return value.to_bytes(width or max(1, (value.bit_length() + 7) // 8), "big")


class Element:
    """An EBML element as a tree: either its payload or the elements inside it."""

    def __init__(self, kind, payload=b"", inside=None, place=None):
        self.kind, self.payload, self.inside, self.place = kind, payload, inside, place

    @staticmethod
    def read(data, start=0, end=None, base=0):
        found, at, end = [], start, len(data) if end is None else end
        while at < end:
            width = 9 - data[at].bit_length()
            kind, at_size = data[at:at + width], at + width
            size_width = 9 - data[at_size].bit_length()
            size = int.from_bytes(data[at_size:at_size + size_width], "big") & ((1 << 7 * size_width) - 1)
            body = at_size + size_width
            if kind in MASTERS:
                inside = Element.read(data, body, body + size, body if kind == SEGMENT else base)
                found.append(Element(kind, inside=inside, place=at - base))
            elif kind not in (VOID, CRC):
                found.append(Element(kind, data[body:body + size], place=at - base))
            at = body + size
        return found

    def data(self):
        body = self.payload if self.inside is None else b"".join(e.data() for e in self.inside)
        return self.kind + (len(body) | 1 << 56).to_bytes(8, "big") + body

    def all(self, kind):
        return [e for e in self.inside if e.kind == kind]

    def first(self, *kinds):
        element = self
        for kind in kinds:
            element = element.all(kind)[0]
        return element

    def set(self, kind, payload):
        """Writes a child's payload over the old one, or adds the child."""
        kind = bytes.fromhex(kind)
        for element in self.all(kind):
            element.payload = payload
            return
        self.inside.append(Element(kind, payload))


def matroska(source, target, edit):
    """Edits the tree and writes it with a new seek head and with cues that lead to the moved clusters."""
    head, segment = Element.read(source.read_bytes())[:2]
    segment.inside = [e for e in segment.inside if e.kind != SEEK_HEAD]
    edit(segment)
    sought = [e for e in segment.inside if e.kind in (INFO, TRACKS, CUES, TAGS)]
    one = (2 + 8) + (2 + 8 + 4) + (2 + 8 + 8)  # Seek, its SeekID of 4 bytes, its SeekPosition of 8.
    seek_head = Element(SEEK_HEAD, b"\0" * (one * len(sought)))
    cue_places = [c.first(CUE_CLUSTER) for p in segment.all(CUES) for q in p.all(CUE_POINT) for c in q.all(CUE_PLACE)]
    for place in cue_places:
        place.old, place.payload = int.from_bytes(place.payload, "big"), bytes(8)
    at, moved = len(seek_head.data()), {}
    for element in segment.inside:
        moved.setdefault(element.place, at)
        element.new, at = at, at + len(element.data())
    for place in cue_places:
        place.payload = number(moved[place.old], 8)
    seek_head.payload = b"".join(Element(bytes.fromhex("4dbb"), inside=[
        Element(bytes.fromhex("53ab"), e.kind), Element(bytes.fromhex("53ac"), number(e.new, 8))]).data() for e in sought)
    assert len(seek_head.payload) == one * len(sought)
    segment.inside.insert(0, seek_head)
    target.write_bytes(head.data() + segment.data())


# --- FLV, AVI, transport streams --------------------------------------------------------------------

def flv_tags(data):
    """(type, milliseconds, payload) of every tag."""
    at, tags = 13, []
    while at + 11 <= len(data):
        size, low, high = int.from_bytes(data[at + 1:at + 4], "big"), data[at + 4:at + 7], data[at + 7]
        tags.append((data[at], high << 24 | int.from_bytes(low, "big"), data[at + 11:at + 11 + size]))
        at += 15 + size
    return tags


def flv_data(tags, flags=5):
    data = b"FLV\1" + bytes([flags]) + b"\0\0\0\x09" + bytes(4)
    for kind, time, payload in tags:
        tag = bytes([kind]) + number(len(payload), 3) + number(time & 0xFFFFFF, 3) + bytes([time >> 24 & 255]) + bytes(3)
        data += tag + payload + number(len(tag) + len(payload), 4)
    return data


def flv_pictures(path, skip_headers=False):
    """The tags of picture and sound, without the script tag and, as wished, without sequence headers."""
    return [t for t in flv_tags(path.read_bytes()) if t[0] in (8, 9) and not (
        skip_headers and t[0] == 9 and t[2][1] == 0)]


def without_flv_numbers(data, *names):
    """Renames keys of onMetaData, so that what they said is no longer said."""
    for name in names:
        data = data.replace(number(len(name), 2) + name.encode(), number(len(name), 2) + b"x" * len(name))
    return data


def avi_chunk(data, name, start=12):
    """The place of the first chunk or list of that name."""
    at = start
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind == name or kind == b"LIST" and data[at + 8:at + 12] == name:
            return at, size
        at += 8 + size + size % 2
    raise KeyError(name)


def avi_with_null_frames(data, count):
    """Appends chunks of no bytes, which repeat the last picture, and counts them in every header."""
    movi, movi_size = avi_chunk(data, b"movi")
    idx1, idx1_size = avi_chunk(data, b"idx1")
    nulls = struct.pack("<4sI", b"00dc", 0) * count
    entries = b"".join(struct.pack("<4sIII", b"00dc", 0, movi_size - 4 + 4 + 8 * i, 0) for i in range(count))
    data = (data[:movi + 4] + struct.pack("<I", movi_size + len(nulls)) + data[movi + 8:movi + 8 + movi_size] + nulls
            + data[movi + 8 + movi_size:idx1] + b"idx1" + struct.pack("<I", idx1_size + len(entries))
            + data[idx1 + 8:idx1 + 8 + idx1_size] + entries + data[idx1 + 8 + idx1_size:])
    for name, place in ((b"avih", 8 + 16), (b"strh", 8 + 32)):
        at = data.index(name) + place
        data = put(data, at, "<I", struct.unpack_from("<I", data, at)[0] + count)
    return put(data, 4, "<I", len(data) - 8)


def ts_packets(data, size=188):
    return [data[at:at + size] for at in range(0, len(data) - size + 1, size)]


def without_pts(data, which):
    """Takes the timestamps from the PES packets of the picture whose numbers are in `which` (13818-1 2.4.3.7)."""
    packets, number_of_pes = [], -1
    for packet in ts_packets(data):
        start = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
        if packet[1] & 0x40 and packet[start:start + 3] == b"\0\0\1" and packet[start + 3] & 0xF0 == 0xE0:
            number_of_pes += 1
            if number_of_pes in which:
                length = packet[start + 8]
                packet = (packet[:start + 7] + bytes([packet[start + 7] & 0x3F, length]) + b"\xff" * length
                          + packet[start + 9 + length:])
        packets.append(packet)
    return b"".join(packets)


def tail(kind, length):
    """Bytes that belong to no container: neither a start code nor a sync byte begins them."""
    noise = random.Random(SEED + length).randbytes(length).replace(b"\0\0\1", b"\0\0\2")
    text = b"\r\n2024-03-01 12:00 dashcam N39.9 E116.4 speed 43 km/h"
    return {"zeros": bytes(length), "ff": b"\xff" * length, "text": (text * (length // len(text) + 1))[:length],
            "random": b"\x9c" + noise[1:]}[kind]


# --- Writing on black -------------------------------------------------------------------------------

def writing(lines, size, x, y, font="DejaVuSans.ttf", color="white"):
    """A filter that writes lines; where the font is not installed, strokes that look like letters."""
    if (FONTS / font).exists():
        return ",".join(f"drawtext=fontfile={FONTS / font}:text='{line}':fontsize={size}:fontcolor={color}:x={x}"
                        f":y={y}+{i * size * 3 // 2}" for i, line in enumerate(lines))
    place, pick = x.replace("text_w", str(size * 6)), random.Random(SEED)
    return ",".join(f"drawbox=x={place}+{k * size * 2 // 3}:y={y}+{i * size * 3 // 2 + pick.randrange(size // 3)}:w="
                    f"{size // 5 + pick.randrange(size // 4)}:h={size // 2}:c={color}:t=fill"
                    for i, line in enumerate(lines) for k in range(len(line.replace(' ', '')) // 2))


def scenes(size, rate, seconds, count=3):
    """A film of several scenes that all fill the picture."""
    each, looks = seconds / count, ["null", "hue=h=140:s=1.3,hflip", "vflip,eq=brightness=0.12", "negate,hue=h=60"]
    parts = ";".join(f"testsrc2=s={size}:r={rate}:d={each},{looks[i % 4]},format=yuv420p[s{i}]" for i in range(count))
    return f"{parts};{''.join(f'[s{i}]' for i in range(count))}concat=n={count}"


def black_then(size, rate, seconds, drawn, rest, last=False):
    """Writing on black for some seconds before a film, or behind it."""
    card = f"color=black:s={size}:r={rate}:d={seconds},{drawn},format=yuv420p[card]"
    order = "[film][card]" if last else "[card][film]"
    return f"{card};{scenes(size, rate, rest)}[film];{order}concat"


def face(size, rate, seconds, x="W*0.5", y="H*0.35", radius=90):
    """A lit oval that sways a little, everything else in the dark."""
    return (f"color=black:s={size}:r={rate}:d={seconds},geq=lum='16+190*exp(-(pow((X-{x}-8*sin(N/4))/{radius}\\,2)"
            f"+pow((Y-{y}-5*cos(N/5))/({radius}*1.35)\\,2))*2)':cb=118:cr=140,format=yuv420p")


# --- The table --------------------------------------------------------------------------------------

cases = []


def want(**rules):
    """`silence="pass|review"` is judged where the rule can be, `quick_…` at every depth, `decoded_…` at two."""
    wanted = {}
    for name, outcomes in rules.items():
        depths = None
        for prefix, given in (("quick_", ALL), ("decoded_", DECODED)):
            if name.startswith(prefix):
                name, depths = name[len(prefix):], given
        name = name.replace("_", "-")
        depths = depths or (DECODED if name in CONTENT_RULES else ALL)
        wanted[name] = {"depths": list(depths), "outcomes": outcomes.split("|")}
    return wanted


def case(kind, file, why, make, rules=None, facts=None, contest=XIAN, verdict_not=None):
    """`make` gives a path to copy or bytes, or writes to the path that it is given."""
    cases.append({"kind": kind, "make": make, "entry": {
        "file": f"{kind}-{file}", "why": why, "contest": contest, "verdictNot": verdict_not, "facts": facts or {},
        "rules": rules or {}}})


def about(seconds, slack=1):
    return [int((seconds - slack) * 1000), int((seconds + slack) * 1000)]


FROZEN = want(freeze="advisory", decodable="pass")


# 01: one picture is held long.
def held_pictures():
    middle = {"mp4": ("hevc", "aac", 12, 29), "mkv": ("vp9", "opus", 10, 24.6), "mov": ("mjpeg", "be", 8, 20),
              "webm": ("vp8", "vorbis", 14, 26), "avi": ("mpeg4", "mp3", 9, 27), "flv": ("h264", "mp3", 11, 23),
              "ts": ("mpeg2", "mp2", 7, 21.2), "m2ts": ("h264", "ac3", 13, 25.4), "wmv": ("wmv2", "wma", 10, 28)}
    for suffix, (codec, sound, start, end) in middle.items():
        case("01", f"held-{codec}-{end - start:g}s-in-the-middle.{suffix}",
             f"the picture of {start} s is shown until {end} s", lambda s=suffix, c=codec, a=sound, b=start, e=end:
             film(s, c, "320x240", 5, 36, a, held(b, e)), FROZEN)
    for suffix, codec in {"mp4": "mpeg4", "mov": "mjpeg", "mkv": "vp8"}.items():
        def whole(target, suffix=suffix, codec=codec):
            one = film(suffix, codec, "320x240", 5, 0.2)
            if suffix != "mkv":
                ffmpeg("-i", one, "-c", "copy", "-bsf:v", "setts=duration=70/TB", target)
            else:
                matroska(one, target, lambda segment: last_block_lasts(segment, 70_000))
        case("01", f"one-{codec}-picture-for-70s.{suffix}", "the only picture is shown for 70 s", whole, FROZEN,
             {"durationMilliseconds": about(70)})
    case("01", "one-picture-and-null-frames-40s.avi", "one coded picture, then 199 null frames that repeat it",
         lambda: avi_with_null_frames(film("avi", "mpeg4", "320x240", 5, 0.2).read_bytes(), 199), FROZEN,
         {"durationMilliseconds": about(40)})
    case("01", "last-picture-and-null-frames-16s.avi", "80 null frames at the end repeat the last picture",
         lambda: avi_with_null_frames(film("avi", "mpeg4", "320x240", 5, 20).read_bytes(), 80), FROZEN,
         {"durationMilliseconds": about(36)})
    for suffix, codec in {"mp4": "hevc", "mov": "h264"}.items():
        case("01", f"last-{codec}-picture-stays-14s.{suffix}", "the last packet's duration is 14 s", lambda s=suffix, c=codec:
             copied(film(s, c, "320x240", 5, 20), s, video="setts=duration=if(eq(N\\,99)\\,14/TB\\,DURATION)"), FROZEN,
             {"durationMilliseconds": about(33.8)})
    for suffix, codec in {"mkv": "mpeg2", "webm": "vp9"}.items():
        case("01", f"last-{codec}-picture-stays-14s.{suffix}", "the last block's BlockDuration is 14 s",
             lambda target, s=suffix, c=codec: matroska(film(s, c, "320x240", 5, 20), target,
                                                        lambda segment: last_block_lasts(segment, 14_000)), FROZEN,
             {"durationMilliseconds": about(33.8)})
    for suffix, codec in {"mp4": "h264", "mov": "mpeg4", "mkv": "hevc", "webm": "vp9"}.items():
        case("01", f"slideshow-{codec}-six-of-35s.{suffix}", "six pictures of 35 s each", lambda s=suffix, c=codec:
             film(s, c, "320x240", "1/35", 210, gop=3), FROZEN)
    dark = "drawbox=c=black:t=fill:enable='between(t,8,23)'," + held(8, 23)
    for suffix, codec in {"mp4": "h264", "mkv": "mpeg4", "mov": "hevc", "webm": "vp8", "avi": "mpeg4", "ts": "mpeg2"}.items():
        case("01", f"black-{codec}-held-15s.{suffix}", "one black picture is shown from 8 to 23 s",
             lambda s=suffix, c=codec: film(s, c, "320x240", 5, 32, look=dark), want(black="advisory", decodable="pass"))


def last_block_lasts(segment, milliseconds):
    """Puts the last SimpleBlock into a BlockGroup with a BlockDuration and tells the segment's Duration."""
    cluster = segment.all(CLUSTER)[-1]
    simple = cluster.all(SIMPLE)[-1]
    is_key = simple.payload[3] & 0x80
    group = [Element(BLOCK, put(simple.payload, 3, ">B", simple.payload[3] & 0x7F)),
             Element(bytes.fromhex("9b"), number(milliseconds))]
    group += [] if is_key else [Element(bytes.fromhex("fb"), b"\xff")]
    cluster.inside[cluster.inside.index(simple)] = Element(GROUP, inside=group)
    last = int.from_bytes(cluster.first(TIME).payload, "big") + struct.unpack_from(">h", simple.payload, 1)[0]
    segment.first(INFO).set("4489", struct.pack(">d", last + milliseconds))


# 02: timestamps start over or jump ahead.
def restarts_and_jumps():
    for suffix, codec, sound, seconds in (("ts", "mpeg2", "mp2", (70, 80)), ("m2ts", "h264", "ac3", (66, 61)),
                                          ("mts", "hevc", None, (90, 75))):
        def joined(suffix=suffix, codec=codec, sound=sound, seconds=seconds):
            muxer = {"ts": "ts", "m2ts": "m2ts", "mts": "ts"}[suffix]
            return b"".join(film(muxer, codec, "240x320", 2, s, sound).read_bytes() for s in seconds)
        case("02", f"joined-{codec}-{sum(seconds)}s.{suffix}", "two streams, one behind the other; the second begins at zero again",
             joined, want(duration="pass|review"), {"durationMilliseconds": about(sum(seconds))})
    for suffix, muxer, sound, parts in (("mpg", "mpeg", "mp2", (62, 64, 60)), ("vob", "vob", "ac3", (75, 70)),
                                        ("dat.mpg", "mpeg", "mp2", (125, 8))):
        def joined_ps(muxer=muxer, sound=sound, parts=parts, suffix=suffix):
            codec = "mpeg1" if suffix == "dat.mpg" else "mpeg2"
            return b"".join(film("mpg" if muxer == "mpeg" else "vob", codec, "128x96", 25, s, sound).read_bytes() for s in parts)
        case("02", f"joined-{len(parts)}-parts-{sum(parts)}s.{suffix}", "program streams, one behind the other", joined_ps,
             want(duration="pass|review"), {"durationMilliseconds": about(sum(parts))})
    for suffix, codec, sound, seconds in (("mkv", "mpeg2", "mp2", (80, 65)), ("webm", "vp8", "opus", (64, 70)),
                                          ("mkv", "mjpeg", "opus", (75, 51))):
        def clusters(target, suffix=suffix, codec=codec, sound=sound, seconds=seconds):
            more = Element.read(film(suffix, codec, "240x320", 2, seconds[1], sound).read_bytes())[1].all(CLUSTER)
            def add(segment):
                for cluster in more:
                    cluster.place = None
                at = segment.inside.index(segment.all(CLUSTER)[-1]) + 1
                segment.inside[at:at] = more
                segment.first(INFO).set("4489", struct.pack(">d", sum(seconds) * 1000))
            matroska(film(suffix, codec, "240x320", 2, seconds[0], sound), target, add)
        case("02", f"clusters-begin-again-{codec}-{sum(seconds)}s.{suffix}", "the clusters of a second film, whose times begin at zero",
             clusters, want(duration="pass|review"), {"durationMilliseconds": about(sum(seconds))})
    for codec, sound, seconds in (("h264", "mp3", (70, 60)), ("h264", None, (61, 62))):
        case("02", f"tags-begin-again-{sum(seconds)}s-{sound or 'mute'}.flv", "the tags of a second film, whose times begin at zero",
             lambda c=codec, a=sound, s=seconds: flv_data([t for n in s for t in flv_pictures(film("flv", c, "240x320", 2, n, a))],
                                                          5 if a else 1),
             want(duration="pass|review"), {"durationMilliseconds": about(sum(seconds))})
    jump = "setts=ts=TS+gte(TS*TB\\,{at})*{by}/TB"
    for suffix, codec, sound, at, by in (("ts", "hevc", "aac", 60, 3600), ("ts", "mpeg2", "mp2", 90, 30), ("mkv", "h264", "aac", 50, 1800),
                                         ("webm", "vp9", "opus", 75, 45), ("flv", "h264", "mp3", 40, 600), ("m2ts", "h264", "ac3", 100, 120)):
        case("02", f"jump-of-{by}s-{codec}.{suffix}", f"all timestamps jump ahead by {by} s; a viewer sees 150 s",
             lambda s=suffix, c=codec, a=sound, at=at, by=by: copied(film(s, c, "240x320", 2, 150, a), s, video=jump.format(
                 at=at, by=by), audio=jump.format(at=at, by=by)), want(duration="pass|review"))


# 03: sound that begins late, ends early or never leaves one value.
def absent_sound():
    for suffix, codec, sound, late in (("mp4", "hevc", "aac", 12), ("mkv", "vp9", "opus", 14.5), ("mov", "mpeg4", "be", 17),
                                       ("ts", "mpeg2", "mp2", 20), ("webm", "vp8", "vorbis", 13), ("flv", "h264", "mp3", 16),
                                       ("m2ts", "h264", "ac3", 12.5)):
        case("03", f"sound-begins-{late}s-late-{sound}.{suffix}", f"the first {late} s have no sound",
             lambda s=suffix, c=codec, a=sound, t=late: film(s, c, "320x180", 5, 40, a, before_sound=f"-itsoffset {t}",
                                                             options="-t 40"), want(silence="advisory"))
    def late_avi():
        data = film("avi", "mpeg4", "320x180", 5, 40, "pcm", tone=f"{TONE}:d=25").read_bytes()
        at = data.index(b"strh", data.index(b"strh") + 4) + 8
        scale, rate = struct.unpack_from("<II", data, at + 20)
        return put(data, at + 28, "<I", 15 * rate // scale)
    case("03", "sound-begins-15s-late-pcm.avi", "dwStart of the sound is 15 s", late_avi, want(silence="advisory"))
    for suffix, codec, sound, end in (("mp4", "h264", "aac", 25), ("mkv", "mpeg4", "flac", 22), ("mov", "mjpeg", "be", 28),
                                      ("ts", "hevc", "aac", 26), ("avi", "mpeg4", "mp3", 20), ("webm", "vp8", "opus", 27)):
        case("03", f"sound-ends-{40 - end}s-early-{sound}.{suffix}", f"there is no sound after {end} s",
             lambda s=suffix, c=codec, a=sound, e=end: film(s, c, "320x180", 5, 40, a, tone=f"{TONE}:d={e}"), want(silence="advisory"))
    for suffix, codec, sound, value in (("mov", "h264", "be", 0.01), ("avi", "mpeg4", "pcm", -0.01), ("mkv", "vp9", "flac", 0.012),
                                        ("mkv", "mjpeg", "pcm", 0.02)):
        case("03", f"constant-{value:+}-{sound}.{suffix}", "every sample has the same value: nothing is heard",
             lambda s=suffix, c=codec, a=sound, v=value: film(s, c, "320x180", 5, 15, a, tone=f"aevalsrc={v}:s=48000:d=15"),
             want(silence="advisory"))
    for suffix, sound, late in (("vob", "ac3", 12.5),):
        case("03", f"sound-begins-{late}s-and-6MB-late.{suffix}", f"the first sound packet comes after {late} s and 6 MB",
             lambda s=suffix, a=sound, t=late: film(s, "mpeg2", "352x576", 25, 14, a, "noise=alls=20:allf=t", before_sound=f"-itsoffset {t}",
                                                    options="-t 14 -qscale:v 12"),
             want(silence="advisory"), {"audio.codec": [sound]})


# 04: the size changes on the way.
def size_changes():
    def halves(first, second, suffix, codec, target, sizes=(8, 120), rate=1):
        # A transport stream repeats every header, so two of them join into one track of two sizes.
        parts = [film("ts", codec, size, rate, seconds) for size, seconds in zip((first, second), sizes)]
        listed = work / "list.txt"
        listed.write_text("".join(f"file '{part}'\nduration {seconds}\n" for part, seconds in zip(parts, sizes)))
        ffmpeg("-f", "concat", "-safe", "0", "-i", listed, "-c", "copy", target)
    shapes = {"portrait-5s-then-landscape": (PORTRAIT, LANDSCAPE, (5, 120)), "second-half-540x960": (PORTRAIT, "540x960", (63, 63)),
              "last-20s-720x1280": (PORTRAIT, "720x1280", (110, 20))}
    for name, suffix, codec in (("portrait-5s-then-landscape", "ts", "h264"), ("portrait-5s-then-landscape", "mkv", "h264"),
                                ("portrait-5s-then-landscape", "flv", "h264"), ("portrait-5s-then-landscape", "mpg", "mpeg2"),
                                ("second-half-540x960", "ts", "mpeg2"), ("second-half-540x960", "mkv", "mpeg2"), ("last-20s-720x1280", "m2ts", "h264"),
                                ("last-20s-720x1280", "mp4", "h264")):
        first, second, lengths = shapes[name]
        rate = 25 if suffix == "mpg" else 1
        if suffix == "mpg":
            lengths = (2, 3)
        case("04", f"{name}-{codec}.{suffix}", f"the first {lengths[0]} s are {first}, the rest is {second}",
             lambda target, a=first, b=second, s=suffix, c=codec, n=lengths, r=rate: halves(a, b, s, c, target, n, r),
             want(decoded_resolution="fail|review"), verdict_not="compliant")
    for suffix, codec in (("mkv", "vp9"), ("webm", "vp8")):
        def by_clusters(target, suffix=suffix, codec=codec):
            more = Element.read(film(suffix, codec, "540x960", 1, 60).read_bytes())[1].all(CLUSTER)
            def add(segment):
                for cluster in more:
                    cluster.place = None
                    cluster.set("e7", number(int.from_bytes(cluster.first(TIME).payload, "big") + 64_000))
                at = segment.inside.index(segment.all(CLUSTER)[-1]) + 1
                segment.inside[at:at] = more
                segment.first(INFO).set("4489", struct.pack(">d", 124_000))
            matroska(film(suffix, codec, PORTRAIT, 1, 64), target, add)
        case("04", f"second-half-540x960-{codec}.{suffix}", "the keyframes of the second half are 540×960", by_clusters,
             want(decoded_resolution="fail|review"), verdict_not="compliant")
    def two_headers():
        first, second = film("flv", "h264", PORTRAIT, 1, 64), film("flv", "h264", "720x1280", 1, 60)
        return flv_data(flv_pictures(first) + [(k, t + 64_000, p) for k, t, p in flv_pictures(second)], 1)
    case("04", "second-sequence-header-720x1280.flv", "a second sequence header: from 1:04 on the picture is 720×1280", two_headers,
         want(decoded_resolution="fail|review"), verdict_not="compliant")


# 05 and 06: whole files of every container, with something behind the end, and cut.
WHOLE = {"mp4": ("hevc", "aac", ""), "mov": ("mpeg4", "be", ""), "mkv": ("vp9", "flac", ""), "webm": ("vp8", "vorbis", ""),
         "avi": ("mpeg4", "mp3", ""), "flv": ("h264", "mp3", ""), "ts": ("mpeg2", "mp2", ""), "m2ts": ("h264", "ac3", ""),
         "wmv": ("wmv2", "wma", ""), "ogv": ("theora", "vorbis", ""), "mpg": ("mpeg2", "mp2", ""), "mxf": ("mpeg2", "pcm48", "")}


def whole_file(suffix, options=""):
    codec, sound, _ = WHOLE[suffix]
    size, rate, seconds = ("160x120", 25, 6) if suffix in ("mpg", "mxf") else ("320x240", 5, 25)
    return film(suffix, codec, size, rate, seconds, sound, options=options)


def tails():
    for suffix, kind, length in (("mp4", "random", 5000), ("mp4", "text", 1024), ("mov", "ff", 4096), ("mov", "random", 65536), ("mkv", "zeros", 16384),
                                 ("mkv", "text", 2000), ("webm", "random", 3001), ("avi", "zeros", 65536), ("avi", "random", 1500), ("flv", "ff", 8192),
                                 ("flv", "zeros", 1024), ("ts", "random", 3333), ("ts", "ff", 40000), ("m2ts", "zeros", 1024), ("m2ts", "text", 10000),
                                 ("wmv", "zeros", 4096), ("wmv", "random", 2048), ("ogv", "text", 7000), ("ogv", "zeros", 65536), ("mpg", "zeros", 2048),
                                 ("mpg", "ff", 30000), ("mxf", "zeros", 1024), ("mxf", "random", 9999)):
        # A program stream says its end only by this code (ISO/IEC 13818-1 2.5.3.2).
        end = b"\0\0\1\xb9" if suffix == "mpg" else b""
        case("05", f"{length}-bytes-{kind}.{suffix}", f"a whole file and {length} bytes ({kind}) behind its end",
             lambda s=suffix, k=kind, n=length, e=end: whole_file(s).read_bytes() + e + tail(k, n), want(complete_file="pass"))
    for suffix in ("mp4", "mov"):
        case("05", f"moov-first-and-1-byte.{suffix}", "a whole file, index first, and a line end behind it", lambda s=suffix:
             whole_file(s, "-movflags +faststart").read_bytes() + b"\n", want(complete_file="pass"))
    case("05", "fragmented-and-2048-bytes-zeros.mp4", "a whole fragmented file and zeros behind it", lambda:
         whole_file("mp4", "-movflags +frag_keyframe+empty_moov+default_base_moof").read_bytes() + bytes(2048), want(complete_file="pass"))


def cuts():
    pick = random.Random(SEED)
    forms = [(suffix, suffix, "") for suffix in WHOLE if suffix not in ("mp4",)]
    forms += [("mp4", "moov-first", "-movflags +faststart"), ("mp4", "fragmented", "-movflags +frag_keyframe+empty_moov+default_base_moof"),
              ("mp4", "moov-last", "")]
    for suffix, name, options in forms:
        for part in (pick.uniform(0.2, 0.45), pick.uniform(0.5, 0.75), pick.uniform(0.8, 0.97)):
            def cut(suffix=suffix, options=options, part=part):
                data = whole_file(suffix, options).read_bytes()
                at = int(len(data) * part)
                return data[:at - (at % 188 == 0) - (at % 192 == 0)]  # Never between two packets, where nothing shows it.
            case("06", f"cut-at-{part * 100:.0f}-percent-{name}.{suffix}", f"the last {100 - part * 100:.0f} % of the file are missing", cut,
                 want(complete_file="fail|undetermined|review"), verdict_not="compliant")
    for suffix in ("webm", "mkv"):
        live = lambda s=suffix: whole_file(s, "-live 1").read_bytes()
        case("06", f"live-whole.{suffix}", "the header promises no end, and the last block is whole", live,
             want(complete_file="pass|undetermined"))
        case("06", f"live-cut.{suffix}", "the header promises no end and a block is cut", lambda l=live: l()[:-4001],
             want(complete_file="fail|undetermined|review"))


# 07: the pixel shape stands only in the coded stream.
def silent_pixel_shapes():
    facts = {"video.displayWidth": [1920, 1920], "video.displayHeight": [1080, 1080]}
    rules = want(aspect_ratio="pass", resolution="pass")
    def shaped(suffix, codec, size, shape, target):
        if codec in ("mpeg2", "mpeg4"):
            source = film("ts" if codec == "mpeg2" else "m4v", codec, size, 2 if codec == "mpeg4" else 25, 4 if codec == "mpeg4" else 1, look=f"setsar={shape}")
        else:
            source = film("mp4", codec, size, 2, 6, look="setsar=0")
        bits = {"h264": f"h264_metadata=sample_aspect_ratio={shape}", "hevc": f"hevc_metadata=sample_aspect_ratio={shape}"}.get(codec, "null")
        tag = ["-tag:v", "hvc1"] if codec == "hevc" and suffix in ("mp4", "mov") else []
        ffmpeg("-i", source, "-c", "copy", "-bsf:v", bits, *tag, target)
        data = target.read_bytes().replace(b"\0\0\0\x10pasp", b"\0\0\0\x10free")
        data = data.replace(b"vprp", b"JUNK") if suffix == "avi" else data
        target.write_bytes(data)
        if suffix == "mkv":
            def silence(segment):
                for track in segment.first(TRACKS).all(TRACK):
                    for picture in track.all(PICTURE):
                        # Without DisplayUnit 4 (unknown), a missing DisplayWidth would state square pixels (RFC 9559 5.1.4.1.28.12).
                        picture.inside = [e for e in picture.inside if e.kind not in (b"\x54\xb0", b"\x54\xba")]
                        picture.set("54b2", b"\x04")
            matroska(target, target, silence)
    for suffix, codec in (("mov", "h264"), ("mkv", "h264"), ("avi", "h264"), ("ts", "h264"), ("flv", "h264"), ("m2ts", "h264"),
                          ("mp4", "hevc"), ("mov", "hevc"), ("mkv", "hevc"), ("ts", "hevc"),
                          ("mpg", "mpeg2"), ("ts", "mpeg2"), ("avi", "mpeg2"), ("mkv", "mpeg2"), ("mp4", "mpeg4"), ("avi", "mpeg4"), ("mkv", "mpeg4")):
        case("07", f"1440x1080-4to3-{codec}.{suffix}", "only the coded stream says that pixels are 4:3: shown as 1920×1080",
             lambda target, s=suffix, c=codec: shaped(s, c, "1440x1080", "4/3", target), rules, facts, XINHUA)
    case("07", "1280x1080-3to2-h264.mp4", "only the SPS says that pixels are 3:2: shown as 1920×1080",
         lambda target: shaped("mp4", "h264", "1280x1080", "3/2", target), rules, facts, XINHUA)
    for suffix, codec in (("mp4", "h264"), ("mkv", "hevc"), ("ts", "h264")):
        case("07", f"1920x1080-3to4-{codec}.{suffix}", "the size is the right one, but pixels are 3:4: shown as 4:3, not as 16:9",
             lambda target, s=suffix, c=codec: shaped(s, c, LANDSCAPE, "3/4", target), want(aspect_ratio="fail"), contest=XINHUA)


# 08: clean aperture and pixel crop.
def crops():
    rules = want(aspect_ratio="pass|review", resolution="pass|review")
    def clap(suffix, codec, size, shown, target):
        width, height = map(int, shown.split("x"))
        full_width, full_height = map(int, size.split("x"))
        def add(boxes):
            entry = find(boxes, f"moov/trak/{TABLE}/stsd").boxes[0]
            offsets = (width - full_width, 2, height - full_height, 2)
            off = (0, 1, 0, 1) if suffix == "mov" else offsets  # The middle, or the upper left corner.
            entry.boxes.append(Box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, *off)))
        iso(film(suffix, codec, size, 2, 8), target, add)
    for suffix, codec, size, shown, contest in (("mp4", "hevc", "1088x1920", PORTRAIT, XIAN), ("mov", "h264", "1088x1920", PORTRAIT, XIAN),
                                                ("mov", "mpeg4", "1920x1088", LANDSCAPE, XINHUA), ("mp4", "h264", "1920x1088", LANDSCAPE, XINHUA)):
        case("08", f"clap-{shown}-of-{size}-{codec}.{suffix}", f"the clean aperture is {shown}",
             lambda target, s=suffix, c=codec, z=size, w=shown: clap(s, c, z, w, target), rules, contest=contest)
    def crop(suffix, codec, size, edges, shown, target):
        def add(segment):
            picture = segment.first(TRACKS, TRACK, PICTURE)
            for kind, value in edges.items():
                picture.set(kind, number(value))
            for kind, value in zip(("54b0", "54ba"), map(int, shown.split("x"))):
                picture.set(kind, number(value, 2))
        matroska(film(suffix, codec, size, 2, 8), target, add)
    left, right, top, bottom = "54cc", "54dd", "54bb", "54aa"
    for suffix, codec, size, edges, shown, contest in (
            ("mkv", "h264", "1920x1088", {bottom: 8}, LANDSCAPE, XINHUA), ("mkv", "mpeg4", "1088x1920", {left: 4, right: 4}, PORTRAIT, XIAN),
            ("webm", "vp9", "1920x1088", {top: 8}, LANDSCAPE, XINHUA), ("webm", "vp8", "1088x1920", {right: 8}, PORTRAIT, XIAN),
            ("mkv", "hevc", "1920x1200", {top: 60, bottom: 60}, LANDSCAPE, XINHUA)):
        case("08", f"pixelcrop-{shown}-of-{size}-{codec}.{suffix}", f"Matroska crops {size} to {shown}",
             lambda target, s=suffix, c=codec, z=size, e=edges, w=shown: crop(s, c, z, e, w, target), rules, contest=contest)


# 09: an SPS without cropping.
def uncropped():
    bits = "h264_metadata=crop_bottom=0"
    for suffix in ("mp4", "mov", "mkv", "avi"):
        case("09", f"sps-uncropped-1088-container-1080.{suffix}", "the SPS says 1088, the container 1080; players show 1080",
             lambda s=suffix: copied(film("mp4", "h264", LANDSCAPE, 2, 10), s, video=bits), want(aspect_ratio="pass", resolution="pass"),
             {"video.displayWidth": [1920, 1920], "video.displayHeight": [1080, 1080]}, XINHUA)
    for suffix in ("mp4", "mov", "mkv"):
        case("09", f"sps-uncropped-1088-wide-container-1080.{suffix}", "the SPS is 1088 wide, the container 1080; players show 1080",
             lambda s=suffix: copied(film("mp4", "h264", PORTRAIT, 2, 10), s, video="h264_metadata=crop_right=0"),
             want(aspect_ratio="pass", resolution="pass"), {"video.displayWidth": [1080, 1080], "video.displayHeight": [1920, 1920]})
    case("09", "sps-uncropped-1088-no-container.ts", "the SPS says 1088 and no container contradicts it",
         lambda: copied(film("mp4", "h264", LANDSCAPE, 2, 10), "ts", video=bits), facts={"video.displayHeight": [1088, 1088]}, contest=XINHUA)


# 10: more than one video stream.
def several_streams():
    still = "testsrc2=s=270x480:r=1:d=1,scale=1440:2560"
    def with_still(suffix, first, target, options=""):
        shot = film("mov", "mjpeg", "1440x2560", 1, 1, graph=still)
        movie = film("mov", "h264", "360x640", 2, 150, "aac")
        order = ["-map", "0:v", "-map", "1:v", "-map", "1:a"] if first else ["-map", "1:v", "-map", "1:a", "-map", "0:v"]
        ffmpeg("-i", shot, "-i", movie, *order, "-c", "copy", *options.split(), target)
    facts = {"durationMilliseconds": about(150), "video.displayWidth": [360, 360]}
    for suffix in ("mp4", "mov", "mkv"):
        case("10", f"larger-still-first.{suffix}", "a still of 1440×2560 is the first track, the film of 360×640 the second and the default",
             lambda target, s=suffix: with_still(s, True, target, "-disposition:v:0 0 -disposition:v:1 default"), facts=facts)
        case("10", f"larger-still-last.{suffix}", "a still of 1440×2560 beside the film of 360×640", lambda target, s=suffix:
             with_still(s, False, target), facts=facts)
    for suffix in ("mkv", "mp4", "mov"):
        def two(target, suffix=suffix):
            ffmpeg("-i", film("mov", "h264", "640x360", 2, 40), "-i", film("mov", "mpeg4", "360x640", 2, 130), "-map", "0:v", "-map", "1:v", "-c", "copy",
                   "-disposition:v:0", "0", "-disposition:v:1", "default", target)
        case("10", f"two-films-second-default.{suffix}", "two films; the second is the default one and lasts longer", two,
             facts={"durationMilliseconds": about(130), "video.displayWidth": [360, 360]})


# 11: codec parameters change on the way, the size does not.
def new_parameters():
    rules = want(decodable="pass", freeze="pass")
    other = "-preset fast -profile:v high -refs 3 -crf 30"
    for suffix, codec, options in (("mp4", "h264", other), ("mov", "h264", other), ("mp4", "hevc", "-x265-params log-level=none:pools=1:ctu=16:scenecut=0:bframes=0"),
                                   ("mov", "mpeg4", "-q:v 6 -mpeg_quant 1")):
        case("11", f"two-sample-descriptions-{codec}.{suffix}", "the second half of the track has a sample description of its own",
             lambda target, s=suffix, c=codec, o=options: two_descriptions(film(s, c, "320x240", 5, 20, options="" if c != "h264" else "-profile:v baseline"),
                                                                         film(s, c, "320x240", 5, 20, options=o), target), rules)
    def flv():
        first, second = film("flv", "h264", "320x240", 5, 22, options="-profile:v baseline"), film("flv", "h264", "320x240", 5, 18, options=other)
        return flv_data(flv_pictures(first) + [(k, t + 22_000, p) for k, t, p in flv_pictures(second)], 1)
    case("11", "second-sequence-header.flv", "a second sequence header with other parameters", flv, rules)
    def joined(target):
        parts = [film("ts", "h264", "320x240", 5, 20, options="-profile:v baseline"), film("ts", "h264", "320x240", 5, 20, options=other)]
        listed = work / "list.txt"
        listed.write_text("".join(f"file '{part}'\nduration 20\n" for part in parts))
        ffmpeg("-f", "concat", "-safe", "0", "-i", listed, "-c", "copy", target)
    for suffix in ("ts", "mkv"):
        case("11", f"second-parameters-in-the-stream.{suffix}", "the stream itself brings new parameters half-way", joined, rules)


# 12 and 13: no decoder for the first sound, or for the picture.
def without_decoder():
    def two_sounds(suffix, sound):
        path = work / f"two-{sound}.{suffix}"
        source = film(suffix, "mpeg4" if suffix == "avi" else "h264", "320x180", 5, 30, sound)
        ffmpeg("-i", source, "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy", path)
        return path
    def unknown_entry(boxes, track, name=b"zzzz"):
        entry = find(boxes, f"moov/trak[{track}]/{TABLE}/stsd").boxes[0]
        entry.kind, entry.payload = name, entry.payload.replace(b"esds", b"free").replace(b"mp4a", name)
        for box in entry.boxes or []:
            box.kind = b"free" if box.kind in (b"avcC", b"hvcC", b"esds") else box.kind
    def codec_id(segment, track, name):
        entry = segment.first(TRACKS).all(TRACK)[track]
        entry.set("86", name)
        entry.inside = [e for e in entry.inside if e.kind != b"\x63\xa2"]
    for suffix in ("mp4", "mov"):
        case("12", f"unknown-sound-first.{suffix}", "the first sound has no decoder, the second is a tone in AAC", lambda target, s=suffix:
             iso(two_sounds(s, "aac"), target, lambda boxes: unknown_entry(boxes, 1)), want(silence="pass"))
    case("12", "unknown-sound-first.mkv", "the first sound has no decoder, the second is a tone in AAC", lambda target:
         matroska(two_sounds("mkv", "aac"), target, lambda segment: codec_id(segment, 1, b"A_ZZZ")), want(silence="pass"))
    def avi():
        data = two_sounds("avi", "mp3").read_bytes()
        at = data.index(b"strf", data.index(b"auds")) + 8
        return put(data, at, "<H", 0x7777)
    case("12", "unknown-sound-first.avi", "the first sound has no decoder, the second is a tone in MP3", avi, want(silence="pass"))
    rules, no = want(decodable="undetermined", black="undetermined"), "compliant"
    base = lambda s: film(s, "mpeg4" if s == "avi" else "h264", PORTRAIT, 1, 125, "mp3" if s == "avi" else "aac")
    for suffix in ("mp4", "mov"):
        case("13", f"unknown-picture.{suffix}", "the picture's codec has no decoder", lambda target, s=suffix:
             iso(base(s), target, lambda boxes: unknown_entry(boxes, 0, b"xyz1")), rules, verdict_not=no)
    case("13", "unknown-picture.mkv", "the picture's codec has no decoder", lambda target:
         matroska(base("mkv"), target, lambda segment: codec_id(segment, 0, b"V_XYZ1")), rules, verdict_not=no)
    case("13", "unknown-picture.avi", "the picture's codec has no decoder", lambda: base("avi").read_bytes().replace(b"FMP4", b"XYZ1"), rules, verdict_not=no)


# 14: encrypted, elsewhere, photographs.
def not_to_be_judged():
    for suffix, codec in (("mp4", "hevc"), ("mov", "h264"), ("m4v", "h264")):
        keys = "-encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8"
        def encrypted(target, suffix=suffix, codec=codec):
            ffmpeg("-i", film("mov" if suffix == "mov" else "mp4", codec, PORTRAIT, 1, 125, "aac"), "-c", "copy", *(["-tag:v", "hvc1"] if codec == "hevc" else []),
                   *keys.split(), "-f", "mov" if suffix == "mov" else "mp4", target)
        case("14", f"cenc-{codec}.{suffix}", "encrypted: nothing about pictures and sound can be known", encrypted,
             want(black="undetermined", freeze="undetermined", silence="undetermined"), verdict_not="compliant")
    def elsewhere(boxes, entry):
        for track in find(boxes, "moov").boxes:
            if track.kind == b"trak":
                find(track.boxes, "mdia/minf/dinf/dref").boxes = [entry]
        boxes[:] = [box for box in boxes if box.kind not in (b"mdat", b"wide", b"free")]
    links = {"mp4": Box(b"url ", bytes(4) + b"film-part-2.mp4\0"), "mov": Box(b"alis", bytes(4) + bytes(150)),
             "m4v": Box(b"urn ", bytes(4) + b"urn:film:2\0film.mp4\0")}
    for suffix, link in links.items():
        case("14", f"pictures-in-another-file.{suffix}", "the data reference names another file", lambda target, s=suffix, l=link:
             iso(film("mov" if s == "mov" else "mp4", "h264", PORTRAIT, 1, 125, "aac"), target, lambda boxes: elsewhere(boxes, l)),
             want(complete_file="fail|undetermined|review"), verdict_not="compliant")
    facts, rules = {"message:readable": ["图片", "照片"]}, want(readable="fail")
    def still_item(brand, kind, codec):
        """A picture file with one coded item (ISO/IEC 23008-12)."""
        coded = random.Random(SEED).randbytes(700)
        def boxes(place):
            return Box(b"ftyp", brand + bytes(4) + b"mif1" + brand).data() + Box(b"meta", bytes(4) + b"".join([
                Box(b"hdlr", bytes(8) + b"pict" + bytes(13)).data(), Box(b"pitm", bytes(4) + b"\0\1").data(),
                Box(b"iloc", bytes(4) + b"\x44\0\0\1" + b"\0\1\0\0\0\1" + struct.pack(">II", place, len(coded))).data(),
                Box(b"iinf", bytes(4) + b"\0\1" + Box(b"infe", b"\2\0\0\0\0\1\0\0" + kind + b"\0").data()).data(),
                Box(b"iprp", Box(b"ipco", Box(b"ispe", bytes(4) + struct.pack(">II", 1080, 1920)).data()).data()
                    + Box(b"ipma", bytes(4) + b"\0\0\0\1\0\1\1\1").data()).data()])).data()
        head = boxes(0)
        return boxes(len(head) + 8) + Box(b"mdat", coded).data()
    case("14", "heic.mp4", "a photograph in HEIC, called mp4", lambda: still_item(b"heic", b"hvc1", "hevc"), rules, facts, verdict_not="compliant")
    case("14", "heic.mov", "a photograph in HEIC, called mov", lambda: still_item(b"heix", b"hvc1", "hevc"), rules, facts, verdict_not="compliant")
    case("14", "avif.mp4", "a picture in AVIF, called mp4", lambda: still_item(b"avif", b"av01", "av1"), rules, facts, verdict_not="compliant")
    for name, codec, target_suffix in (("jpeg", "mjpeg", "mp4"), ("png", "png", "mp4"), ("jpeg", "mjpeg", "mov"), ("png", "png", "avi")):
        def photograph(codec=codec):
            path = work / f"shot-{codec}.{'jpg' if codec == 'mjpeg' else 'png'}"
            ffmpeg("-f", "lavfi", "-i", "testsrc2=s=270x480:r=1:d=1", "-frames:v", "1", "-c:v", codec, *(["-pix_fmt", "yuvj420p"] if codec == "mjpeg" else []), path)
            return path
        case("14", f"{name}.{target_suffix}", f"a picture in {name.upper()}, called {target_suffix}", photograph, rules, facts, verdict_not="compliant")


# 15: durations of all ones.
def unknown_durations():
    ones = 0xFFFFFFFF
    places = {"mvhd": ("moov/mvhd", 16), "tkhd": ("moov/trak/tkhd", 20), "mdhd": ("moov/trak/mdia/mdhd", 16)}
    def unknown(boxes, names):
        for name in names:
            path, at = places[name]
            find(boxes, path).payload = put(find(boxes, path).payload, at, ">I", ones)
    for suffix, codec, names in (("mp4", "hevc", ["mvhd"]), ("mov", "mpeg4", ["mvhd"]), ("mp4", "h264", ["tkhd"]), ("mov", "h264", ["mdhd"]), ("mp4", "mpeg4", ["mdhd"]),
                                 ("mov", "mjpeg", ["mvhd", "tkhd", "mdhd"]), ("mp4", "av1", ["mvhd", "tkhd", "mdhd"]), ("3gp", "h264", ["mvhd", "tkhd"])):
        case("15", f"{'-'.join(names)}-all-ones-{codec}.{suffix}", "all ones means that the duration is unknown", lambda target, s=suffix, c=codec, n=names:
             iso(film(s, c, "320x240", 5, 27, "aac" if c != "mjpeg" else "be"), target, lambda boxes: unknown(boxes, n)), want(true_length="pass"),
             {"durationMilliseconds": about(27)})
    def wide(boxes):
        mvhd = find(boxes, "moov/mvhd")
        created, changed, scale, _ = struct.unpack_from(">IIII", mvhd.payload, 4)
        mvhd.payload = b"\1\0\0\0" + struct.pack(">QQIQ", created, changed, scale, (1 << 64) - 1) + mvhd.payload[20:]
    for suffix in ("mp4", "mov"):
        case("15", f"mvhd-version-1-all-ones.{suffix}", "all ones in 64 bits: unknown", lambda target, s=suffix: iso(film(s, "h264", "320x240", 5, 27, "aac"), target, wide),
             want(true_length="pass"), {"durationMilliseconds": about(27)})
    def fragmented(boxes):
        # The new box takes the place of the tags, so that no byte behind the header moves.
        moov = find(boxes, "moov")
        before = len(moov.data())
        moov.boxes = [box for box in moov.boxes if box.kind != b"udta"]
        find(boxes, "moov/mvex").boxes.insert(0, Box(b"mehd", struct.pack(">II", 0, ones)))
        room = before - len(moov.data())
        moov.boxes.append(Box(b"free", bytes(room - 8)))
        assert len(moov.data()) == before
        unknown(boxes, ["mvhd", "tkhd"])
    for suffix, codec in (("mp4", "h264"), ("mov", "hevc"), ("m4v", "h264")):
        def frag(target, suffix=suffix, codec=codec):
            source = film("mov" if suffix == "mov" else "mp4", codec, "320x240", 5, 27, "aac", options="-movflags +frag_keyframe+empty_moov+default_base_moof -metadata title=mehd")
            iso(source, target, fragmented)
        case("15", f"fragmented-mehd-all-ones-{codec}.{suffix}", "mehd, mvhd and tkhd are all ones: unknown", frag, want(true_length="pass"), {"durationMilliseconds": about(27)})


# 16: titles, credits, a face in the dark; real bars.
def bars():
    good, bad = want(active_picture="pass"), want(active_picture="fail|review")
    tall, wide = "360x640", "640x360"
    one = writing(["CREDIT", "A short film"], 44, "(w-text_w)/2", "h/2-50", "DejaVuSans-Bold.ttf")
    small = writing(["Directed by Li Wei"], 18, "30", "h-60", "DejaVuSerif.ttf", "0xc8c8c8")
    serif = writing(["THE PROMISE", "of an honest town", "2024"], 30, "(w-text_w)/2", "h*0.3", "DejaVuSerif-Bold.ttf", "0xe0d080")
    names = [f"{role}  {name}" for role, name in zip("Director Camera Sound Editor Music Light Colour Cast Thanks".split() * 2,
                                                      "Wang Li Zhao Chen Liu Yang Huang Wu Zhou Xu Sun Ma Zhu Hu Lin He Gao Luo".split())]
    rolling = writing(names, 22, "(w-text_w)/2", "h-70*t", "DejaVuSans.ttf")
    rolling_left = writing(names, 16, "40", "h*0.9-60*t", "DejaVuSansMono.ttf")
    films = [("title-4s", wide, black_then(wide, 5, 4, one, 24), XINHUA), ("title-4s", tall, black_then(tall, 5, 4, one, 24), XIAN),
             ("small-title-low-4s", wide, black_then(wide, 5, 4, small, 24), XINHUA), ("serif-title-6s", tall, black_then(tall, 5, 6, serif, 24), XIAN),
             ("credits-8s", tall, black_then(tall, 5, 8, rolling, 24, True), XIAN), ("credits-8s", wide, black_then(wide, 5, 8, rolling, 24, True), XINHUA),
             ("credits-left-12s", wide, black_then(wide, 5, 12, rolling_left, 24, True), XINHUA)]
    for (name, size, graph, contest), (suffix, codec) in zip(films, (("mp4", "hevc"), ("mkv", "vp9"), ("mov", "h264"), ("webm", "vp8"), ("ts", "mpeg2"), ("flv", "h264"), ("avi", "mpeg4"))):
        case("16", f"{name}-{size}-{codec}.{suffix}", "writing on black is no bar", lambda s=suffix, c=codec, z=size, g=graph: film(s, c, z, 5, 30, graph=g),
             good, contest=contest)
    for suffix, codec, size, contest, place in (("mp4", "h264", tall, XIAN, "W*0.5"), ("mkv", "hevc", wide, XINHUA, "W*0.3"), ("webm", "vp9", wide, XINHUA, "W*0.5")):
        case("16", f"face-in-the-dark-8s-{size}-{codec}.{suffix}", "a lit face in the dark is no bar", lambda s=suffix, c=codec, z=size, p=place:
             film(s, c, z, 5, 32, graph=f"{face(z, 5, 8, p)}[face];{scenes(z, 5, 12)}[a];{scenes(z, 5, 12).replace('[s', '[r')}[b];[a][face][b]concat=n=3"), good, contest=contest)
    boxes = {"pillarbox-9to16": (wide, "202x360", XINHUA), "letterbox-2.35to1": (wide, "640x272", XINHUA), "windowbox-4to3": (wide, "400x300", XINHUA),
             "letterbox-16to9": (tall, "360x202", XIAN), "letterbox-1to1": (tall, "360x360", XIAN), "pillarbox-4to3": (wide, "480x360", XINHUA)}
    for (name, (size, inner, contest)), (suffix, codec) in zip(boxes.items(), (("mp4", "h264"), ("mkv", "vp9"), ("mov", "hevc"), ("webm", "vp8"), ("ts", "mpeg2"), ("avi", "mpeg4"))):
        graph = f"{scenes(inner, 5, 32, 4)},pad={size.replace('x', ':')}:-1:-1:black"
        case("16", f"{name}-{codec}.{suffix}", f"black bars around {inner} all the time", lambda s=suffix, c=codec, z=size, g=graph: film(s, c, z, 5, 32, graph=g), bad, contest=contest)
    for suffix, codec in (("mp4", "mpeg4"), ("mkv", "h264"), ("webm", "vp9")):
        graph = f"{scenes('202x360', 5, 24, 3)},pad=640:360:-1:-1:black[a];{scenes(wide, 5, 24).replace('[s', '[r')}[b];[a][b]concat"
        case("16", f"pillarbox-first-half-{codec}.{suffix}", "black bars around 202×360 in the first half", lambda s=suffix, c=codec, g=graph: film(s, c, wide, 5, 48, graph=g),
             bad, contest=XINHUA)
    for suffix, codec in (("mp4", "hevc"), ("mkv", "mpeg4"), ("mov", "mjpeg")):
        graph = f"{scenes('360x202', 5, 20, 4)},pad=360:640:-1:-1:black[a];color=black:s=360x640:r=5:d=4,{one},format=yuv420p[t];[t][a]concat"
        case("16", f"letterbox-behind-a-title-{codec}.{suffix}", "a title on black, then real bars around 360×202", lambda s=suffix, c=codec, g=graph:
             film(s, c, "360x640", 5, 24, graph=g), bad)


# 17: the header's frame rate is not the one of the pictures.
def header_rates():
    for suffix, codec, header, rate in (("mkv", "vp9", 24, "24000/1001"), ("mkv", "mpeg4", 30, "30000/1001"), ("webm", "vp8", 60, "60000/1001"), ("mkv", "h264", 25, "24000/1001")):
        case("17", f"header-{header}-pictures-{rate.replace('/', 'by')}-{codec}.{suffix}", f"DefaultDuration says {header}, the blocks come at {rate} a second",
             lambda target, s=suffix, c=codec, h=header, r=rate: matroska(film(s, c, "160x90", r, 33), target, lambda segment: segment.first(TRACKS, TRACK).set(
                 "23e383", number(round(1e9 / h)))), facts={"video.frameRate": [rate]})
    for header, rate in ((30, "30000/1001"), (60, "60000/1001"), (24, "24000/1001")):
        def flv(header=header, rate=rate):
            data = film("flv", "h264", "160x90", rate, 33).read_bytes()
            at = data.index(b"framerate") + 9
            return put(data, at, ">Bd", 0, float(header))
        case("17", f"header-{header}-pictures-{rate.replace('/', 'by')}.flv", f"onMetaData says {header}, the tags come at {rate} a second", flv, facts={"video.frameRate": [rate]})


# 18: brands.
def brands():
    for name, major, compatible in (("3gp5-mp42", b"3gp5", [b"3gp5", b"mp42"]), ("3gp4-isom-mp41", b"3gp4", [b"isom", b"3gp4", b"mp41"]), ("mp42-3gp4", b"mp42", [b"3gp4", b"mp42"]),
                                    ("mp42-only-3gp6", b"mp42", [b"3gp6"]), ("3g2a-mp42", b"3g2a", [b"3g2a", b"mp42", b"isom"])):
        def branded_film(target, major=major, compatible=compatible):
            source = film("mp4", "hevc" if major == b"mp42" else "h264", "320x240", 5, 20, "aac", options="-brand isom -movflags +faststart")
            boxes = Box.read(source.read_bytes())
            shift = len(Box(b"ftyp", bytes(8) + b"".join(compatible)).data()) - len(boxes[0].data())
            boxes[0].payload = major + bytes(4) + b"".join(compatible)
            for track in find(boxes, "moov").boxes:
                if track.kind == b"trak":
                    stco = find(track.boxes, f"{TABLE}/stco")
                    count = struct.unpack_from(">I", stco.payload, 4)[0]
                    stco.payload = struct.pack(f">II{count}I", 0, count, *(at + shift for at in struct.unpack_from(f">{count}I", stco.payload, 8)))
            target.write_bytes(b"".join(box.data() for box in boxes))
        case("18", f"brand-{name}.mp4", f"major brand {major.decode()}, compatible {' '.join(c.decode() for c in compatible)}: an mp4", branded_film,
             want(container="pass"), contest=WEIFANG)


# 19: edits at another speed.
def edit_rates():
    def edits(boxes, entries):
        elst = find(boxes, "moov/trak/edts/elst")
        elst.payload = struct.pack(">II", 0, len(entries)) + b"".join(struct.pack(">Iihh", *entry) for entry in entries)
        total = sum(entry[0] for entry in entries)
        for path, at in (("moov/trak/tkhd", 20), ("moov/mvhd", 16)):
            find(boxes, path).payload = put(find(boxes, path).payload, at, ">I", total)
    for name, seconds, entries in (("half-speed", 75, [(150_000, 0, 0, 0x8000 - 0x10000)]), ("double-speed", 280, [(140_000, 0, 2, 0)]),
                                   ("dwell-20s", 130, [(20_000, 0, 0, 0), (130_000, 0, 1, 0)])):
        for suffix in ("mp4", "mov", "m4v"):
            codec = {"mp4": "hevc", "mov": "mpeg4", "m4v": "h264"}[suffix]
            case("19", f"edit-{name}-{codec}.{suffix}", "an edit whose rate is not 1: players differ, a person decides", lambda target, s=suffix, c=codec, n=seconds, e=entries:
                 iso(film("mov" if s == "mov" else "mp4", c, "240x320", 2, n), target, lambda boxes: edits(boxes, e)), want(duration="pass|review|undetermined"))


# 20: pictures are missing.
def missing_pictures():
    for suffix, codec, sound, start, end in (("mp4", "hevc", "aac", 30, 60), ("mkv", "vp9", "opus", 20, 46), ("ts", "mpeg2", "mp2", 40, 75), ("flv", "h264", "mp3", 50, 90),
                                             ("mov", "mpeg4", "aac", 30, 58), ("webm", "vp8", "vorbis", 10, 50)):
        case("20", f"pictures-missing-{start}-to-{end}s-{codec}.{suffix}", f"no packets of the picture from {start} to {end} s: the viewer sees a still picture",
             lambda s=suffix, c=codec, a=sound, b=start, e=end: copied(film(s, c, "320x240", 2, 100, a, gop=20), s, video=f"noise=drop=between(n\\,{b * 2}\\,{e * 2 - 1})"),
             want(freeze="advisory"))
    for suffix, codec in (("mkv", "mpeg4"), ("avi", "mpeg4"), ("mpg", "mpeg2"), ("ts", "mpeg2")):
        rate = 25 if suffix == "mpg" else 2
        case("20", f"pictures-missing-within-a-group-{codec}.{suffix}", "pictures from 23 to 52 s are missing in the middle of a group; what follows decodes without a word",
             lambda s=suffix, c=codec, r=rate: copied(film("mkv" if s == "mkv" else "mpg" if s == "mpg" else s, c, "160x120", r, 80, gop=200 if r == 2 else 500), s, video=f"noise=drop=between(n\\,{23 * r}\\,{52 * r})"),
             want(freeze="advisory"))
    for suffix, codec in (("mp4", "h264"), ("mkv", "h264"), ("ts", "h264"), ("flv", "h264"), ("mov", "hevc"), ("mkv", "mpeg2"), ("webm", "vp9"), ("avi", "mpeg4")):
        size = PORTRAIT if codec == "h264" else "360x640"
        case("20", f"first-keyframe-gone-{codec}.{suffix}", "the first keyframe is missing; the pictures of 30 s depend on it",
             lambda s=suffix, c=codec, z=size: copied(film(s, c, z, 1, 130, gop=30), s, "-copyinkf", video="noise=drop=eq(n\\,0)"),
             want(decodable="fail|review|undetermined"), verdict_not="compliant")


# 22: a few packets have no timestamps.
def missing_timestamps():
    facts = {"durationMilliseconds": about(30)}
    case("22", "b-frames.avi", "AVI has no presentation times; the pictures are reordered", lambda: film("avi", "h264", "320x240", 5, 30, "mp3", options="-bf 2"), facts=facts)
    case("22", "b-frames-mpeg4.avi", "AVI has no presentation times; the pictures are reordered", lambda: film("avi", "mpeg4", "320x240", 5, 30, options="-bf 2"), facts=facts)
    for suffix, codec, sound in (("ts", "h264", "aac"), ("ts", "mpeg2", "mp2"), ("mts", "hevc", "ac3")):
        case("22", f"three-without-pts-{codec}.{suffix}", "three packets of the picture have no timestamp", lambda c=codec, a=sound:
             without_pts(film("ts", c, "320x240", 5, 30, a).read_bytes(), {17, 60, 61}), facts=facts)
    for suffix in ("mpg", "vob"):
        case("22", f"few-timestamps.{suffix}", "a program stream gives a time to some packets only", lambda s=suffix: film(s, "mpeg2", "160x120", 25, 30, "mp2" if s == "mpg" else "ac3"), facts=facts)


# 23: a frozen picture that is coded anew, with noise.
def noisy_freezes():
    def graph(size, rate, seconds, start, end):
        chain = f"testsrc2=s={size}:r={rate}:d={seconds},noise=alls=6:allf=t:all_seed=5,format=yuv420p,split[a][b]"
        return f"{chain};[a][b]freezeframes=first={start * rate}:last={end * rate - 1}:replace={start * rate}"
    for suffix, codec, size, rate, options, gop, start, end in (
            ("mp4", "h264", LANDSCAPE, 25, "-crf 30 -preset ultrafast", 250, 5, 18), ("mkv", "hevc", "640x360", 25, "-crf 28", 50, 6, 19), ("ts", "mpeg2", "480x270", 25, "-q:v 5", 50, 6, 19),
            ("webm", "vp9", "480x270", 25, "-crf 36", 60, 4, 17), ("mov", "mpeg4", "480x270", 25, "-q:v 5", 50, 5, 18)):
        case("23", f"noisy-13s-frozen-gop-{gop}-{codec}.{suffix}", f"the picture stands still from {start} to {end} s; keyframes code it anew", lambda s=suffix, c=codec, z=size, r=rate, o=options, g=gop, b=start, e=end:
             film(s, c, z, r, 21, graph=graph(z, r, 21, b, e), options=o, gop=g), want(freeze="advisory", decodable="pass"))
    slow = "testsrc2=s=960x540:r=25:d=1,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,crop=480:270:x='n*0.7':y='n*0.3',noise=alls=6:allf=t:all_seed=7,fps=25,trim=duration=13"
    for suffix, codec, options in (("mp4", "h264", "-crf 30"), ("mkv", "mpeg4", "-q:v 5"), ("webm", "vp8", "-b:v 700k")):
        case("23", f"noisy-and-moving-{codec}.{suffix}", "the picture moves all the time, with noise", lambda s=suffix, c=codec, o=options: film(
            s, c, "480x270", 25, 13, look="noise=alls=6:allf=t:all_seed=6", options=o, gop=100), want(freeze="pass", decodable="pass"))
        case("23", f"slow-pan-with-noise-{codec}.{suffix}", "the camera pans slowly, with noise", lambda s=suffix, c=codec, o=options: film(
            s, c, "480x270", 25, 13, graph=slow, options=o, gop=100), want(freeze="pass", decodable="pass"))


# 24: no picture that can be shown.
def no_pictures():
    def only_data(target):
        source = film(target.suffix[1:], "mpeg4", "320x240", 25, 3, options="-timecode 01:00:00:00")
        iso(source, target, lambda boxes: find(boxes, "moov").boxes.remove(find(boxes, "moov/trak")))
    for suffix in ("mp4", "mov"):
        case("24", f"time-code-only.{suffix}", "only a time code track, no picture", only_data, want(has_video="fail|undetermined"), verdict_not="compliant")
    def only_text(target):
        titles = work / "titles.srt"
        titles.write_text("1\n00:00:01,000 --> 00:00:20,000\nHello\n")
        ffmpeg("-i", titles, "-c:s", "mov_text" if target.suffix == ".mp4" else "srt", target)
    for suffix in ("mp4", "mkv"):
        case("24", f"subtitles-only.{suffix}", "only subtitles, no picture", only_text, want(has_video="fail|undetermined"), verdict_not="compliant")
    def hevc_in_flv():
        source = film("mp4", "hevc", "540x960", 1, 125)
        data = source.read_bytes()
        boxes = Box.read(data)
        record = find(boxes, f"moov/trak/{TABLE}/stsd/hvc1/hvcC").payload
        stss = find(boxes, f"moov/trak/{TABLE}/stss").payload
        keys = set(struct.unpack_from(f">{struct.unpack_from('>I', stss, 4)[0]}I", stss, 8))
        tags = [(9, 0, b"\x1c\0\0\0\0" + record)]
        tags += [(9, 1000 * i, (b"\x1c" if i + 1 in keys else b"\x2c") + b"\1\0\0\0" + sample) for i, sample in enumerate(samples(boxes, data))]
        return flv_data(tags, 1)
    case("24", "hevc-as-codec-12.flv", "HEVC in FLV as codec 12, which few programs play", hevc_in_flv, want(decodable="fail|undetermined"), verdict_not="compliant")


# 25: numbers at the edge.
def far_numbers():
    fragmented = "-movflags +frag_keyframe+empty_moov+default_base_moof"
    def far(boxes, by):
        for moof in boxes:
            if moof.kind == b"moof":
                for traf in [box for box in moof.boxes if box.kind == b"traf"]:
                    tfdt = find(traf.boxes, "tfdt")
                    wide = tfdt.payload[0] == 1
                    assert wide
                    tfdt.payload = put(tfdt.payload, 4, ">Q", struct.unpack_from(">Q", tfdt.payload, 4)[0] + by)
    for name, by in (("2-to-62", 1 << 62), ("9.2e18", 9_200_000_000_000_000_000), ("2-to-62-less-a-second", (1 << 62) - 10_240)):
        case("25", f"tfdt-{name}.mp4", "the fragments begin at the edge of 64 bits: a report comes", lambda target, b=by: iso(film("mp4", "h264", "160x120", 5, 10, options=fragmented), target,
                                                                                                                        lambda boxes: far(boxes, b)))
    for suffix in ("mp4", "mov"):
        for scale, codec in ((1, "mpeg4"), (2_000_000_000, "h264")):
            case("25", f"timescale-{scale}.{suffix}", f"{scale} ticks a second", lambda s=suffix, n=scale, c=codec: film(s, c, "160x120", 1, 30, options=f"-video_track_timescale {n}"),
                 facts={"durationMilliseconds": about(30)})
        def long_steps(boxes):
            stts = find(boxes, f"moov/trak/{TABLE}/stts")
            stts.payload = put(stts.payload, 12, ">I", 0x7FFFFFFF)
            find(boxes, "moov/trak/mdia/mdhd").payload = put(find(boxes, "moov/trak/mdia/mdhd").payload, 12, ">I", 1)
        case("25", f"steps-of-68-years.{suffix}", "every picture lasts 68 years: a report comes", lambda target, s=suffix: iso(film(s, "h264", "160x120", 5, 10), target, long_steps))
    case("25", "cluster-at-2-to-62.mkv", "clusters at 2^62 ms: a report comes", lambda target: matroska(film("mkv", "vp8", "160x120", 5, 20), target, lambda segment: [
        cluster.set("e7", number((1 << 62) + 5000 * i, 8)) for i, cluster in enumerate(segment.all(CLUSTER))]))
    case("25", "timestamp-scale-1-hour.mkv", "one tick of the clock is an hour: a report comes", lambda target: matroska(film("mkv", "h264", "160x120", 5, 20), target, lambda segment:
         segment.first(INFO).set("2ad7b1", number(3_600_000_000_000))))


# 26: counters of transport streams.
def counters():
    rules = want(complete_file="pass", decodable="pass")
    for suffix, codec, sound, parts in (("ts", "mpeg2", "mp2", (33, 27)), ("ts", "h264", "aac", (20, 41)), ("m2ts", "h264", "ac3", (30, 25)), ("mts", "hevc", None, (17, 22))):
        def joined(suffix=suffix, codec=codec, sound=sound, parts=parts):
            muxer = "m2ts" if suffix == "m2ts" else "ts"
            later = film(muxer, codec, "320x240", 5, parts[1], sound, options=f"-output_ts_offset {parts[0]}")
            return film(muxer, codec, "320x240", 5, parts[0], sound).read_bytes() + later.read_bytes()
        case("26", f"joined-counters-begin-anew-{codec}-{sum(parts)}s.{suffix}", "counters begin anew where packets begin; nothing is missing", joined, rules,
             {"durationMilliseconds": about(sum(parts))})
    for suffix, codec, sound in (("ts", "h264", "aac"), ("ts", "mpeg2", "mp2"), ("m2ts", "hevc", "ac3")):
        def lossy(suffix=suffix, codec=codec, sound=sound):
            size = 192 if suffix == "m2ts" else 188
            packets = ts_packets(film(suffix, codec, "320x240", 5, 40, sound).read_bytes(), size)
            pid = lambda p: int.from_bytes(p[size - 187:size - 185], "big") & 0x1FFF
            # Five packets of the picture in a row, none of which begins a picture.
            at = next(i for i in range(len(packets) // 2, len(packets)) if all(pid(p) == 256 + (suffix == "m2ts") * (0x1011 - 256) and not p[size - 187] & 0x40 for p in packets[i - 1:i + 6]))
            return b"".join(packets[:at] + packets[at + 5:])
        case("26", f"five-packets-lost-{codec}.{suffix}", "five packets in the middle of a picture are lost", lossy, want(complete_file="fail"), verdict_not="compliant")


# 27: honest films, each true as it is, so that no rule above is met by saying "fail" to everything.
def honest():
    rules = want(complete_file="pass", true_length="pass", duration="pass", decodable="pass", freeze="pass", black="pass", silence="pass")
    for suffix, codec, sound in (("mp4", "hevc", "aac"), ("mov", "mpeg4", "aac"), ("mkv", "vp9", "opus"), ("webm", "vp8", "vorbis"), ("avi", "mpeg4", "mp3"), ("flv", "h264", "mp3"),
                                 ("ts", "mpeg2", "mp2"), ("m2ts", "h264", "ac3"), ("wmv", "wmv2", "wma")):
        case("27", f"honest-{codec}-{sound}.{suffix}", "a whole film of 126 s that moves and sounds all the time", lambda s=suffix, c=codec, a=sound: film(s, c, "180x320", 4, 126, a), rules,
             {"durationMilliseconds": about(126)})


# 21: field pictures count as one picture each.
def field_coded():
    facts = {"durationMilliseconds": about(10, 0.05), "integrity.videoPackets": [250, 250], "video.frameRate": ["25/1"],
             "video.displayHeight": [64, 64]}
    for suffix in ("ts", "m2ts"):
        for name, per_field in (("pair-in-a-packet", False), ("field-in-a-packet", True)):
            def make(per_field=per_field, suffix=suffix):
                data = field_pictures.stream(10, per_field)
                return data if suffix == "ts" else b"".join(
                    bytes(4) + data[at:at + 188] for at in range(0, len(data), 188))
            case("21", f"fields-{name}.{suffix}", "H.264 in pairs of fields: 250 pictures, not 500", make,
                 want(decodable="pass", complete_file="pass|undetermined"), facts=facts)


def main():
    folder, prefix = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    for fill in (held_pictures, restarts_and_jumps, absent_sound, size_changes, tails, cuts, silent_pixel_shapes, crops, uncropped, several_streams, new_parameters, without_decoder,
                 not_to_be_judged, unknown_durations, bars, header_rates, brands, edit_rates, missing_pictures, field_coded, missing_timestamps, noisy_freezes, no_pictures, far_numbers, counters, honest):
        fill()
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    entries, failed = [], 0
    try:
        for one in [c for c in cases if c["entry"]["file"].startswith(prefix)]:
            target = files / one["entry"]["file"]
            try:
                make = one["make"]
                takes_target = "target" in make.__code__.co_varnames[:make.__code__.co_argcount]
                result = make(target) if takes_target else make()
                if isinstance(result, bytes):
                    target.write_bytes(result)
                elif isinstance(result, Path):
                    shutil.copyfile(result, target)
                entries.append(one["entry"])
            except Exception as error:  # One clip that this ffmpeg cannot make does not keep the others away.
                failed += 1
                print(f"not made: {target.name}: {type(error).__name__} {error}", file=sys.stderr)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    (folder / "expected.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    kinds = {}
    for entry in entries:
        kinds.setdefault(entry["file"][:2], []).append(entry["file"].rsplit(".", 1)[1])
    for kind, suffixes in kinds.items():
        print(kind, len(suffixes), " ".join(sorted(set(suffixes))))
    print(f"{len(entries)} clips, {sum(path.stat().st_size for path in files.iterdir()) / 1e6:.1f} MB")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
