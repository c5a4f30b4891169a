/// Bytes of a file on their way in: a slice of an array, or the buffer that a socket was read into. They are not copied
/// on their way to the disk when they lie in one piece of memory.
public typealias MediaBytes = Collection<UInt8> & Sendable

extension Collection<UInt8> {
    /// Calls `body` with the bytes in one piece of memory; copies them first where they are in several.
    public func withMemory<Value>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
        if let value = try withContiguousStorageIfAvailable(body) { return value }
        return try Array(self).withUnsafeBufferPointer(body)
    }
}
