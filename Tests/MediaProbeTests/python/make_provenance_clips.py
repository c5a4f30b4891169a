#!/usr/bin/env python3
"""Makes clips that state how they were made: AI labels, XMP, Content Credentials, sound and malformed.

Usage: make_provenance_clips.py FOLDER. The folder gets the clips and `expected.json`: what the recipe gives, and the
labels that exiftool and MediaInfo read. ffmpeg writes the labels that it can write; the others are patched in.
"""
import html
import json
import pathlib
import re
import struct
import subprocess
import sys

from provenance_boxes import XMP_UUID, box, credentials, into_movie, keys_meta, packet, store, with_info

GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
CAMERA = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def value(label="1", wrapped=True, **others):
    """The JSON text of a label. The producer and the numbers belong to nobody."""
    members = {
        "Label": label, "ContentProducer": "001191000000000000000X", "ProduceID": "PID-2026-ABCDEF-34", "ReservedCode1": "",
        "ContentPropagator": "示例平台", "PropagateID": "QID-2026-ABCDEF-56", "ReservedCode2": "", **others}
    members = {key: item for key, item in members.items() if item is not None}
    return json.dumps({"AIGC": members} if wrapped else members, ensure_ascii=False)


def run(*arguments):
    """The standard output of a program."""
    return subprocess.run(arguments, check=True, capture_output=True).stdout


