import Foundation
import Hummingbird
import TestSupport
import Testing

@Suite("GET /v1/entries/{id}/media")
struct MediaDownloadTests {
    private let service: TestService
    private let uri: String
    private let bytes = Clip.compliant
    private var tag: String { "\"\(bytes.sha256)\"" }

    init() async throws {
        service = try TestService()
        uri = "/v1/entries/\(try await service.submit(Clip.compliantName, bytes)["id"]?.string ?? "")/media"
    }

    @Test(
        "The media route gives the digest as entity tag, offers ranges, and lets no browser guess a type or run anything"
    )
    func whole() async throws {
        let answer = try await service.send(.get, uri)
        #expect(answer.status == 200)
        #expect(answer.body == bytes)
        #expect(answer.headers[.eTag] == tag)
        #expect(answer.headers[.acceptRanges] == "bytes")
        #expect(answer.headers[.contentType] == "application/octet-stream")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
        #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename*=UTF-8''%E4%BD%9C") == true)
        #expect(answer.headers[.cacheControl] == "private, no-cache")
    }

    @Test("The media route answers a single range with 206 and exactly these bytes")
    func part() async throws {
        let count = bytes.count
        for (field, range) in [
            ("bytes=0-0", 0..<1), ("bytes=100-70099", 100..<min(70_100, count)), ("bytes=-7", count - 7..<count),
            ("bytes=\(count - 1)-", count - 1..<count), ("bytes=0-\(count)", 0..<count),
        ] {
            let answer = try await service.send(.get, uri, [.range: field])
            #expect(answer.status == 206, "\(field)")
            #expect(answer.body == Array(bytes[range]), "\(field)")
            #expect(answer.headers[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)")
            #expect(answer.headers[.contentLength] == "\(range.count)")
            #expect(answer.headers[.eTag] == tag)
        }
    }

    @Test("The media route answers a range behind the end with 416 and the length of the file")
    func behindTheEnd() async throws {
        let answer = try await service.send(.get, uri, [.range: "bytes=\(bytes.count)-"])
        try answer.expectProblem(416, "range-unsatisfiable")
        #expect(answer.headers[.contentRange] == "bytes */\(bytes.count)")
    }

    @Test("The media route sends the whole file for several ranges and for a `Range` that it cannot read")
    func ignored() async throws {
        for field in ["bytes=0-1,4-5", "lines=1-2", "bytes=5-1"] {
            let answer = try await service.send(.get, uri, [.range: field])
            #expect(answer.status == 200, "\(field)")
            #expect(answer.body == bytes, "\(field)")
        }
    }

    @Test("The media route applies a range only if `If-Range` has the strong tag of the current file")
    func ifRange() async throws {
        for (condition, status) in [
            (tag, 206), ("W/\(tag)", 200), ("\"other\"", 200), ("Fri, 01 Mar 2024 01:00:00 GMT", 200),
        ] {
            let answer = try await service.send(.get, uri, [.range: "bytes=0-9", .ifRange: condition])
            #expect(answer.status == status, "\(condition)")
            #expect(answer.body == (status == 206 ? Array(bytes[0..<10]) : bytes), "\(condition)")
        }
    }

    @Test("The media route answers 304 to a client that has the file, with a range or without")
    func notModified() async throws {
        for condition in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            for range in [nil, "bytes=0-9"] {
                var headers: HTTPFields = [.ifNoneMatch: condition]
                headers[.range] = range
                let answer = try await service.send(.get, uri, headers)
                #expect(answer.status == 304, "\(condition)")
                #expect(answer.body.isEmpty)
                #expect(answer.headers[.eTag] == tag)
            }
        }
        #expect(try await service.send(.get, uri, [.ifNoneMatch: "\"other\""]).status == 200)
    }

    @Test("HEAD of the media route gives length and tag, and ignores `Range`")
    func head() async throws {
        let answer = try await service.send(.head, uri, [.range: "bytes=0-9"])
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(answer.headers[.eTag] == tag)
        #expect(answer.headers[.acceptRanges] == "bytes")
        #expect(try await service.send(.head, uri, [.ifNoneMatch: tag]).status == 304)
    }

    @Test("The tag of the media route changes with the file")
    func replaced() async throws {
        #expect(try await service.send(.put, uri, [.contentType: "video/mp4"], body: Clip.short).status == 200)
        let answer = try await service.send(.get, uri, [.ifNoneMatch: tag, .range: "bytes=0-9", .ifRange: tag])
        #expect(answer.status == 200)
        #expect(answer.body == Clip.short)
        #expect(answer.headers[.eTag] == "\"\(Clip.short.sha256)\"")
    }

    @Test("curl continues an interrupted download, and the file is whole")
    func curlResumes() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Data(bytes.prefix(1000)), to: "part.mp4")
        try await service.listening { port in
            let (status, _) = try await Program.curl("-C", "-", "-o", path, "http://127.0.0.1:\(port)\(uri)")
            #expect(status == 206)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(bytes))
    }
}
