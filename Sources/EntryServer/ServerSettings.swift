/// Where and how the service listens.
public struct ServerSettings: Sendable {
    /// Address to bind.
    public var host: String
    /// Port to bind; 0 lets the system choose.
    public var port: Int
    /// Largest request body in bytes; beyond it 413.
    public var mostBodyBytes: Int64
    /// Largest file in bytes.
    public var mostMediaBytes: Int64
    /// Keys of those who may see contacts.
    public var organiserKeys: OrganiserKeys
    /// Slowest sender that is borne, in bytes a second; slower ones are cut off within a minute. 0 bears all.
    public var leastBytesPerSecond: Int
    /// How often uploads whose time is over are removed.
    public var tidyInterval: Duration = .seconds(600)
    /// Time without a byte after which a connection is closed.
    public var idleTimeout: Duration

    /// Makes settings.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, mostBodyBytes: Int64, mostMediaBytes: Int64? = nil,
        organiserKeys: OrganiserKeys = OrganiserKeys(), leastBytesPerSecond: Int = 1024,
        idleTimeout: Duration = .seconds(50)
    ) {
        self.mostMediaBytes = mostMediaBytes ?? mostBodyBytes
        self.organiserKeys = organiserKeys
        self.leastBytesPerSecond = leastBytesPerSecond
        self.host = host
        self.port = port
        self.mostBodyBytes = mostBodyBytes
        self.idleTimeout = idleTimeout
    }
}