class Maker:
    """Makes clips in a folder and notes what they state."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.clips = []

    def path(self, name):
        return str(self.folder / name)

    def encode(self, name, *options, codecs=("-c:v", "mpeg4", "-c:a", "aac")):
        """A clip of one second; its path."""
        run("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=s=160x120:r=25:d=1", "-f", "lavfi",
            "-i", "sine=d=1", *codecs, *options, self.path(name))

    def credentials(self, boxes):
        """What exiftool reads in a manifest store; it reads stores in JPEG files only."""
        segment = b"JP" + struct.pack(">HI", 1, 1) + boxes
        path = self.path("store.jpg")
        pathlib.Path(path).write_bytes(b"\xff\xd8\xff\xeb" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xd9")
        read = json.loads(run("exiftool", "-j", "-Claim_generator", "-ActionsDigitalSourceType", path))[0]
        return {"claimGenerator": read["Claim_generator"], "digitalSourceType": read["ActionsDigitalSourceType"]}

    def note(self, name, *labels, source_type=None, c2pa=None, problems=()):
        """Records a clip: its labels as `place label problem…`, and what the two programs read."""
        self.clips.append({
            "file": name, "labels": list(labels), "sourceType": source_type, "c2pa": c2pa, "problems": list(problems),
            "exiftool": labels_in(run("exiftool", "-a", "-s3", "-api", "largefilesupport=1", "-AIGC", "-Aigc", self.path(name))),
            "mediainfo": labels_in(run("mediainfo", "--Full", self.path(name)))})

    def patch(self, name, data, *labels, **facts):
        """Writes and records a clip."""
        (self.folder / name).write_bytes(data)
        self.note(name, *labels, **facts)

    def label(self, name, text, *labels, **settings):
        """A clip whose label ffmpeg writes."""
        self.encode(name, "-metadata", f"AIGC={text}", "-movflags", "use_metadata_tags", **settings)
        self.note(name, *labels)


def labels_in(output):
    """The values of `Label` in what a program printed, each once, in order."""
    found = re.findall(r'"Label": ?"?([^",}]*)"?', html.unescape(output.decode(errors="replace")))
    return list(dict.fromkeys(found))


def carriers(make):
    """One clip for each place that ffmpeg can write."""
    for name in ["keys.mp4", "keys.mov"]:
        make.label(name, value(), "metadata 1")
    make.label("inner.mp4", value("2", wrapped=False), "metadata 2")
    make.label("tag.mkv", value("3"), "metadata 3")
    make.label("tag.webm", value(), "metadata 1", codecs=("-c:v", "libvpx", "-c:a", "libvorbis"))
    make.label("tag.flv", value(), "metadata 1", codecs=("-c:v", "flv", "-c:a", "aac"))
    make.label("long.flv", value(ContentProducer="长" * 500), "metadata 1", codecs=("-c:v", "flv", "-c:a", "aac"))
    make.label("tag.wmv", value(), "metadata 1", codecs=("-c:v", "wmv2", "-c:a", "wmav2"))
    make.label(
        "tag.ogv", value(), "stream-metadata 1",
        codecs=("-c:v", "libtheora", "-c:a", "libvorbis"))
    make.encode("plain.mp4")
    make.note("plain.mp4", c2pa={"present": False})
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", make.path("keys.mp4"), "-c", "copy", make.path("remux.mp4"))
    make.note("remux.mp4", c2pa={"present": False})


def patched(make):
    """One clip for each place that is patched in."""
    plain = (make.folder / "plain.mp4").read_bytes()
    text = value().encode()
    make.patch("udta.mp4", into_movie(plain, box(b"udta", box(b"AIGC", text))), "user-data 1")
    make.patch(
        "udta-quicktime.mp4", into_movie(plain, box(b"udta", box(b"AIGC", len(text).to_bytes(2, "big"), b"\x15\xc7", text))),
        "user-data 1")
    attribute = f'TC260:AIGC="{html.escape(value("2"))}" Iptc4xmpExt:DigitalSourceType="{GENERATED}"'
    make.patch(
        "xmp-uuid.mp4", plain + box(b"uuid", XMP_UUID, packet(attribute)), "xmp 2", source_type=GENERATED)
    elements = (
        f"<TC260:AIGC>{html.escape(value(), quote=False)}</TC260:AIGC>"
        f"<Iptc4xmpExt:DigitalSourceType>{CAMERA}</Iptc4xmpExt:DigitalSourceType>")
    make.patch(
        "xmp-udta.mp4", into_movie(plain, box(b"udta", box(b"XMP_", packet(elements=elements)))), "xmp 1",
        source_type=CAMERA)
    make.encode("plain.avi")
    make.note("plain.avi")
    avi = (make.folder / "plain.avi").read_bytes()
    make.patch("info.avi", with_info(avi, text), "metadata 1")
    make.patch("doubled.avi", with_info(avi, text, value("2").encode()), "metadata 1", "metadata 2 doubled contradicting")


def content_credentials(make):
    """Content Credentials, sound and with one byte flipped."""
    plain = (make.folder / "plain.mp4").read_bytes()
    boxes = store("clipcheck-test/1.0", GENERATED)
    sound = {"present": True, **make.credentials(boxes)}
    assert sound == {"present": True, "claimGenerator": "clipcheck-test/1.0", "digitalSourceType": GENERATED}
    make.patch("c2pa.mp4", plain + credentials(boxes), c2pa=sound)

    def flipped(mark, distance):
        at = boxes.index(mark) + distance
        return plain + credentials(boxes[:at] + bytes([boxes[at] ^ 0x40]) + boxes[at + 1:])
    make.patch("c2pa-box.mp4", flipped(b"jumdc2cl", -2), c2pa={"present": True, "problems": ["broken-boxes"]})
    make.patch("c2pa-type.mp4", flipped(b"jumdc2cl", -7), c2pa={"present": True, "problems": ["no-claim"]})
    make.patch(
        "c2pa-claim.mp4", flipped(b"claim_generator", -1),
        c2pa={"present": True, "digitalSourceType": GENERATED, "problems": ["broken-claim"]})
    make.patch("c2pa-signature.mp4", flipped(b"\x01" * 64, 5), c2pa=sound)
    make.patch(
        "c2pa-large.mp4", plain + credentials(boxes + bytes(2 << 20)), c2pa={"present": True, "problems": ["too-large"]})


def malformed(make):
    """Labels that are malformed, doubled or too large."""
    plain = (make.folder / "plain.mp4").read_bytes()
    huge = b'{"AIGC":{"Label":"1","ContentProducer":"' + b"x" * 10_000_000 + b'"}}'
    texts = {
        "not-json": b"Label=1", "no-label": value(None).encode(), "unknown-label": value("value1").encode(),
        "not-utf8": b'{"AIGC":{"Label":"\xff"}}', "too-large": huge, "deep": b'{"a":' * 600 + b"1" + b"}" * 600}
    for name, text in texts.items():
        problem = "not-json" if name == "deep" else name
        label = "value1" if name == "unknown-label" else "-"
        make.patch(
            f"{name}.mp4", into_movie(plain, box(b"udta", keys_meta([text]))), f"metadata {label} {problem}")
    make.patch(
        "number.mp4", into_movie(plain, box(b"udta", keys_meta([value(1).encode()]))), "metadata 1 not-text")
    make.patch(
        "doubled.mp4", into_movie(plain, box(b"udta", keys_meta([value().encode(), value("2").encode()]))),
        "metadata 1", "metadata 2 doubled contradicting")
    make.patch(
        "repeated.mp4", into_movie(plain, box(b"udta", keys_meta([b'{"AIGC":{"Label":"1","Label":"3"}}']))),
        "metadata 1 repeated-key")
    make.patch(
        "two-places.mp4", into_movie(plain, box(b"udta", keys_meta([value().encode()]), box(b"AIGC", value("3").encode()))),
        "metadata 1", "user-data 3 contradicting")
    make.patch(
        "xmp-large.mp4", plain + box(b"uuid", XMP_UUID, packet(f'TC260:AIGC="1"') + b" " * (300 << 10)),
        problems=["xmp too-large"])
    make.patch(
        "xmp-entity.mp4", plain + box(b"uuid", XMP_UUID, b'<!DOCTYPE a [<!ENTITY b "c">]>' + packet()),
        problems=["xmp not-xml"])
    make.encode("too-large.mkv", "-metadata", "AIGC=" + "x" * 100_000)
    make.note("too-large.mkv", "metadata - too-large")


def main():
    """Makes the clips and writes `expected.json` last."""
    make = Maker(sys.argv[1])
    for part in [carriers, patched, content_credentials, malformed]:
        part(make)
    (make.folder / "expected.json").write_text(json.dumps(make.clips, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
