/// Where and how the service listens.
public struct ServerSettings: Sendable {
    /// Address to bind.
    public var host: String
    /// Port to bind; 0 lets the system choose.
    public var port: Int
    /// Largest request body in bytes; beyond it 413.
    public var mostBodyBytes: Int64
    /// Time without a byte after which a connection is closed.
    public var idleTimeout: Duration

    /// Makes settings.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, mostBodyBytes: Int64, idleTimeout: Duration = .seconds(60)
    ) {
        self.host = host
        self.port = port
        self.mostBodyBytes = mostBodyBytes
        self.idleTimeout = idleTimeout
    }
}
