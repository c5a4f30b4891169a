/// Address and limits of the service.
public struct ServerSettings: Sendable {
    /// Address to bind.
    public var host: String
    /// Port to bind; 0 lets the system choose.
    public var port: Int
    /// Largest request body in bytes; a larger one is answered with 413.
    public var mostBodyBytes: Int64
    /// Largest file in bytes.
    public var mostMediaBytes: Int64
    /// Origins under which clients reach the service, beside the address that it listens on. The first one begins the
    /// addresses of uploads in responses.
    public var publicURLs: [WebOrigin]
    /// Origins of portals whose pages may use the service from a browser.
    public var allowedOrigins: AllowedOrigins
    /// Least rate in bytes a second at which a client sends a body and reads a response; a connection below it closes
    /// within a minute. 0 means no least rate.
    public var leastBytesPerSecond: Int
    /// Time without a byte after which a connection closes, while no response is under way.
    public var idleTimeout: Duration
    /// Connections that may be open at once. When one more arrives, those that are idle longest close.
    public var mostConnections: Int
    /// Most text fields of one form, without the contest's id. The limit holds for a multipart form, a JSON form and
    /// the metadata of an upload; beyond it the answer is 413 `fields-too-many`.
    public var mostFields: Int

    /// Default of `mostFields`.
    public static let defaultMostFields = 256

    /// Makes settings.
    ///
    /// - Parameter mostMediaBytes: nil means `mostBodyBytes`.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, mostBodyBytes: Int64, mostMediaBytes: Int64? = nil,
        publicURLs: [WebOrigin] = [], allowedOrigins: AllowedOrigins = .some([]), leastBytesPerSecond: Int = 1024,
        idleTimeout: Duration = .seconds(50), mostConnections: Int = 1024,
        mostFields: Int = ServerSettings.defaultMostFields
    ) {
        self.mostMediaBytes = mostMediaBytes ?? mostBodyBytes
        self.publicURLs = publicURLs
        self.allowedOrigins = allowedOrigins
        self.leastBytesPerSecond = leastBytesPerSecond
        self.host = host
        self.port = port
        self.mostBodyBytes = mostBodyBytes
        self.idleTimeout = idleTimeout
        self.mostConnections = max(1, mostConnections)
        self.mostFields = mostFields
    }
}
