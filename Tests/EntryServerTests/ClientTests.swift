import Foundation
import Hummingbird
import TestSupport
import Testing

@Suite("curl")
struct CurlTests {
    @Test("curl submits an entry with -F")
    func form() async throws {
        try await TestService().listening { port in
            let (status, answer) = try await Program.curl(
                "-F", "contest=xian-2024", "-F", "作品名称=守信", "-F", "media=@\(TestMedia.path(Clip.compliantName))",
                "http://127.0.0.1:\(port)/v1/entries")
            #expect(status == 201)
            let entry = try WireValue(answer.output)
            #expect(entry["fields"] == ["作品名称": "守信"])
            #expect(entry["media"]?["filename"] == .text(Clip.compliantName))
            #expect(entry["media"]?["sha256"] == .text(Clip.compliant.sha256))
            #expect(entry["report"]?["verdict"] == "compliant")
        }
    }

    @Test(
        "curl checks a file with --data-binary and with a body in chunks, and the service keeps nothing",
        arguments: [
            ["-H", "Content-Type: video/mp4", "--data-binary", "@\(TestMedia.path(Clip.compliantName))"],
            ["-H", "Content-Type:", "-X", "POST", "-T", TestMedia.path(Clip.compliantName)],
            ["-H", "Transfer-Encoding: chunked", "-X", "POST", "-T", TestMedia.path(Clip.compliantName)],
        ])
    func raw(arguments: [String]) async throws {
        let service = try TestService()
        try await service.listening { port in
            let answer = try await Program.run(
                "curl", ["-sS"] + arguments + ["http://127.0.0.1:\(port)/v1/checks?contest=xian-2024"])
            #expect(try WireValue(answer.output)["verdict"] == "compliant", "\(answer.text) \(answer.errors)")
        }
        try await service.expectEmpty()
    }

    @Test("curl downloads the media under its Chinese name")
    func download() async throws {
        let service = try TestService()
        let entry = try await service.submit(Clip.compliantName, Clip.compliant)
        try await service.listening { port in
            let (status, answer) = try await Program.curl(
                "http://127.0.0.1:\(port)/v1/entries/\(entry["id"]?.string ?? "")/media")
            #expect(status == 200)
            #expect(answer.output == Clip.compliant)
        }
    }

    @Test("curl -I gets the length of the media and no body")
    func head() async throws {
        let service = try TestService()
        let entry = try await service.submit(Clip.compliantName, Clip.compliant)
        try await service.listening { port in
            let (status, answer) = try await Program.curl(
                "-I", "http://127.0.0.1:\(port)/v1/entries/\(entry["id"]?.string ?? "")/media")
            #expect(status == 200)
            let lines = answer.text.lowercased().split(separator: "\r\n")
            #expect(lines.contains("content-length: \(Clip.compliant.count)"), "\(answer.text)")
        }
    }

    /// Without the answer "100 Continue" curl would wait 600 s before it sends the body, and the test stops curl after
    /// 120 s.
    @Test("curl gets the answer `100 Continue` to `Expect: 100-continue`", arguments: [true, false])
    func expectContinue(isForm: Bool) async throws {
        let service = try TestService()
        let folder = try TemporaryFolder()
        let big = try folder.write(Data(Clip.compliant) + Data(count: 2 << 20), to: "big.mp4")
        try await service.listening { port in
            let body =
                isForm ? ["-F", "media=@\(big)"] : ["-H", "Content-Type: video/mp4", "--data-binary", "@\(big)"]
            let answer = try await Program.run(
                "curl",
                ["-sSv", "--expect100-timeout", "600", "--max-time", "120", "-H", "Expect: 100-continue"] + body
                    + ["http://127.0.0.1:\(port)/v1/checks?contest=xian-2024"])
            #expect(answer.errors.contains("< HTTP/1.1 100 Continue"), "\(answer.errors)")
            #expect(try WireValue(answer.output)["media"]?["bytes"] != nil)
        }
    }

    @Test("curl gets 413 before it sends a body whose length is over the limit")
    func tooLong() async throws {
        let service = try TestService(mostBodyBytes: 100_000)
        let folder = try TemporaryFolder()
        let big = try folder.write(Data(count: 32 << 20), to: "big.mp4")
        try await service.listening { port in
            let (status, answer) = try await Program.curl(
                "-H", "Content-Type: video/mp4", "--data-binary", "@\(big)",
                "http://127.0.0.1:\(port)/v1/checks?contest=xian-2024")
            #expect(status == 413)
            #expect(try WireValue(answer.output)["type"] == "urn:clipcheck:problem:media-too-large")
        }
        try await service.expectEmpty()
    }
}

@Suite("Python's requests", .enabled(if: Program.python != nil, "CLIPCHECK_PYTHON names no Python with requests"))
struct RequestsTests {
    @Test("Python's requests submits a form whose file has a Chinese name")
    func form() async throws {
        let service = try TestService()
        let entry = try await upload("form", to: service, status: 201)
        #expect(entry["fields"] == ["作品名称": "守信 & \"诚实\""])
        #expect(entry["media"]?["filename"] == .text(Clip.compliantName))
        #expect(entry["media"]?["sha256"] == .text(Clip.compliant.sha256))
        #expect(entry["report"]?["verdict"] == "compliant")
    }

    @Test("Python's requests streams a body in chunks from a generator")
    func chunked() async throws {
        let service = try TestService()
        let report = try await upload("chunked", to: service, status: 200)
        #expect(report["verdict"] == "compliant")
        #expect(report["media"]?["filename"] == .text(Clip.compliantName))
        try await service.expectEmpty()
    }

    @Test("Python's requests submits a JSON form")
    func json() async throws {
        let service = try TestService()
        let entry = try await upload("json_form", to: service, status: 201)
        #expect(entry["fields"] == ["联系人": "王**"])
        #expect(entry["report"] == .null)
    }

    @Test("Python's requests submits, attaches and checks again on one connection")
    func session() async throws {
        let service = try TestService()
        let entry = try await upload("replaced", to: service, status: 201)
        #expect(entry["report"]?["verdict"] == "compliant")
        #expect(entry["media"]?["filename"] == .text(Clip.compliantName))
    }

    @Test(
        "Python's requests reads the reason of a refusal that comes while it sends",
        arguments: [
            ("refused_early", 422, "contest-unknown"), ("too_large", 413, "media-too-large"),
        ])
    func refused(name: String, status: Int, code: String) async throws {
        let service = try TestService(mostBytes: 1 << 20)
        let problem = try await upload(name, to: service, status: status)
        #expect(problem["type"]?.string == "urn:clipcheck:problem:\(code)")
        try await service.expectEmpty()
    }

    private func upload(_ name: String, to service: TestService, status: Int) async throws -> WireValue {
        let python = try #require(Program.python)
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(components: "python", "upload.py")
        return try await service.listening { port in
            let outcome = try await Program.run(
                python, [script.path, name, "http://127.0.0.1:\(port)", TestMedia.path(Clip.compliantName)])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try WireValue(outcome.output)
            #expect(answer["status"] == .number(Double(status)), "\(outcome.text)")
            #expect(answer["type"]?.string == (status < 300 ? "application/json" : "application/problem+json"))
            return answer["body"] ?? nil
        }
    }
}
