import Hummingbird
import Testing

@Suite("GET /v1/entries")
struct EntryListTests {
    @Test("`GET /v1/entries` gives every entry exactly once, newest first, with pages of any size", arguments: 1...6)
    func pages(limit: Int) async throws {
        let service = try TestService()
        var ids: [String] = []
        for number in 0..<5 { ids.insert(try await service.submit("\(number).mp4")["id"]?.string ?? "", at: 0) }
        var (seen, sizes): ([String], [Int]) = ([], [])
        var query: String? = "?limit=\(limit)"
        while let asked = query, sizes.count < 10 {
            let answer = try await service.send(.get, "/v1/entries\(asked)")
            #expect(answer.status == 200)
            let page = try answer.json
            #expect(page.keys == ["schema", "entries", "nextCursor"])
            #expect(page["schema"] == "clipcheck.entries/1")
            let entries = page["entries"]?.elements ?? []
            seen += entries.compactMap { $0["id"]?.string }
            sizes.append(entries.count)
            query = page["nextCursor"]?.string.map { "?limit=\(limit)&cursor=\($0.percentEncoded)" }
        }
        #expect(seen == ids)
        #expect(sizes.dropLast().allSatisfy { $0 == limit })
        #expect(sizes.last ?? 0 > 0, "no empty last page")
    }

    @Test("The cursor of `GET /v1/entries` stays valid while entries are made and deleted")
    func changes() async throws {
        let service = try TestService()
        var ids: [String] = []
        for number in 0..<4 { ids.insert(try await service.submit("\(number).mp4")["id"]?.string ?? "", at: 0) }
        let page = try await service.send(.get, "/v1/entries?limit=2").json
        #expect(try await service.send(.delete, "/v1/entries/\(ids[1])").status == 204)
        _ = try await service.submit("new.mp4")
        let cursor = try #require(page["nextCursor"]?.string)
        let rest = try await service.send(.get, "/v1/entries?limit=2&cursor=\(cursor)").json
        #expect(rest["entries"]?.elements.compactMap { $0["id"]?.string } == Array(ids[2...]))
        #expect(rest["nextCursor"] == .null)
    }

    @Test("`GET /v1/entries` filters by contest and by verdict")
    func filters() async throws {
        let service = try TestService()
        let files = [("compliant", Clip.compliant), ("non-compliant", Clip.short), ("non-compliant", Clip.text)]
        for contest in ["xian-2024", "weifang-2023"] {
            for (_, media) in files {
                let form = Form(.field("contest", contest), .media("a.mp4", media))
                #expect(try await service.send(.post, "/v1/entries", form: form).status == 201)
            }
        }
        let counts = [
            ("", 6), ("?contest=xian-2024", 3), ("?contest=xinhua-credit-cup-2019", 0), ("?verdict=compliant", 1),
            ("?verdict=non-compliant", 5), ("?verdict=needs-review", 0),
            ("?contest=xian-2024&verdict=non-compliant", 2),
            ("?contest=&verdict=&limit=&cursor=", 6),
        ]
        for (query, count) in counts {
            let entries = try await service.send(.get, "/v1/entries\(query)").json["entries"]?.elements
            #expect(entries?.count == count, "\(query)")
        }
    }

    @Test("`GET /v1/entries` gives id, time, contest, file, verdict and standing of each entry, and no form field")
    func line() async throws {
        let service = try TestService()
        let entry = try await service.submit(Clip.compliantName, Clip.compliant, field: "守信 13912345678")
        _ = try await service.send(
            .post, "/v1/entries", [.contentType: "application/json"],
            body: Array(#"{"contest": "xian-2024", "fields": {"联系人": "王芳"}}"#.utf8))
        let answer = try await service.send(.get, "/v1/entries")
        #expect(!answer.text.contains("王芳"))
        #expect(!answer.text.contains("fields") && !answer.text.contains("13912345678"))
        let lines = try answer.json["entries"]?.elements ?? []
        for line in lines {
            #expect(
                line.keys == [
                    "id", "createdAt", "contest", "title", "category", "region", "media", "verdict", "standing",
                    "mustLookAgain", "check",
                ])
        }
        #expect(lines.first?["media"] == .null)
        #expect(lines.first?["verdict"] == .null)
        for same in ["id", "createdAt", "contest", "media", "standing"] { #expect(lines.last?[same] == entry[same]) }
        #expect(lines.last?["verdict"] == "compliant")
        #expect(lines.last?["title"] == "守信 139****5678")
    }

    @Test("`GET /v1/entries` gives 50 entries unless the query says otherwise")
    func defaultLimit() async throws {
        let service = try TestService()
        for _ in 0..<51 {
            let answer = try await service.send(
                .post, "/v1/entries", [.contentType: "application/json"], body: Array(#"{"contest": "xian-2024"}"#.utf8)
            )
            #expect(answer.status == 201)
        }
        #expect(try await service.send(.get, "/v1/entries").json["entries"]?.elements.count == 50)
        #expect(try await service.send(.get, "/v1/entries?limit=200").json["entries"]?.elements.count == 51)
    }

    @Test(
        "`GET /v1/entries` refuses query parameters that it cannot read",
        arguments: [
            ("?cursor=x", 400, "cursor-invalid"), ("?cursor=MA%3D%3D", 400, "cursor-invalid"),
            ("?cursor=LTE%3D", 400, "cursor-invalid"), ("?cursor=%FF", 400, "cursor-invalid"),
            ("?limit=0", 400, "limit-invalid"), ("?limit=-1", 400, "limit-invalid"),
            ("?limit=201", 400, "limit-invalid"),
            ("?limit=ten", 400, "limit-invalid"), ("?limit=1e1", 400, "limit-invalid"),
            ("?limit=99999999999999999999", 400, "limit-invalid"), ("?verdict=good", 400, "verdict-unknown"),
            ("?verdict=Compliant", 400, "verdict-unknown"), ("?contest=xian-2042", 422, "contest-unknown"),
        ])
    func refused(query: String, status: Int, code: String) async throws {
        let service = try TestService()
        _ = try await service.submit()
        try await service.send(.get, "/v1/entries\(query)").expectProblem(status, code)
    }
}
