import Foundation

/// The answer of a service to `GET /readyz`.
enum ReadinessAnswer: Equatable {
    /// The status of the response.
    case status(Int)
    /// No HTTP response came. The code is an `errno`; `EPROTO` stands for bytes that are no HTTP response.
    case failed(Int32)
}

/// One `GET /readyz` over a plain socket.
///
/// A socket suffices for a request without a body. URLSession would load libcurl and its 20 libraries, which a container
/// does not need otherwise, and SwiftNIO belongs to `EntryServer`.
struct ReadinessRequest {
    var host: String
    var port: Int
    /// Time for the connection, and again for the answer.
    var limit = Duration.seconds(3)

    /// Longest status line that is read, in bytes.
    private static let mostBytes = 256

    /// Sends the request and waits for the status line of the response.
    func send() -> ReadinessAnswer {
        signal(SIGPIPE, SIG_IGN)  // a peer that closes early is a failed request, not the end of this process
        let descriptor = connectedSocket()
        guard descriptor >= 0 else { return .failed(Self.meaning(of: errno)) }
        defer { close(descriptor) }
        // The service accepts this name whatever `--public-url` says.
        let request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        guard Output.write(Data(request.utf8), to: descriptor) else { return .failed(Self.meaning(of: errno)) }
        return answer(from: descriptor)
    }

    /// A socket that is connected to the first address of the host that accepts; -1 with `errno` when none does.
    private func connectedSocket() -> Int32 {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0 else {
            errno = EHOSTUNREACH
            return -1
        }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next?.pointee {
            let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            limitTime(of: descriptor)
            if connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
            let code = errno
            close(descriptor)
            errno = code
            next = address.ai_next
        }
        return -1
    }

    /// Limits the time that connecting, sending and each wait for bytes may take.
    private func limitTime(of descriptor: Int32) {
        var time = timeval(tv_sec: .init(limit.components.seconds), tv_usec: 0)
        let size = socklen_t(MemoryLayout.size(ofValue: time))
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] { setsockopt(descriptor, SOL_SOCKET, option, &time, size) }
    }

    /// Reads the status line. A peer that sends it byte by byte gets no more time than `limit` and one wait.
    private func answer(from descriptor: Int32) -> ReadinessAnswer {
        let end = ContinuousClock.now + limit
        var (line, bytes) = ([UInt8](), [UInt8](repeating: 0, count: Self.mostBytes))
        while !line.contains(UInt8(ascii: "\n")), line.count < Self.mostBytes {
            guard ContinuousClock.now < end else { return .failed(ETIMEDOUT) }
            let count = recv(descriptor, &bytes, bytes.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .failed(count == 0 ? ECONNRESET : Self.meaning(of: errno)) }
            line += bytes[..<count]
        }
        return Self.status(of: String(decoding: line, as: UTF8.self))
    }

    /// The status in the first line of a response. Source: RFC 9112 section 4, `HTTP-version SP status-code SP …`.
    private static func status(of text: String) -> ReadinessAnswer {
        let words = text.prefix { !$0.isNewline }.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            return .failed(EPROTO)
        }
        return .status(status)
    }

    /// The `errno` to report: the codes of a socket's time limit become `ETIMEDOUT`.
    private static func meaning(of code: Int32) -> Int32 {
        [EAGAIN, EWOULDBLOCK, EINPROGRESS].contains(code) ? ETIMEDOUT : code
    }
}
