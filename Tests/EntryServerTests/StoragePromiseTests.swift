import EntryIntake
import Hummingbird
import Synchronization
import Testing

/// A disk with a fixed number of free bytes and of bytes that open uploads still miss.
struct DiskDouble: StorageMeasuring {
    let state: StorageState

    func storageState() async throws(IntakeError) -> StorageState { state }
}

@Suite("Room on the disk", .timeLimit(.minutes(10)))
struct StoragePromiseTests {
    private static let reserved: Int64 = 1 << 20

    /// A service whose disk has `free` bytes beyond the reserve and the `missing` bytes of open uploads.
    private func service(free: Int64, missing: Int64 = 0) throws -> TestService {
        try TestService(
            disk: DiskDouble(
                state: StorageState(freeBytes: Self.reserved + free + missing, openUploads: 1, missingBytes: missing)),
            storageLimits: StorageLimits(reservedBytes: Self.reserved))
    }

    @Test(
        "Every route refuses a file one byte larger than the free disk less the reserve and the rest of open uploads",
        arguments: [Int64(0), 5000])
    func doors(missing: Int64) async throws {
        let form = Form(.field("contest", "xian-2024"), .media("a.mp4", Clip.short))
        let type: HTTPFields = [.contentType: "multipart/form-data; boundary=\(Form.boundary)"]
        let requests: [(HTTPRequest.Method, String, HTTPFields, [UInt8])] = [
            (.post, "/v1/entries", type, form.bytes), (.post, "/v1/checks", type, form.bytes),
            (.post, "/v1/checks?contest=xian-2024", [:], Clip.short),
        ]
        for (method, uri, headers, body) in requests {
            var announced = headers
            announced[.contentLength] = "\(body.count)"
            let size = Int64(body.count)
            let taken = try await service(free: size, missing: missing).send(method, uri, announced, body: body)
            #expect(taken.status / 100 == 2)
            try await service(free: size - 1, missing: missing).send(method, uri, announced, body: body)
                .expectProblem(507, "insufficient-storage")
        }
        let metadata = ["contest": "xian-2024"]
        _ = try await service(free: 9000, missing: missing).beginUpload(9000, metadata)
        try await service(free: 8999, missing: missing).tus(.post, "/v1/uploads", Tus.creation(9000, metadata))
            .expectProblem(507, "insufficient-storage")
    }

    @Test("A file that another request is sending takes room on the disk, until its client leaves")
    func underWay() async throws {
        let service = try service(free: 100_000)
        let head =
            "POST /v1/checks?contest=xian-2024 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
            + "Expect: 100-continue\r\n\r\n"
        try await service.listening { port in
            var first: RawConnection? = try RawConnection(port: port)
            try await first?.send(head)
            #expect(try await first?.readHead().hasPrefix("HTTP/1.1 100 ") == true)
            let second = try RawConnection(port: port)
            try await second.send(head)
            try await second.readAnswer().expectProblem(507, "insufficient-storage")
            first = nil
            #expect(try await service.isIncomingEmpty())
            let third = try RawConnection(port: port)
            try await third.send(head)
            #expect(try await third.readHead().hasPrefix("HTTP/1.1 100 "))
        }
    }

    @Test("An upload above the limit of unfinished ones is refused with 429, until one is finished or deleted")
    func number() async throws {
        let service = try TestService(storageLimits: StorageLimits(openUploads: 2))
        let whole = try await service.beginUpload(Clip.short.count)
        let deleted = try await service.beginUpload(100)
        for end in [
            { try await service.patch(whole, at: 0, Clip.short) }, { try await service.tus(.delete, deleted) },
        ] as [() async throws -> Answer] {
            let answer = try await service.tus(.post, "/v1/uploads", Tus.creation(100, ["contest": "xian-2024"]))
            try answer.expectProblem(429, "too-many-uploads")
            #expect(answer.headers[.retryAfter] == "10")
            #expect(try await end().status == 204)
            _ = try await service.beginUpload(100)
        }
    }

    @Test("The bytes that unfinished uploads announce together are limited")
    func announced() async throws {
        let service = try TestService(storageLimits: StorageLimits(announcedBytes: 1000))
        let first = try await service.beginUpload(600)
        #expect(try await service.patch(first, at: 0, [UInt8](repeating: 1, count: 500)).status == 204)
        let creation = Tus.creation(401, ["contest": "xian-2024"])
        try await service.tus(.post, "/v1/uploads", creation).expectProblem(507, "insufficient-storage")
        _ = try await service.beginUpload(400)
    }
}
