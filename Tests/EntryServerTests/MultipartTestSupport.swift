import Testing

@testable import EntryServer

/// A part with all its data, as a test expects or receives it.
struct ReceivedPart: Hashable {
    var part: MultipartPart
    var data: [UInt8]

    init(_ part: MultipartPart, _ data: [UInt8] = []) {
        self.part = part
        self.data = data
    }

    /// A plain field or a file with textual data.
    init(_ name: String, filename: String? = nil, type: String? = nil, _ text: String) {
        self.init(MultipartPart(name: name, filename: filename, contentType: type), Array(text.utf8))
    }
}

/// Collects the parser's events, and records every break of the order `(began data* ended)* finished`.
struct MultipartReceiver {
    private(set) var parts: [ReceivedPart] = []
    private(set) var isFinished = false
    private var isInsidePart = false

    mutating func receive(_ event: MultipartParser.Event) {
        #expect(!isFinished, "nothing follows the end")
        switch event {
        case .began(let part):
            #expect(!isInsidePart)
            isInsidePart = true
            parts.append(ReceivedPart(part))
        case .data(let bytes):
            #expect(isInsidePart && !bytes.isEmpty)
            parts[parts.count - 1].data += bytes
        case .ended:
            #expect(isInsidePart)
            isInsidePart = false
        case .finished:
            #expect(!isInsidePart)
            isFinished = true
        }
    }

    /// The parts of a body that arrives in these chunks; throws what the parser throws.
    static func parts(
        of chunks: [[UInt8]], boundary: String = "b", limits: MultipartParser.Limits = MultipartParser.Limits()
    ) throws -> [ReceivedPart] {
        var parser = try MultipartParser(boundary: boundary, limits: limits)
        var receiver = MultipartReceiver()
        for chunk in chunks {
            try parser.consume(chunk) { receiver.receive($0) }
            #expect(parser.heldByteCount <= limits.headerBytes + boundary.utf8.count + 5)
        }
        try parser.finish()
        #expect(receiver.isFinished)
        return receiver.parts
    }
}

extension [UInt8] {
    /// The bytes in pieces of this length; the last piece may be shorter.
    func pieces(of length: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
    }

    /// The bytes whole, in pieces of 1, 2, 3 and 7 bytes, and cut once at every place, both ends included.
    var cuttings: [[[UInt8]]] {
        [[self]] + [1, 2, 3, 7].map(pieces(of:)) + (0...count).map { [Array(self[..<$0]), Array(self[$0...])] }
    }

    /// The bytes in pieces of random length, 1...longest.
    func randomPieces(longest: Int, using random: inout MultipartRandom) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = self[...]
        while !rest.isEmpty {
            let length = Int.random(in: 1...longest, using: &random)
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}

/// The generator SplitMix64, which gives the same numbers in every run.
struct MultipartRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
