/// How many files are read and wait at one moment, in one of the inspector's lines.
public struct QueueState: Sendable, Hashable {
    /// The line.
    public var line: Inspector.Line
    /// Files that are read now.
    public var running: Int
    /// Files that may be read at once.
    public var mostRunning: Int
    /// Files that wait for their turn.
    public var waiting: Int
    /// Files that may wait; nil when there is no bound.
    public var mostWaiting: Int?
}
