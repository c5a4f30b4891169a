"""A transport stream of H.264 field pictures (PAFF), which no free encoder writes: I_PCM macroblocks in pairs of fields.

Sources: ITU-T H.264 §7.3 (syntax), ISO/IEC 13818-1 §2.4 (packets, PAT, PMT). `stream(seconds, pes_per_field)` gives the bytes of a film of
64×64 samples with 25 pictures a second.
"""

MACROBLOCKS_ACROSS, MACROBLOCKS_DOWN = 4, 2  # of one field
RATE = 25


class Bits:
    """Bits in the order in which they are written."""

    def __init__(self):
        self.bits = []

    def u(self, count, value):
        self.bits += [value >> place & 1 for place in range(count - 1, -1, -1)]

    def ue(self, value):
        length = (value + 1).bit_length()
        self.u(length - 1, 0)
        self.u(length, value + 1)

    def align(self):
        self.bits += [0] * (-len(self.bits) % 8)

    def payload(self):
        self.bits.append(1)
        self.align()
        return bytes(int("".join(map(str, self.bits[at:at + 8])), 2) for at in range(0, len(self.bits), 8))


def unit(reference, kind, payload):
    """A NAL unit with emulation prevention (§7.4.1)."""
    out, zeros = bytearray(), 0
    for byte in payload:
        if zeros >= 2 and byte <= 3:
            out.append(3)
            zeros = 0
        out.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return b"\0\0\0\1" + bytes([reference << 5 | kind]) + bytes(out)


def parameter_sets():
    sps = Bits()
    for count, value in ((8, 77), (8, 0), (8, 30)):  # Main profile, level 3
        sps.u(count, value)
    for value in (0, 4, 2, 1):  # id, eight bits of frame_num, picture order type 2, one reference
        sps.ue(value)
    sps.u(1, 0)
    sps.ue(MACROBLOCKS_ACROSS - 1)
    sps.ue(MACROBLOCKS_DOWN - 1)
    for value in (0, 0, 1, 0, 0):  # fields allowed, no adaptive frames, direct 8×8, no cropping, no VUI
        sps.u(1, value)
    pps = Bits()
    for value in (0, 0):
        pps.ue(value)
    pps.u(2, 0)
    for value in (0, 0, 0):
        pps.ue(value)
    pps.u(3, 0)
    for _ in range(3):
        pps.ue(0)
    pps.u(3, 0)
    return unit(3, 7, sps.payload()) + unit(3, 8, pps.payload())


def field(number, is_bottom, is_idr, phase):
    """An intra slice that covers one field."""
    bits = Bits()
    for value in (0, 7, 0):  # first macroblock, I slices only, parameter set
        bits.ue(value)
    bits.u(8, number % 256)
    bits.u(1, 1)  # field_pic_flag
    bits.u(1, is_bottom)
    if is_idr:
        bits.ue(0)
        bits.u(2, 0)
    else:
        bits.u(1, 0)
    bits.ue(0)
    for macroblock in range(MACROBLOCKS_ACROSS * MACROBLOCKS_DOWN):
        bits.ue(25)  # I_PCM
        bits.align()
        for sample in range(384):
            bits.u(8, 40 + (sample * 7 + macroblock * 31 + phase * 13) % 160 if sample < 256 else 128)
    return unit(3, 5 if is_idr else 1, bits.payload())


def packets(data, counter, clock):
    """Transport packets of one PES packet, the first with the clock; and the next continuity counter."""
    out, is_first = bytearray(), True
    while data:
        ticks = bytes([0x10, clock >> 25 & 255, clock >> 17 & 255, clock >> 9 & 255, clock >> 1 & 255, (clock & 1) << 7 | 0x7E, 0])
        adaptation = ticks if is_first else b""
        room = 184 - (len(adaptation) + 1 if adaptation else 0)
        part, data = data[:room], data[room:]
        stuffing = room - len(part)
        if adaptation:
            adaptation = bytes([len(adaptation) + stuffing]) + adaptation + b"\xff" * stuffing
        elif stuffing == 1:
            adaptation = b"\0"
        elif stuffing > 1:
            adaptation = bytes([stuffing - 1, 0]) + b"\xff" * (stuffing - 2)
        flags = 0x10 | (0x20 if adaptation else 0) | counter & 15
        out += bytes([0x47, 0x41 if is_first else 0x01, 0x01, flags]) + adaptation + part
        counter, is_first = counter + 1, False
    return bytes(out), counter


def section(pid, body, counter):
    remainder = 0xFFFFFFFF
    for byte in body:
        remainder ^= byte << 24
        for _ in range(8):
            remainder = (remainder << 1 ^ 0x04C11DB7 if remainder & 0x80000000 else remainder << 1) & 0xFFFFFFFF
    data = b"\0" + body + remainder.to_bytes(4, "big")
    return bytes([0x47, 0x40 | pid >> 8, pid & 255, 0x10 | counter & 15]) + data + b"\xff" * (184 - len(data))


def timestamp(ticks):
    return bytes([0x21 | ticks >> 29 & 0xE, ticks >> 22 & 255, 1 | ticks >> 14 & 0xFE, ticks >> 7 & 255, 1 | ticks << 1 & 0xFE])


def stream(seconds, pes_per_field):
    out, counter = bytearray(), 0
    for number in range(seconds * RATE):
        time, is_idr = 90_000 + number * 90_000 // RATE, number % RATE == 0
        if is_idr:
            out += section(0, bytes([0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 1, 0xE1, 0]), number // RATE)
            out += section(256, bytes([2, 0xB0, 18, 0, 1, 0xC1, 0, 0, 0xE1, 1, 0xF0, 0, 0x1B, 0xE1, 1, 0xF0, 0]), number // RATE)
        delimiter = unit(0, 9, b"\x10")
        top = delimiter + (parameter_sets() if is_idr else b"") + field(number % RATE, 0, is_idr, 2 * number)
        bottom = (delimiter if pes_per_field else b"") + field(number % RATE, 1, False, 2 * number + 1)
        units = [(top, time), (bottom, time + 45_000 // RATE)] if pes_per_field else [(top + bottom, time)]
        for data, shown in units:
            pes = b"\0\0\1\xe0\0\0\x80\x80\x05" + timestamp(shown) + data
            written, counter = packets(pes, counter, shown - 9000)
            out += written
    return bytes(out)
