import Hummingbird
import TestSupport
import Testing

@testable import EntryServer

/// The program's own report pages, over HTTP.
@Suite("The page of a report")
struct ReportPageTests {
    private static let browser: HTTPFields = [.accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"]

    @Test(
        "The page of a report shows every finding in the browser's language and runs no script",
        arguments: [("zh-CN,zh;q=0.9", "zh"), ("en-GB,en;q=0.8", "en")])
    func page(accepted: String, language: String) async throws {
        let service = try TestService(hasRealPages: true)
        let entry = try await service.submit("作品.mp4")
        let id = try #require(entry["id"]?.string)
        var headers = Self.browser
        headers[.acceptLanguage] = accepted
        let page = try await service.send(.get, "/v1/entries/\(id)/report", headers)
        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        #expect(page.text.hasPrefix("<!doctype html>"))
        #expect(page.text.contains("<html lang=\"\(language == "zh" ? "zh-CN" : "en")\""))
        #expect(!page.text.contains("<script"))
        let report = try #require(entry["report"])
        for finding in report["findings"]?.elements ?? [] {
            let clause = try #require(finding["clause"]?.string)
            #expect(page.text.contains(clause.htmlEscaped), "\(clause)")
            let message = try #require(finding["message"]?[language]?.string)
            #expect(page.text.contains(message.htmlEscaped), "\(message)")
        }
    }

    @Test("The address of an older report gives that report, as HTML or as JSON", arguments: [true, false])
    func history(isHTML: Bool) async throws {
        let service = try TestService(hasRealPages: true)
        let entry = try await service.submit()
        let (id, old) = (try #require(entry["id"]?.string), try #require(entry["report"]?["id"]?.string))
        #expect(try await service.send(.put, "/v1/entries/\(id)/media", body: Clip.compliant).status == 200)
        let page = try await service.send(.get, "/v1/entries/\(id)/reports/\(old)", isHTML ? Self.browser : [:])
        #expect(page.status == 200)
        #expect(page.text.hasPrefix("<!doctype html>") == isHTML)
        #expect(page.text.contains(old))
    }

    @Test(
        "The page of a report escapes the name of the file",
        arguments: ["<script>alert(1)</script>.mp4", "\"><img src=x onerror=alert(1)>.mp4", "a&lt;b.mp4", "'-->.mp4"])
    func hostileName(name: String) async throws {
        let service = try TestService(hasRealPages: true)
        let answer = try await service.send(
            .post, "/v1/entries", form: Form([.field("contest", "xian-2024"), .media("a.mp4", Clip.short)]))
        let uri = try #require(answer.headers[.location])
        let put = try await service.send(
            .put, "\(uri)/media?filename=\(name.percentEncoded)", [.contentType: "video/mp4"], body: Clip.short)
        #expect(put.status == 200)
        let page = try await service.send(.get, "\(uri)/report", Self.browser)
        #expect(!page.text.contains("<script") && !page.text.contains("<img src=x"))
        let shown = try #require(try put.json["media"]?["filename"]?.string)
        #expect(page.text.contains(shown.htmlEscaped))
    }
}

extension String {
    /// The text as an HTML element must escape it.
    fileprivate var htmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
