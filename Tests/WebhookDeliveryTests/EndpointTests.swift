import Testing

@testable import WebhookDelivery

@Suite("`Endpoint`")
struct EndpointTests {
    @Test(
        "`Endpoint` takes an address apart",
        arguments: [
            ("https://Portal.Example.CN/hooks?a=b", "https://portal.example.cn/hooks?a=b", "portal.example.cn", true),
            ("HTTPS://a.cn", "https://a.cn", "a.cn", true),
            ("http://10.0.0.5:8080/x", "http://10.0.0.5:8080/x", "10.0.0.5", false),
            ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/", "2001:db8::1", true),
            ("http://127.1/", "http://127.1/", "127.1", false),
        ])
    func read(text: String, url: String, host: String, isEncrypted: Bool) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.url == url)
        #expect(endpoint.host == host)
        #expect(endpoint.isEncrypted == isEncrypted)
    }

    @Test(
        "`Endpoint` refuses every address that could be read in two ways",
        arguments: [
            "", "portal.example.cn", "ftp://a.cn", "file:///etc/passwd", "unix:///run/a", "http+unix://a/b", "https://",
            "https:///x", "https://user@a.cn/", "https://user:word@a.cn/", "https://a.cn/#top", "https://a.cn/ b",
            "https://a.cn\\@b.cn/", "https://a.cn:0/", "https://a.cn:65536/", "https://a.cn:x/", "https://例.cn/",
            "https://a%2ecn/", "https://a.cn/\n", "https://" + String(repeating: "a", count: 2000),
        ])
    func refused(text: String) { #expect(Endpoint(text) == nil) }
}
