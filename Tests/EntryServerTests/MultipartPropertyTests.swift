import Testing

@testable import EntryServer

/// Properties of `MultipartParser` on random and on damaged bodies, the same in every run.
@Suite("MultipartParser properties")
struct MultipartPropertyTests {
    private static let boundaries = ["b", "--", "aa-aa", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "a b:=?c"]

    /// Random data of line ends, dashes, noise, and text that begins or resembles a delimiter. The data contains no
    /// delimiter line.
    private static func nastyData(_ boundary: String, _ random: inout MultipartRandom) -> [UInt8] {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        while true {
            var data: [UInt8] = []
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                switch Int.random(in: 0..<6, using: &random) {
                case 0: data += [[13], [10], [13, 10], [45], [45, 45], [32]][Int.random(in: 0..<6, using: &random)]
                case 1: data += delimiter.prefix(Int.random(in: 0..<delimiter.count, using: &random))
                case 2: data += delimiter + [UInt8(ascii: "x")]
                case 3: data += delimiter + [45, UInt8.random(in: 0...44, using: &random)]
                case 4: data += delimiter.dropFirst(Int.random(in: 1...4, using: &random))
                default: data += (0..<30).map { _ in UInt8.random(in: 0...255, using: &random) }
                }
            }
            if !holdsDelimiterLine(data, delimiter) { return data }
        }
    }

    /// Whether `data` contains a delimiter line by the plain definition: a delimiter before a blank, CR, LF, "--" or
    /// the end. The delimiter's CRLF may be the end of the header block.
    private static func holdsDelimiterLine(_ data: [UInt8], _ delimiter: [UInt8]) -> Bool {
        let framed = [13, 10] + data + delimiter
        return (0..<(data.count + 2)).contains { start in
            guard framed[start...].starts(with: delimiter) else { return false }
            let following = framed[(start + delimiter.count)...].prefix(2)
            return following == [45, 45] || following.prefix(1).allSatisfy { [9, 10, 13, 32].contains($0) }
        }
    }

    private static func randomBody(_ boundary: String, _ random: inout MultipartRandom) -> ([UInt8], [ReceivedPart]) {
        let frame = nastyData(boundary, &random)
        var body = Bool.random(using: &random) ? frame + [13, 10] : []
        var parts: [ReceivedPart] = []
        for index in 0..<Int.random(in: 0...4, using: &random) {
            let filename = Bool.random(using: &random) ? "作品\(index).mp4" : nil
            let type = Bool.random(using: &random) ? "video/mp4" : nil
            let part = MultipartPart(name: "field\(index)", filename: filename, contentType: type)
            let data = nastyData(boundary, &random)
            body += Array("--\(boundary)\(Bool.random(using: &random) ? " \t" : "")\r\n".utf8)
            body += Array("Content-Disposition: form-data; name=\"field\(index)\"".utf8)
            if let filename { body += Array("; filename=\"\(filename)\"".utf8) }
            if let type { body += Array("\r\ncontent-type: \(type)".utf8) }
            body += [13, 10, 13, 10] + data + [13, 10]
            parts.append(ReceivedPart(part, data))
        }
        body += Array("--\(boundary)--".utf8)
        return (Bool.random(using: &random) ? body + [13, 10] + frame : body, parts)
    }

    @Test("`MultipartParser` reads the same parts from 300 random bodies in every chunking")
    func chunkings() throws {
        var random = MultipartRandom(state: 2025)
        for round in 0..<300 {
            let boundary = Self.boundaries[round % Self.boundaries.count]
            let (body, expected) = Self.randomBody(boundary, &random)
            var chunkings = [[body], body.pieces(of: 1)]
            chunkings += [2, 5, 40, 400].map { body.randomPieces(longest: $0, using: &random) }
            for chunks in chunkings {
                #expect(try MultipartReceiver.parts(of: chunks, boundary: boundary) == expected, "body \(round)")
            }
        }
    }

    @Test("`DelimiterSearch` finds the same match as a plain search")
    func search() {
        var random = MultipartRandom(state: 7)
        for round in 0..<2_000 {
            let search = DelimiterSearch(boundary: Self.boundaries[round % Self.boundaries.count])
            let alphabet = search.delimiter + [13, 0]
            var chunk = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            if Bool.random(using: &random) { chunk += search.delimiter }
            chunk.removeLast(Int.random(in: 0...min(5, chunk.count), using: &random))
            let start = Int.random(in: 0...chunk.count, using: &random)
            let expected = (start..<chunk.count).first {
                search.delimiter.starts(with: chunk[$0...].prefix(search.delimiter.count))
            }
            let match = search.firstMatch(in: chunk, from: start)
            #expect(match.start == expected ?? chunk.count)
            #expect(match.length == min(search.delimiter.count, chunk.count - match.start))
        }
    }

    /// Edits `body` at random once: replaces, inserts, removes, repeats, cuts off, or inserts a piece of multipart
    /// syntax.
    private static func damage(_ body: inout [UInt8], _ random: inout MultipartRandom) {
        guard !body.isEmpty else { return }
        let pieces = ["\r\n--b", "--", "\r", "\n", "\"", ":", ";", "\r\n\r\n", "%", "\\", "name=", " ", "*=UTF-8''%"]
        let place = Int.random(in: 0..<body.count, using: &random)
        let end = min(body.count, place + Int.random(in: 1...20, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: body[place] = UInt8.random(in: 0...255, using: &random)
        case 1: body.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 2: body.removeSubrange(place..<end)
        case 3: body.insert(contentsOf: body[place..<end], at: Int.random(in: 0...body.count, using: &random))
        case 4: body.removeLast(Int.random(in: 0..<10, using: &random) == 0 ? body.count - place : 0)
        default: body.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: place)
        }
    }

    @Test("`MultipartParser` neither traps nor exceeds a limit on 5,000 damaged bodies")
    func damagedBodies() throws {
        var random = MultipartRandom(state: 5_000)
        let limits = MultipartParser.Limits(headerBytes: 120, headersPerPart: 2, parts: 3)
        var outcomes: [MultipartError.Code?: Int] = [:]
        for _ in 0..<5_000 {
            var (body, _) = Self.randomBody("b", &random)
            for _ in 0..<Int.random(in: 1...8, using: &random) { Self.damage(&body, &random) }
            do {
                let chunks = body.randomPieces(longest: 200, using: &random)
                let parts = try MultipartReceiver.parts(of: chunks, limits: limits)
                #expect(parts.count <= limits.parts)
                #expect(parts.map(\.data.count).reduce(0, +) <= body.count)
                outcomes[nil, default: 0] += 1
            } catch let error as MultipartError {
                outcomes[error.code, default: 0] += 1
            }
        }
        // The damage has caused every error that it can cause, and some bodies stayed valid.
        #expect(Set(outcomes.keys).isSuperset(of: [nil, .badLineEnd, .malformedHeader, .missingName, .truncated]))
        #expect(Set(outcomes.keys).isSuperset(of: [.headerTooLong, .tooManyHeaders, .tooManyParts]), "\(outcomes)")
    }
}
