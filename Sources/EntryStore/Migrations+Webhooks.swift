internal import GRDB

extension EntryDatabase {
    /// Addresses that events go to, and the deliveries to them. A delivery names its entry without a foreign key: it
    /// outlives the entry.
    static func webhooks(_ db: Database) throws {
        try db.create(table: "webhookTarget") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("id", .text).notNull().unique()
            table.column("url", .text).notNull()
            table.column("contest", .text)
            table.column("events", .text).notNull()
            table.column("allowsPrivate", .boolean).notNull()
            table.column("createdAt", .text).notNull()
            table.column("disabledAt", .text)
            table.column("state", .text).notNull().indexed()
            table.column("sealed", .blob).notNull()
            table.column("sealedKey", .text).notNull()
        }
        try db.create(table: "webhookDelivery") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("id", .text).notNull().unique()
            table.column("target", .text).notNull().references("webhookTarget", column: "id", onDelete: .cascade)
            for name in ["event", "entry", "contest"] { table.column(name, .text).notNull() }
            table.column("version", .integer).notNull()
            for name in ["verdict", "standing", "report"] { table.column(name, .text) }
            table.column("occurredAt", .text).notNull()
            table.column("traceparent", .text)
            table.column("state", .text).notNull()
            table.column("attempts", .integer).notNull()
            table.column("dueMilliseconds", .integer).notNull()
            table.column("lastStatus", .integer)
            table.column("lastFailure", .text)
        }
        try db.create(indexOn: "webhookDelivery", columns: ["target", "state", "dueMilliseconds"])
        try db.create(indexOn: "webhookDelivery", columns: ["state", "dueMilliseconds"])
    }
}
