import ContestRules
import EntryIntake
import Hummingbird
import MediaFacts
import TestSupport
import Testing

@testable import EntryServer

@Suite("The first page")
struct FirstPageTests {
    private let service: TestService

    init() throws { service = try TestService(contests: BuiltInContests.all + [BuiltInContests.demonstration]) }

    @Test("The first page names the address that the client used, and shows the form of the demonstration contest")
    func address() async throws {
        try await service.listening { port in
            let connection = try RawConnection(port: port)
            try await connection.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
            let page = try await connection.readAnswer()
            #expect(page.status == 200)
            #expect(page.text.contains(" http://127.0.0.1:\(port)/v1/entries</pre>"))
            #expect(page.text.contains(#"name="contest" value="demo""#))
            #expect(page.text.contains(#"<option value="demo" selected>"#))
            #expect(page.text.contains(#"<input name="title" type="text" required>"#))
            #expect(page.headers[.contentSecurityPolicy]?.contains("form-action 'self'") == true)
            #expect(!page.text.contains("{{"))
        }
    }

    @Test("The first page escapes the origin, which is the client's `Host`")
    func escaping() {
        let page = FirstPage(intake: service.intake, doorkeeper: service.doorkeeper).page(
            at: "http://<script>\"'&", showing: nil, isOpen: true)
        #expect(page.contains("http://&lt;script&gt;&quot;&#39;&amp;/v1/entries"))
        #expect(!page.contains("<script>"))
    }

    @Test("The first page shows every field of the contest that the address names")
    func fields() async throws {
        let page = try await service.send(.get, "/?contest=xian-2024")
        #expect(page.text.contains(#"name="contest" value="xian-2024""#))
        for field in try #require(BuiltInContests.contest("xian-2024")?.form).fields {
            #expect(page.text.contains("name=\"\(field.name)\""))
            #expect(page.text.contains(field.label.zh))
        }
    }

    @Test("A short clip with a title is accepted in the demonstration contest, at any time")
    func accepted() async throws {
        let form = Form(.field("contest", "demo"), .field("title", "试用"), .media("short.mp4", Clip.short))
        for clock in [WallClock.whileOpen, .system] {
            let service = try TestService(clock: clock, contests: [BuiltInContests.demonstration])
            let answer = try await service.send(.post, "/v1/entries", form: form)
            #expect(answer.status == 201)
            #expect(try answer.json["standing"] == "accepted")
        }
    }
}
