extension Contest {
    /// Whether entries are accepted at some moment.
    public enum WindowState: Sendable, Hashable {
        /// Too early; whole seconds until it opens, rounded up.
        case notYetOpen(seconds: Int64)
        /// In time; whole seconds until it closes, rounded down.
        case open(seconds: Int64)
        /// Too late.
        case closed
    }
}

extension Contest.Window {
    /// Where a moment lies, both ends being inside: what arrives at the very millisecond of 17:00 is in time, one
    /// millisecond later it is late. `24:00` is the end of its day.
    ///
    /// - Parameter milliseconds: since 1970-01-01T00:00Z.
    public func state(at milliseconds: Int64) -> Contest.WindowState {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        // Dividing rounds towards zero; the ends need it rounded down and up.
        let floor = remainder < 0 ? quotient - 1 : quotient
        let ceiling = remainder > 0 ? quotient + 1 : quotient
        if floor < opens.secondsSinceEpoch { return .notYetOpen(seconds: opens.secondsSinceEpoch - floor) }
        if ceiling > closes.secondsSinceEpoch { return .closed }
        return .open(seconds: closes.secondsSinceEpoch - ceiling)
    }
}
