internal import GRDB

extension EntryDatabase {
    /// The migrations of all releases, in order. Never change a released migration. Migrations name tables and columns
    /// by literal strings, not by Swift types, so that later code cannot change their effect.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 entries and reports", migrate: entriesAndReports)
        migrator.registerMigration("2 submissions", migrate: submissions)
        migrator.registerMigration("3 evidence and checks", migrate: evidenceAndChecks)
        migrator.registerMigration("4 one write path", migrate: oneWritePath)
        migrator.registerMigration("5 webhooks", migrate: webhooks)
        return migrator
    }

    private static func entriesAndReports(_ db: Database) throws {
        try db.create(table: "entry") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("id", .text).notNull().unique()
            table.column("contest", .text).notNull()
            table.column("createdAt", .text).notNull()
            table.column("createdMilliseconds", .integer).notNull()
            table.column("fields", .jsonText).notNull()
            table.column("mediaFilename", .text)
            table.column("mediaBytes", .integer)
            table.column("mediaSHA256", .text).indexed()
            table.column("verdict", .text)
        }
        try db.create(indexOn: "entry", columns: ["contest", "verdict", "number"])
        try db.create(table: "report") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("id", .text).notNull().unique()
            table.column("entry", .integer).notNull().indexed()
                .references("entry", column: "number", onDelete: .cascade)
            table.column("createdAt", .text).notNull()
            table.column("contest", .text).notNull()
            table.column("contestRevision", .integer).notNull()
            table.column("contestDigest", .text).notNull()
            table.column("verdict", .text).notNull()
            table.column("schema", .text).notNull()
            table.column("document", .jsonText).notNull()
        }
    }

    /// Adds sealed contacts, admissions, sign-offs, uploads in several requests, answers to requests with an
    /// `Idempotency-Key`, and tombstones of deleted entries. An empty `contactsKey` marks a row whose form the store
    /// still has to seal.
    private static func submissions(_ db: Database) throws {
        try db.alter(table: "entry") { table in
            table.add(column: "contacts", .blob)
            table.add(column: "contactsKey", .text)
            table.add(column: "receivedAt", .text)
            table.add(column: "receivedMilliseconds", .integer)
            table.add(column: "standing", .text).notNull().defaults(to: "open")
        }
        try db.execute(
            sql: """
                UPDATE entry SET receivedAt = createdAt, receivedMilliseconds = createdMilliseconds
                WHERE mediaBytes IS NOT NULL;
                UPDATE entry SET standing = 'rejected' WHERE verdict = 'non-compliant';
                UPDATE entry SET contactsKey = '' WHERE fields <> '{}';
                """)
        func createHistory(_ name: String, _ columns: (TableDefinition) -> Void) throws {
            try db.create(table: name) { table in
                table.autoIncrementedPrimaryKey("number")
                table.column("entry", .integer).notNull().indexed()
                    .references("entry", column: "number", onDelete: .cascade)
                table.column("createdAt", .text).notNull()
                columns(table)
            }
        }
        try createHistory("admission") { $0.column("document", .jsonText).notNull() }
        try createHistory("signOff") { table in
            for name in ["rule", "answer", "who", "why"] { table.column(name, .text).notNull() }
            table.column("field", .text)
            table.column("mediaSHA256", .text)
        }
        try db.create(table: "upload") { table in
            table.primaryKey("id", .text)
            table.column("contest", .text).notNull()
            table.column("length", .integer).notNull()
            table.column("offset", .integer).notNull()
            table.column("expiresAt", .text).notNull()
            table.column("expiresMilliseconds", .integer).notNull().indexed()
            table.column("receivedAt", .text)
            table.column("receivedMilliseconds", .integer)
            table.column("sealed", .blob).notNull()
            table.column("sealedKey", .text).notNull()
            table.column("entry", .text).indexed().references("entry", column: "id", onDelete: .cascade)
        }
        try db.create(table: "answer") { table in
            table.primaryKey("key", .text)
            table.column("fingerprint", .text).notNull()
            table.column("createdMilliseconds", .integer).notNull().indexed()
            table.column("status", .integer).notNull()
            table.column("location", .text)
            table.column("body", .blob).notNull()
            table.column("entry", .integer).indexed().references("entry", column: "number", onDelete: .cascade)
        }
        try db.create(table: "tombstone") { table in
            table.primaryKey("id", .text)
            table.column("contest", .text).notNull()
            table.column("deletedAt", .text).notNull()
        }
    }

    /// Adds the stills of reports and the queue of content checks. The id of a check is the id of the report that the
    /// check completes.
    private static func evidenceAndChecks(_ db: Database) throws {
        try db.create(table: "still") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("report", .text).notNull().references("report", column: "id", onDelete: .cascade)
            table.column("name", .text).notNull()
            table.column("atMilliseconds", .integer).notNull()
            table.column("width", .integer).notNull()
            table.column("height", .integer).notNull()
            table.column("jpeg", .blob).notNull()
            table.uniqueKey(["report", "name"])
        }
        try db.create(table: "contentCheck") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("id", .text).notNull().unique().references("report", column: "id", onDelete: .cascade)
            table.column("entry", .integer).notNull().indexed()
                .references("entry", column: "number", onDelete: .cascade)
            table.column("createdAt", .text).notNull()
            table.column("state", .text).notNull()
            table.column("attempts", .integer).notNull()
            table.column("report", .text)
        }
        try db.create(indexOn: "contentCheck", columns: ["state", "attempts", "number"])
    }

    /// Adds owners, places, versions and listed columns of entries, corrections, the outbox, API keys, and the
    /// full-text table of lists. Removes all kept answers: their fingerprints were plain digests, from which a sealed
    /// telephone number could be guessed.
    private static func oneWritePath(_ db: Database) throws {
        try db.alter(table: "entry") { table in
            for name in ["owner", "place", "title", "category", "region", "day", "pendingCheck"] {
                table.add(column: name, .text)
            }
            table.add(column: "mediaOrder", .integer)
            table.add(column: "version", .integer).notNull().defaults(to: 1)
            table.add(column: "mustLookAgain", .boolean).notNull().defaults(to: false)
        }
        try db.alter(table: "signOff") { $0.add(column: "version", .integer).notNull().defaults(to: 1) }
        try db.alter(table: "upload") { $0.add(column: "owner", .text) }
        try db.execute(
            sql: """
                UPDATE entry SET mediaOrder = number WHERE mediaBytes IS NOT NULL;
                UPDATE entry SET title = coalesce(json_extract(fields, '$.title'), json_extract(fields, '$."作品名称"')),
                category = coalesce(json_extract(fields, '$.category'), json_extract(fields, '$."作品类型"')),
                region = coalesce(json_extract(fields, '$.region'), json_extract(fields, '$."地区"'))
                WHERE json_valid(fields);
                UPDATE entry SET day = substr(coalesce(receivedAt, createdAt), 1, 10), pendingCheck = (SELECT id FROM contentCheck WHERE entry = entry.number AND state = 'waiting');
                DROP INDEX "entry_on_mediaSHA256";
                DROP INDEX "index_entry_on_contest_verdict_number";
                DROP TABLE answer;
                CREATE VIRTUAL TABLE entryText USING fts5(grams, tags, detail = full, prefix = '1');
                """)
        try createIndexes(db)
        try createTablesOfOneWritePath(db)
    }

    /// Makes the tables of kept answers, corrections, outbox events and API keys.
    private static func createTablesOfOneWritePath(_ db: Database) throws {
        try db.create(table: "answer") { table in
            table.column("principal", .text).notNull()
            table.column("key", .text).notNull()
            table.column("fingerprint", .blob).notNull()
            table.column("fingerprintKey", .text).notNull()
            table.column("createdMilliseconds", .integer).notNull().indexed()
            table.column("entry", .integer).indexed().references("entry", column: "number", onDelete: .cascade)
            table.column("upload", .text).indexed().references("upload", column: "id", onDelete: .cascade)
            table.column("sealed", .blob)
            table.column("sealedKey", .text)
            table.primaryKey(["principal", "key"])
        }
        try db.create(table: "correction") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("entry", .integer).notNull().indexed()
                .references("entry", column: "number", onDelete: .cascade)
            table.column("createdAt", .text).notNull()
            table.column("version", .integer).notNull()
            table.column("fields", .jsonText).notNull()
            table.column("sealed", .blob).notNull()
            table.column("sealedKey", .text).notNull()
        }
        try db.create(table: "outbox") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("entry", .text).notNull()
            table.column("event", .text).notNull()
            table.column("createdMilliseconds", .integer).notNull().indexed()
        }
        try db.create(table: "apiKey") { table in
            table.primaryKey("prefix", .text)
            table.column("principal", .text).notNull()
            table.column("digest", .blob).notNull()
            table.column("digestKey", .text).notNull()
            table.column("label", .text).notNull()
            table.column("scopes", .text).notNull()
            table.column("contest", .text)
            table.column("createdAt", .text).notNull()
            table.column("expiresAt", .text)
            table.column("revokedAt", .text)
        }
    }

    /// Makes the indexes for all queries but those of filtered lists, which use `entryText`.
    private static func createIndexes(_ db: Database) throws {
        try db.create(indexOn: "still", columns: ["report", "number"])
        try db.execute(
            sql: """
                CREATE INDEX entry_media ON entry (mediaSHA256, contest, mediaOrder) WHERE mediaSHA256 IS NOT NULL;
                CREATE INDEX entry_media_order ON entry (mediaOrder) WHERE mediaOrder IS NOT NULL;
                CREATE UNIQUE INDEX entry_place ON entry (contest, place) WHERE place IS NOT NULL;
                CREATE INDEX entry_awaiting ON entry (number) WHERE verdict IS NULL AND mediaBytes IS NOT NULL;
                """)
    }
}
