/// Lengths as people write them into a form.
enum WrittenDuration {
    /// Reads `2分30秒`, `3分钟`, `150秒`, `2:30`, `00:02:30`, `2'30"`, `2 min 30 s`, with digits of any width and up to
    /// three decimals; nil for anything else, a number without unit among it.
    static func parse(_ text: String) -> Duration? {
        guard text.unicodeScalars.count <= 64 else { return nil }
        var plain = HalfWidth.folded(text).lowercased().replacing(" ", with: "")
        for (signs, sign) in [("′’‘", "'"), ("″”“", "\"")] {
            plain = String(plain.map { signs.contains($0) ? Character(sign) : $0 })
        }
        plain = plain.replacing("''", with: "\"")
        return clock(plain) ?? units(plain)
    }

    private static func clock(_ text: String) -> Duration? {
        let pattern = /(?:([0-9]{1,2}):(?=[0-5]?[0-9]:))?([0-9]{1,3}):([0-5]?[0-9](?:\.[0-9]{1,3})?)/
        guard let parts = text.wholeMatch(of: pattern)?.output else { return nil }
        return sum(hours: parts.1, minutes: parts.2, seconds: parts.3)
    }

    private static func units(_ text: String) -> Duration? {
        // After minutes the unit of the seconds may be left out: 2分30.
        let hours = /(?:([0-9]{1,2})(?:个?小时|时|h))?/
        let minutes = /(?:([0-9]{1,4}(?:\.[0-9]{1,3})?)(?:分钟|分|minutes?|mins?|m|'))?/
        let seconds = /(?:([0-9]{1,5}(?:\.[0-9]{1,3})?)(秒钟|秒|seconds?|secs?|s|")?)?/
        guard !text.isEmpty, let head = text.prefixMatch(of: hours)?.output,
            let middle = text[head.0.endIndex...].prefixMatch(of: minutes)?.output,
            let tail = text[middle.0.endIndex...].wholeMatch(of: seconds)?.output
        else { return nil }
        if tail.1 != nil, tail.2 == nil, middle.1 == nil { return nil }
        if middle.1 != nil, let seconds = tail.1.flatMap({ Double($0) }), seconds >= 60 { return nil }
        return sum(hours: head.1, minutes: middle.1, seconds: tail.1)
    }

    /// The patterns admit five digits and three decimals at most, so nothing can overflow.
    private static func sum(hours: Substring?, minutes: Substring?, seconds: Substring?) -> Duration {
        let parts = [(hours, 3600.0), (minutes, 60.0), (seconds, 1.0)]
        let total = parts.reduce(0.0) { $0 + ($1.0.flatMap { Double($0) } ?? 0) * $1.1 }
        return .milliseconds(Int64((total * 1000).rounded()))
    }
}
