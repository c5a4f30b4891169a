import EntryIntake
import Hummingbird
import Testing

@testable import EntryServer

@Suite("openapi.json")
struct OpenAPITests {
    @Test("openapi.json names exactly the routes of the router")
    func routes() throws {
        let registered = try TestService().server.router().routes.map { "\($0.method) \($0.path)" }
        #expect(try OpenAPIContract.current.get().operations.keys.sorted() == registered.sorted())
    }

    @Test("openapi.json documents the answer of every GET whose address names nothing that exists")
    func answers() async throws {
        let service = try TestService()
        let gets = try OpenAPIContract.current.get().operations.keys.filter { $0.hasPrefix("GET ") }
        #expect(gets.count == 18)
        for name in gets {
            // `send` itself expects that openapi.json documents the answer.
            let path = String(name.dropFirst("GET ".count)).replacing(/\{[a-z]+\}/, with: "unknown")
            _ = try await service.send(.get, path)
        }
    }

    @Test("Every response in openapi.json names the header `X-Request-ID`, which `make examples` adds")
    func requestID() throws {
        let contract = try OpenAPIContract.current.get()
        for (name, operation) in contract.operations {
            for (status, response) in operation["responses"]?.members ?? [:] {
                let headers = response.followed(in: contract.document)["headers"]
                #expect(headers?["X-Request-ID"] == ["$ref": "#/components/headers/RequestID"], "\(name) \(status)")
            }
        }
    }

    @Test("JSONSchema knows every keyword of every schema in openapi.json")
    func keywords() throws {
        let contract = try OpenAPIContract.current.get()
        let schemas = contract.document.schemas(at: "#")
        #expect(schemas.count > 100)
        #expect(schemas.flatMap { contract.schema($0.schema).unknownKeywords(at: $0.place) } == [])
    }
}

extension WireValue {
    /// Every outermost schema of an OpenAPI document, with its place.
    fileprivate func schemas(at place: String) -> [(place: String, schema: WireValue)] {
        switch self {
        case .list(let elements): elements.flatMap { $0.schemas(at: place) }
        case .object(let members):
            members.flatMap { name, member -> [(place: String, schema: WireValue)] in
                let here = "\(place)/\(name)"
                if name == "schema" { return [(here, member)] }
                if name == "schemas" { return member.members.map { ("\(here)/\($0.key)", $0.value) } }
                return member.schemas(at: here)
            }
        default: []
        }
    }
}

extension OpenAPITests {
    @Test("openapi.json gives every route the scopes of the table of routes, and the answers 401, 403 and 421")
    func scopes() throws {
        let document = try WireValue(PackageResources.openapi_json)
        for route in try TestService().server.routing().table.routes {
            let path = route.path.replacing(/:([a-z]+)/) { "{\($0.1)}" }
            let operation = document["paths"]?[path]?[route.method.rawValue.lowercased()]
            let demands = operation?["security"]?.elements ?? []
            let named = Set(demands.flatMap { $0["key"]?.elements ?? [] }.compactMap(\.string))
            let isOptional = demands.contains { $0.keys == [] }
            let expected: Set<String> =
                switch route.access {
                case .anybody: []
                case .scope(let scopes): Set(scopes.map(\.rawValue))
                case .entry(.read): ["read", "submit"]
                case .entry(.change): ["admin", "submit"]
                case .entry(.review): ["review"]
                case .upload: ["submit"]
                }
            #expect(named == expected && isOptional == (route.access == .anybody), "\(route.method) \(path)")
            let statuses = operation?["responses"]?.keys ?? []
            #expect(statuses.isSuperset(of: ["401", "421"]), "\(route.method) \(path)")
            #expect(statuses.contains("403") || route.access == .anybody, "\(route.method) \(path)")
        }
    }

    @Test("openapi.json gives every route the query parameters of the table of routes")
    func parameters() throws {
        let document = try WireValue(PackageResources.openapi_json)
        for route in try TestService().server.routing().table.routes {
            let path = route.path.replacing(/:([a-z]+)/) { "{\($0.1)}" }
            let item = document["paths"]?[path]
            let own = item?[route.method.rawValue.lowercased()]?["parameters"]?.elements ?? []
            let named = (own + (item?["parameters"]?.elements ?? [])).map { $0.followed(in: document) }
                .filter { $0["in"]?.string == "query" }.compactMap { $0["name"]?.string }
            #expect(Set(named) == route.parameters, "\(route.method) \(path)")
        }
    }
}
