import EntryIntake
import Foundation
import Testing

@testable import EntryStore

/// A second way to the database, past the store and past GRDB: the SQLite that is loaded into this process anyway.
/// Looking at a row through the code that wrote it would prove little.
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

    /// Runs SQL on the database of a data folder through a connection of its own; rows as text, columns joined by `|`.
    @discardableResult
    static func run(_ sql: String, inFolder path: String) throws -> [String] {
        let (open, close): (Open, Close) = (try function("sqlite3_open"), try function("sqlite3_close"))
        var connection: OpaquePointer?
        defer { _ = close(connection) }
        try #require(open(path + "/clipcheck.sqlite", &connection) == 0)
        return try run(sql, on: connection)
    }

    /// Runs SQL on the very connection that the store writes with. Only while nobody uses the store.
    static func run(_ sql: String, onWriterOf store: EntryStore) throws -> [String] {
        var found: Any = store
        for name in ["database", "writer", "writer", "db", "sqliteConnection"] {
            let child = Mirror(reflecting: found).children.first { $0.label == name }
            found = try #require(child, "GRDB keeps its connection elsewhere by now: \(name) of \(type(of: found))")
                .value
        }
        return try run(sql, on: try #require(found as? OpaquePointer))
    }

    private static func run(_ sql: String, on connection: OpaquePointer?) throws -> [String] {
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
        try #require(status == 0, "\(sql): SQLite says \(status)")
        return lines
    }

    private static func function<Function>(_ name: String) throws -> Function {
        let address = try #require(dlsym(dlopen(nil, RTLD_NOW), name), "\(name) is not loaded")
        return unsafeBitCast(address, to: Function.self)
    }
}
