internal import MediaFacts
internal import NIOCore
internal import Synchronization

/// The open connections of the service, and those among them on which no request is under way.
///
/// A connection is idle from its acceptance to its first request head, and from the last byte of a response to the next
/// head. A client that sends half a head is idle, too.
final class OpenConnections: Sendable {
    /// Connections that may be open at once.
    let most: Int

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        /// Idle connections. A smaller number means that the connection became idle earlier.
        var idle: [ObjectIdentifier: UInt64] = [:]
        var next: UInt64 = 0
        var isFull = false

        mutating func setIdle(_ id: ObjectIdentifier) {
            idle[id] = next
            next += 1
        }
    }

    private let state = Mutex(State())

    init(most: Int) { self.most = most }

    /// Number of open connections.
    var count: Int { state.withLock { $0.channels.count } }

    /// Whether connections wait to be accepted. While they do, every connection closes after its response.
    var isFull: Bool { state.withLock { $0.isFull } }

    /// Adds a connection, which is idle at first. It is removed when it closes.
    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            state.channels[id] = channel
            state.setIdle(id)
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { state in
                state.channels[id] = nil
                state.idle[id] = nil
            }
        }
    }

    /// Notes that a request begins on a connection.
    func setBusy(_ channel: any Channel) {
        state.withLock { $0.idle[ObjectIdentifier(channel)] = nil }
    }

    /// Notes that no request is under way on a connection any more.
    func setIdle(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        state.withLock { state in
            guard state.channels[id] != nil else { return }
            state.setIdle(id)
        }
    }

    /// Notes that another connection may be accepted at once.
    func setNotFull() { state.withLock { $0.isFull = false } }

    /// Closes the connections that have been idle longest: one in 64 of `most`, at least one. When none is idle, the
    /// next connection that ends its response closes.
    func makeRoom() {
        let closing = state.withLock { state in
            state.isFull = true
            let oldest = state.idle.sorted { $0.value < $1.value }.prefix(max(1, most / 64))
            for (id, _) in oldest { state.idle[id] = nil }
            return oldest.compactMap { state.channels[$0.key] }
        }
        for channel in closing { channel.close(promise: nil) }
    }

    /// Closes every open connection after `delay`.
    func closeAll(after delay: Duration) {
        let channels = state.withLock { Array($0.channels.values) }
        for channel in channels {
            channel.eventLoop.scheduleTask(in: .milliseconds(delay.wholeMilliseconds)) { channel.close(promise: nil) }
        }
    }
}
