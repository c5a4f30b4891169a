import Foundation
import Synchronization

/// Records the files of one folder that any process opens. Source: inotify(7).
final class FolderWatch: Sendable {
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0, inotify_add_watch(descriptor, folder, UInt32(IN_OPEN | IN_ACCESS)) >= 0 else {
            throw POSIXError(.EIO)
        }
    }

    deinit { close(descriptor) }

    /// Names of the files that were opened or read since the last call.
    func touched() -> Set<String> {
        var names: Set<String> = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return names }
            var place = 0
            while place + 16 <= count {  // wd, mask, cookie, length of the name
                let length = bytes[(place + 12)..<(place + 16)].reversed().reduce(0) { $0 << 8 | Int($1) }
                let name = bytes[(place + 16)..<(place + 16 + length)].prefix { $0 != 0 }
                names.insert(String(decoding: name, as: UTF8.self))
                place += 16 + length
            }
        }
    }
}

/// Listens for TCP and UDP on one port of the loopback, counts connections and packets, and answers nothing.
final class LoopbackTrap: Sendable {
    let port: UInt16
    private let stream: Int32
    private let datagram: Int32
    private let visits = Mutex(0)
    private let isOver = Atomic(false)

    init() throws {
        var attempt = 0
        while true {  // until the port that the system picks for TCP is free for UDP as well
            let (stream, port) = try Self.listener(SOCK_STREAM, port: 0)
            if let (datagram, _) = try? Self.listener(SOCK_DGRAM, port: port) {
                (self.stream, self.datagram, self.port) = (stream, datagram, port)
                break
            }
            close(stream)
            attempt += 1
            if attempt > 20 { throw POSIXError(.EADDRINUSE) }
        }
        Thread.detachNewThread { [self] in serve() }
    }

    /// Number of connections and packets so far.
    var count: Int { visits.withLock { $0 } }

    /// Ends the listening thread, which then closes both sockets.
    func stop() { isOver.store(true, ordering: .relaxed) }

    private func serve() {
        var waits = [stream, datagram].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while !isOver.load(ordering: .relaxed) {
            guard poll(&waits, 2, 20) > 0 else { continue }
            if waits[0].revents != 0 {
                let visitor = accept(stream, nil, nil)
                if visitor >= 0 {
                    visits.withLock { $0 += 1 }
                    close(visitor)
                }
            }
            var byte: UInt8 = 0
            if waits[1].revents != 0, recv(datagram, &byte, 1, Int32(MSG_DONTWAIT)) >= 0 {
                visits.withLock { $0 += 1 }
            }
        }
        close(stream)
        close(datagram)
    }

    private static func listener(_ kind: __socket_type, port: UInt16) throws -> (Int32, UInt16) {
        let made = socket(AF_INET, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(made, $0, size) == 0 && getsockname(made, $0, &size) == 0
            }
        }
        guard isBound, kind != SOCK_STREAM || listen(made, 64) == 0 else {
            close(made)
            throw POSIXError(.EADDRINUSE)
        }
        return (made, address.sin_port.bigEndian)
    }
}
