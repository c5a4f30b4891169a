import Foundation
import Hummingbird

/// A TCP connection to this machine, for requests that no well-behaved client sends. Its calls block a thread of its
/// own.
final class RawConnection: Sendable {
    private let descriptor: Int32

    /// Connects to a port of this machine.
    ///
    /// - Parameter receiveBuffer: size in bytes of the kernel's receive buffer; nil leaves it to the kernel.
    init(port: Int, receiveBuffer: CInt? = nil) throws {
        #if os(Linux)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, connected == 0 else { throw Failure(call: "connect", code: errno) }
        // Each write becomes a packet of its own, and a read fails after 20 seconds.
        set(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
        set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 180, tv_usec: 0))
    }

    deinit { Foundation.close(descriptor) }

    /// Sends text.
    func send(_ text: String) async throws { try await send(Array(text.utf8), piece: .max) }

    /// Sends bytes, `piece` of them at a time.
    func send(_ bytes: [UInt8], piece: Int = .max) async throws {
        try await onThread { [descriptor] in
            var start = 0
            while start < bytes.count {
                let end = start + min(piece, bytes.count - start)
                let sent = bytes[start..<end].withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, flags)
                }
                guard sent > 0 else { throw Failure(call: "send", code: errno) }
                start += sent
            }
        }
    }

    /// Reads at most `count` bytes.
    func readSome(_ count: Int) async throws -> Int {
        try await onThread { [descriptor] in
            var buffer = [UInt8](repeating: 0, count: count)
            return recv(descriptor, &buffer, count, 0)
        }
    }

    /// Ends the sending direction; the connection still receives.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until a whole head has arrived or the other side has closed.
    func readHead() async throws -> String {
        String(decoding: try await read { $0.firstRange(of: Self.headEnd) != nil }, as: UTF8.self)
    }

    /// Reads one whole answer; its head gives the length of its body. The status is 0 when no answer came.
    func readAnswer() async throws -> Answer {
        let bytes = try await read { bytes in
            guard let end = bytes.firstRange(of: Self.headEnd)?.upperBound else { return false }
            return bytes.count - end >= Self.length(of: bytes[..<end])
        }
        let end = bytes.firstRange(of: Self.headEnd)?.upperBound ?? bytes.endIndex
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        var headers: HTTPFields = [:]
        for line in head.split(separator: "\r\n").dropFirst() {
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            guard let name = HTTPFields.Element.Name(String(line[..<colon])) else { continue }
            headers[name] = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
        }
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, headers: headers, body: Array(bytes[end...]))
    }

    private static let headEnd = Array("\r\n\r\n".utf8)

    private static func length(of head: ArraySlice<UInt8>) -> Int {
        let text = String(decoding: head, as: UTF8.self)
        return text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
    }

    private func read(until isComplete: @escaping @Sendable ([UInt8]) -> Bool) async throws -> [UInt8] {
        try await onThread { [descriptor] in
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !isComplete(bytes) {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == ECONNRESET { break }  // the peer closed before it had read all bytes
                guard count >= 0 else { throw Failure(call: "recv", code: errno) }
                if count == 0 { break }
                bytes += buffer[..<count]
            }
            return bytes
        }
    }

    private func set<Value>(_ level: Int32, _ option: Int32, _ value: Value) {
        withUnsafeBytes(of: value) { bytes in
            _ = setsockopt(descriptor, level, option, bytes.baseAddress, socklen_t(bytes.count))
        }
    }

    /// The error for a system call that failed.
    struct Failure: Error {
        var call: String
        var code: Int32
    }
}

// A write to a closed connection then returns an error and raises no signal.
#if os(Linux)
    private let flags = Int32(MSG_NOSIGNAL)
#else
    private let flags: Int32 = 0
#endif
