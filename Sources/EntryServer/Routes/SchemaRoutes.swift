internal import Hummingbird

/// `/v1/schemas/{name}`: the JSON Schemas of the wire formats.
struct SchemaRoutes {
    func add(to table: RouteTable) {
        table.get("/v1/schemas/:name", .anybody) { _, context in
            guard let text = WireSchemas.text(try context.parameters.require("name")) else {
                throw Problem.schemaUnknown
            }
            return Response(
                status: .ok,
                headers: [.contentType: "application/schema+json", .xContentTypeOptions: "nosniff"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: text)))
        }
    }
}

extension Problem {
    /// The name is that of no schema.
    fileprivate static let schemaUnknown = Problem(
        .notFound, "schema-unknown", zh: "没有这个 JSON Schema。可用：contest、entry、facts、report。",
        en: "There is no such JSON Schema. There are contest, entry, facts and report.")
}
