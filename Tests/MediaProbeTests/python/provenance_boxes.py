"""Boxes, XMP packets and Content Credentials for `make_provenance_clips.py`, built byte by byte."""
import struct

XMP_UUID = bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC")
C2PA_UUID = bytes.fromhex("D8FEC3D61B0E483C92975828877EC481")


def box(kind, *parts):
    """A box with a 32-bit size."""
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def children(data, start, end):
    """Offset, size and type of each box between two offsets."""
    while start + 8 <= end:
        size, kind = struct.unpack(">I4s", data[start:start + 8])
        size = size or end - start
        yield start, size, kind
        start += size


def find(data, kind):
    """Offset and size of the first box of a type at the top level."""
    return next((at, size) for at, size, name in children(data, 0, len(data)) if name == kind)


def into_movie(data, addition):
    """The file with `addition` at the end of its last box, `moov`; no chunk offset changes."""
    at, size = find(data, b"moov")
    assert at + size == len(data), "moov is not the last box"
    return data[:at] + struct.pack(">I", size + len(addition)) + data[at + 4:] + addition


def keys_meta(values, kind=b"mdta"):
    """A `meta` box with `keys` and `ilst`: one item of key AIGC for each value."""
    handler = box(b"hdlr", bytes(8), kind, bytes(13))
    names = b"".join(box(kind, b"AIGC") for _ in values)
    items = b"".join(
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", 1, 0), value))
        for number, value in enumerate(values, 1))
    return box(b"meta", bytes(4), handler, box(b"keys", struct.pack(">II", 0, len(values)), names), box(b"ilst", items))


def packet(attributes="", elements=""):
    """An XMP packet with properties of the resource."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"'
        f' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {attributes}>{elements}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>').encode()


def cbor(value):
    """A value in CBOR (RFC 8949)."""
    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        return bytes([major << 5 | 25]) + struct.pack(">H", number)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


def superbox(kind, label, *parts):
    """A JUMBF superbox with its description."""
    uuid = kind + bytes.fromhex("00110010800000AA00389B71")
    return box(b"jumb", box(b"jumd", uuid, b"\x03", label, b"\0"), *parts)


def store(generator, source_type):
    """A manifest store with one manifest: actions, a claim and a signature that signs nothing."""
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": source_type}]}
    claim = {"claim_generator": generator, "signature": "self#jumbf=c2pa.signature", "assertions": [], "alg": "sha256"}
    return superbox(
        b"c2pa", b"c2pa",
        superbox(
            b"c2ma", b"urn:uuid:00000000-0000-4000-8000-000000000001",
            superbox(b"c2as", b"c2pa.assertions", superbox(b"cbor", b"c2pa.actions", box(b"cbor", cbor(actions)))),
            superbox(b"c2cl", b"c2pa.claim", box(b"cbor", cbor(claim))),
            superbox(b"c2cs", b"c2pa.signature", box(b"cbor", cbor([b"\x01" * 64])))))


def credentials(boxes):
    """The `uuid` box that holds a manifest store."""
    return box(b"uuid", C2PA_UUID, bytes(4), b"manifest\0", bytes(8), boxes)


def with_info(data, *values):
    """An AVI file with an INFO list behind its last chunk."""
    def chunk(kind, content):
        return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
    info = chunk(b"LIST", b"INFO" + b"".join(chunk(b"AIGC", value) for value in values))
    return data[:4] + struct.pack("<I", struct.unpack("<I", data[4:8])[0] + len(info)) + data[8:] + info
