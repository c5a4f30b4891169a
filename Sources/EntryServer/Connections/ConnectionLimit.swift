internal import HummingbirdCore

/// Accepts connections up to `OpenConnections.most`; beyond it, idle connections close to make room for new ones.
///
/// When every connection has a request under way, new ones wait in the kernel's queue. The service thereby keeps the
/// descriptors that its files, its database and its workers need.
struct ConnectionLimit: AvailableConnectionsDelegate {
    private let connections: OpenConnections
    private var open = 0

    init(_ connections: OpenConnections) { self.connections = connections }

    mutating func connectionOpened() { open += 1 }

    mutating func connectionClosed() { open -= 1 }

    func isAcceptingNewConnections() -> Bool {
        guard open >= connections.most else {
            connections.setNotFull()
            return true
        }
        connections.makeRoom()
        return false
    }
}
