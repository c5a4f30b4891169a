internal import Foundation
internal import Synchronization

/// A small HTTP server on 127.0.0.1 that keeps what it receives, for tests of a client. Each connection serves one request.
public final class HTTPReceiver: Sendable {
    /// A request as it arrived.
    public struct Request: Sendable, Hashable {
        /// Path and query.
        public var path: String
        /// Values by names in lower case.
        public var headers: [String: String]
        /// The body.
        public var body: [UInt8]
    }

    /// What the receiver does with a request.
    public enum Answer: Sendable, Hashable {
        /// Answers with a status and further header lines.
        case status(Int, headers: [String] = [])
        /// Answers 200 and a body that does not end.
        case endlessBody
        /// Does not answer until the client leaves.
        case silence
    }

    /// The port on 127.0.0.1.
    public let port: Int
    private let listener: Int32
    private let answer: @Sendable (_ number: Int, Request) -> Answer
    private let received = Mutex<[Request]>([])
    private let open = Mutex(0)
    private let isStopped = Mutex(false)

    /// Starts to listen.
    ///
    /// - Parameter answer: chooses the answer to a request; `number` counts from 1.
    public init(_ answer: @escaping @Sendable (_ number: Int, Request) -> Answer = { _, _ in .status(204) }) throws {
        self.answer = answer
        #if canImport(Glibc)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard status else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        // The thread ends when `stop` closes the listener.
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit { stop() }

    /// `http://127.0.0.1:PORT` followed by `path`.
    public func url(_ path: String = "/hook") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// The requests so far, in the order of their arrival.
    public var requests: [Request] { received.withLock { $0 } }

    /// Connections that are open now.
    public var openConnections: Int { open.withLock { $0 } }

    /// Takes no more connections.
    public func stop() {
        let wasStopped = isStopped.withLock { stopped in
            defer { stopped = true }
            return stopped
        }
        if wasStopped { return }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32) {
        open.withLock { $0 += 1 }
        defer {
            close(connection)
            open.withLock { $0 -= 1 }
        }
        guard let request = read(from: connection) else { return }
        let number = received.withLock { requests in
            requests.append(request)
            return requests.count
        }
        switch answer(number, request) {
        case .status(let status, let headers):
            let lines = ["HTTP/1.1 \(status) Answer", "content-length: 0", "connection: close"] + headers
            send(lines.joined(separator: "\r\n") + "\r\n\r\n", to: connection)
        case .endlessBody:
            guard send("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", to: connection) else { return }
            while send(String(repeating: "a", count: 1024), to: connection) { usleep(1000) }
        case .silence:
            var byte = UInt8(0)
            while recv(connection, &byte, 1, 0) > 0 {}
        }
    }

    @discardableResult
    private func send(_ text: String, to connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
            return Foundation.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        #else
            return Foundation.send(connection, bytes, bytes.count, 0) == bytes.count
        #endif
    }

    private func read(from connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let request = Self.parse(bytes) { return request }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            if bytes[0] == 0x16 {  // the first byte of TLS, which this server does not speak
                send("HTTP/1.1 400 No TLS\r\n\r\n", to: connection)
                return nil
            }
        }
    }

    /// The request in `bytes`; nil while it is not whole.
    private static func parse(_ bytes: [UInt8]) -> Request? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let body = bytes[end.upperBound...]
        guard body.count >= headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return nil }
        return Request(path: String(lines[0].split(separator: " ")[1]), headers: headers, body: Array(body))
    }
}
