import EntryIntake
import Foundation
import Testing

@testable import EntryStore

/// Reads and writes the database through SQLite's C functions, without `EntryStore` and GRDB, so that a test does not
/// check a row with the code that wrote it. SQLite is already loaded into this process.
enum SecondPath {
    private typealias Open = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias Close = @convention(c) (OpaquePointer?) -> Int32
    private typealias Row =
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
            UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        ) -> Int32
    private typealias Execute =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>, Row?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> Int32

    /// Runs SQL on the database of a data folder through a new connection. Returns rows as text, columns joined by `|`.
    @discardableResult
    static func run(_ sql: String, inFolder path: String) throws -> [String] {
        try withConnection(toFolder: path) { try run(sql, on: $0) }
    }

    /// Opens a new connection to the database of a data folder, and closes it after `work`.
    static func withConnection<Value>(toFolder path: String, _ work: (OpaquePointer) throws -> Value) throws -> Value {
        let (open, close): (Open, Close) = (try function("sqlite3_open"), try function("sqlite3_close"))
        var connection: OpaquePointer?
        defer { _ = close(connection) }
        try #require(open(path + "/clipcheck.sqlite", &connection) == 0)
        return try work(try #require(connection))
    }

    /// Runs SQL on the connection that the store writes with. No other call of the store may run meanwhile.
    static func run(_ sql: String, onWriterOf store: EntryStore) throws -> [String] {
        try run(sql, on: try writer(of: store))
    }

    /// The connection that the store writes with. No other call of the store may run while it is used.
    private static func writer(of store: EntryStore) throws -> OpaquePointer {
        var found: Any = store
        for name in ["database", "writer", "writer", "db", "sqliteConnection"] {
            let child = Mirror(reflecting: found).children.first { $0.label == name }
            found = try #require(child, "GRDB's connection was not found: \(type(of: found)) has no \(name)")
                .value
        }
        return try #require(found as? OpaquePointer)
    }

    /// Begins to record the statements that a store in memory executes.
    static func trace(_ store: EntryStore) throws -> StatementTrace { try StatementTrace(try writer(of: store)) }

    /// Runs SQL on an open connection. Returns rows as text, columns joined by `|`.
    static func run(_ sql: String, on connection: OpaquePointer?) throws -> [String] {
        let execute: Execute = try function("sqlite3_exec")
        var lines: [String] = []
        let status = withUnsafeMutablePointer(to: &lines) { lines in
            execute(
                connection, sql,
                { lines, count, values, _ in
                    let columns = (0..<Int(count)).map { column in
                        values?[column].map { String(cString: $0) } ?? "NULL"
                    }
                    lines?.assumingMemoryBound(to: [String].self).pointee.append(columns.joined(separator: "|"))
                    return 0
                }, lines, nil)
        }
        try #require(status == 0, "\(sql): SQLite returned \(status)")
        return lines
    }

    fileprivate static func function<Function>(_ name: String) throws -> Function {
        let address = try #require(dlsym(dlopen(nil, RTLD_NOW), name), "\(name) is not loaded")
        return unsafeBitCast(address, to: Function.self)
    }
}

/// Records the statements that a connection executes, with their values. Source: SQLite's `sqlite3_trace_v2`.
final class StatementTrace {
    private typealias Callback =
        @convention(c) (UInt32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Int32
    private typealias Trace = @convention(c) (OpaquePointer?, UInt32, Callback?, UnsafeMutableRawPointer?) -> Int32
    private typealias Expanded = @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutablePointer<CChar>?

    private typealias Release = @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// Code of the event "a statement begins": `SQLITE_TRACE_STMT`.
    private static let statementBegins: UInt32 = 1
    private let connection: OpaquePointer
    private let trace: Trace
    private let statements: Statements

    /// Statements in the order of execution. Only the connection writes them, one at a time.
    private final class Statements {
        let expanded: Expanded
        let release: Release
        var texts: [String] = []

        init(_ expanded: @escaping Expanded, _ release: @escaping Release) {
            self.expanded = expanded
            self.release = release
        }
    }

    fileprivate init(_ connection: OpaquePointer) throws {
        self.connection = connection
        trace = try SecondPath.function("sqlite3_trace_v2")
        statements = Statements(
            try SecondPath.function("sqlite3_expanded_sql"), try SecondPath.function("sqlite3_free"))
        let status = trace(
            connection, Self.statementBegins,
            { _, context, statement, _ in
                guard let context else { return 0 }
                let statements = Unmanaged<Statements>.fromOpaque(context).takeUnretainedValue()
                if let text = statements.expanded(statement) {
                    statements.texts.append(String(cString: text))
                    statements.release(text)
                }
                return 0
            }, Unmanaged.passUnretained(statements).toOpaque())
        try #require(status == 0)
    }

    /// Ends the trace. Returns each statement once, without those of transactions, of the schema and of FTS5's tables.
    func end() throws -> [String] {
        try #require(trace(connection, 0, nil, nil) == 0)
        var seen: Set<String> = []
        return statements.texts.filter { text in
            text.contains(/^(?i:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b/) && !text.contains("sqlite_master")
                && !text.contains("entryText_") && seen.insert(text).inserted
        }
    }
}
