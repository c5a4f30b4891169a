/// Lets one at a time work on each key: an upload, an `Idempotency-Key`.
actor Turns {
    private struct Line {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var giveWay: (@Sendable () -> Void)?
    }

    private var lines: [String: Line] = [:]

    /// Waits for the turn. Whoever has it is asked to give way, if it said that it can.
    func take(_ key: String) async {
        guard lines[key] != nil else {
            lines[key] = Line()
            return
        }
        lines[key]?.giveWay?()
        await withCheckedContinuation { lines[key]?.waiting.append($0) }
    }

    /// Takes the turn if nobody has it; nobody is asked to give way.
    func takeIfFree(_ key: String) -> Bool {
        guard lines[key] == nil else { return false }
        lines[key] = Line()
        return true
    }

    /// Says how the holder of the turn can be asked to give way; nil when it no longer can. Whoever waits asks at once.
    func holder(of key: String, givesWay: (@Sendable () -> Void)?) {
        lines[key]?.giveWay = givesWay
        if lines[key]?.waiting.isEmpty == false { givesWay?() }
    }

    /// Ends the turn.
    func end(_ key: String) {
        guard var line = lines[key], !line.waiting.isEmpty else {
            lines[key] = nil
            return
        }
        let next = line.waiting.removeFirst()
        line.giveWay = nil
        lines[key] = line
        next.resume()
    }
}
