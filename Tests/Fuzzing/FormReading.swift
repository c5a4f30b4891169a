/// What one reading of a body gave, the same for every way of cutting the body into chunks.
struct FormReading: Equatable {
    struct Part: Equatable {
        var head: MultipartPart
        var data: [UInt8] = []
        var isEnded = false
    }

    private(set) var parts: [Part] = []
    private(set) var isFinished = false
    /// Why the reading stopped; nil for a whole form.
    private(set) var error: MultipartError?

    /// The same reading without the notes about the character sets of file names.
    var withoutNotes: FormReading {
        var reading = self
        for index in reading.parts.indices { reading.parts[index].head.filenameNote = nil }
        return reading
    }

    /// Reads a body that arrives in these chunks.
    init(of chunks: [[UInt8]], _ boundary: String, _ limits: MultipartParser.Limits) {
        guard var parser = try? MultipartParser(boundary: boundary, limits: limits) else {
            preconditionFailure("\(boundary) is a boundary for the header, but not for the parser")
        }
        do {
            for chunk in chunks {
                try parser.consume(chunk) { receive($0) }
                precondition(parser.heldByteCount <= limits.headerBytes + boundary.utf8.count + 5, "too much is held")
            }
            try parser.finish()
            precondition(isFinished)
        } catch {
            self.error = error as? MultipartError
            precondition(self.error != nil, "\(error) is no error of the form")
            // Nothing may follow an error, not even a closing boundary.
            let rest = Array("\r\n--\(boundary)--".utf8)
            let following: ()? = try? parser.consume(rest) { _ in preconditionFailure("an event after an error") }
            precondition(following == nil, "a reading goes on after an error")
        }
    }

    /// Takes the next event; their order is `(began data* ended)* finished`.
    private mutating func receive(_ event: MultipartParser.Event) {
        precondition(!isFinished, "nothing follows the end")
        let isInside = parts.last.map { !$0.isEnded } ?? false
        switch event {
        case .began(let head):
            precondition(!isInside && !head.name.isEmpty)
            parts.append(Part(head: head))
        case .data(let bytes):
            precondition(isInside && !bytes.isEmpty)
            parts[parts.count - 1].data += bytes
        case .ended:
            precondition(isInside)
            FuzzSupport.examinePlant(parts[parts.count - 1].data)
            parts[parts.count - 1].isEnded = true
        case .finished:
            precondition(!isInside)
            isFinished = true
        }
    }

    /// What must hold of every reading, finished or not.
    func examine(_ body: [UInt8], _ limits: MultipartParser.Limits) {
        precondition(parts.count <= limits.parts)
        precondition(parts.map(\.data.count).reduce(0, +) <= body.count, "more data than the body has")
        precondition(parts.dropLast().allSatisfy(\.isEnded))
        let texts = parts.flatMap { [$0.head.name, $0.head.filename ?? "", $0.head.contentType ?? ""] }
        // A wrong byte becomes U+FFFD, which has three.
        precondition(texts.allSatisfy { $0.utf8.count <= 3 * limits.headerBytes })
    }
}
