import Foundation

/// A server on the loopback address that reads the request of its first client, answers with given bytes and closes.
final class OneAnswerServer: Sendable {
    /// The port that the server listens on.
    let port: Int
    private let listener: Int32

    /// Starts the server.
    ///
    /// - Parameter answer: bytes of the answer; nil means that the server stays silent until the client closes.
    init(_ answer: String?) throws {
        #if canImport(Glibc)
            let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let made = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(made, $0, size) == 0 && listen(made, 1) == 0 && getsockname(made, $0, &size) == 0
            }
        }
        guard made >= 0, result else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        (listener, port) = (made, Int(UInt16(bigEndian: address.sin_port)))
        Thread.detachNewThread { Self.serve(made, answer) }
    }

    deinit {
        stop()
        close(listener)
    }

    /// Ends the server; later connections are refused.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func serve(_ listener: Int32, _ answer: String?) {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        defer { close(client) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        guard recv(client, &bytes, bytes.count, 0) > 0 else { return }
        guard let answer else {
            while recv(client, &bytes, bytes.count, 0) > 0 {}
            return
        }
        let sent = Array(answer.utf8)
        _ = send(client, sent, sent.count, 0)
        shutdown(client, Int32(SHUT_WR))
        while recv(client, &bytes, bytes.count, 0) > 0 {}
    }
}
