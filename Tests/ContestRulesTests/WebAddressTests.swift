import TestSupport
import Testing

@testable import ContestRules

@Suite("WebAddress")
struct WebAddressTests {
    @Test(
        "`WebAddress` finds the address in a value, as people paste it",
        arguments: [
            ("https://www.bilibili.com/video/BV1xx", "https://www.bilibili.com/video/BV1xx", "www.bilibili.com"),
            ("HTTP://Example.COM:8080/a?b=c#d", "HTTP://Example.COM:8080/a?b=c#d", "example.com"),
            (
                "7.99 复制打开抖音，看看【诚信】 https://v.douyin.com/iRxyz/ u@F.hb 09/26", "https://v.douyin.com/iRxyz/",
                "v.douyin.com"
            ),
            ("https://v.douyin.com/xyz/复制此链接", "https://v.douyin.com/xyz/", "v.douyin.com"),
            ("https://v.douyin.com复制此链接", "https://v.douyin.com", "v.douyin.com"),
            ("链接：https://pan.baidu.com/s/1a?pwd=x，提取码x", "https://pan.baidu.com/s/1a?pwd=x", "pan.baidu.com"),
            ("（https://a.cn/x）", "https://a.cn/x", "a.cn"), ("(https://a.cn/x).", "https://a.cn/x", "a.cn"),
            ("https://a.cn/x https://a.cn/x", "https://a.cn/x", "a.cn"),
            ("https://a.cn/?to=https://b.cn/", "https://a.cn/?to=https://b.cn/", "a.cn"),
            ("ｈｔｔｐｓ：／／ａ．ｃｎ／ｘ", "https://a.cn/x", "a.cn"), ("https://例子.中国/甲", "https://例子.中国/", "例子.中国"),
            ("https://192.0.2.1/v", "https://192.0.2.1/v", "192.0.2.1"),
            ("https://[2001:db8::1]:443/v", "https://[2001:db8::1]:443/v", "2001:db8::1"),
            ("https://[::ffff:192.0.2.1]/", "https://[::ffff:192.0.2.1]/", "::ffff:192.0.2.1"),
            ("https://a.cn.", "https://a.cn", "a.cn"), ("https://a.cn./x", "https://a.cn./x", "a.cn"),
        ])
    func found(text: String, address: String, host: String) {
        #expect(WebAddress.all(in: text) == [WebAddress(text: address, host: host)])
    }

    @Test(
        "`WebAddress` finds no host where none can be reached, or where a user stands before the host",
        arguments: [
            "https://", "http:///x", "https://localhost/x", "https://a..cn/", "https://-a.cn/", "https://user@a.cn/",
            "https://bilibili.com@evil.cn/", "https://a.cn:0/", "https://a.cn:65536/", "https://a.cn:x/",
            "https://1.2.3/",
            "https://256.1.1.1/", "https://[::1/", "https://[1:2:3]/", "https://[:::]/", "https://[1::2::3]/",
            "https://\(String(repeating: "a", count: 64)).cn/",
        ])
    func noHost(text: String) {
        #expect(WebAddress.all(in: text).allSatisfy { $0.host == nil })
    }

    @Test(
        "`WebAddress` finds nothing in a text without an address of the web",
        arguments: [
            "", "www.bilibili.com/video", "v.douyin.com/x", "ftp://a.cn/x", "javascript:alert(1)", "http:/a.cn",
            "https//a.cn",
            "无", "https：a.cn", String(repeating: "长", count: 4096) + "https://a.cn",
        ])
    func nothing(text: String) { #expect(WebAddress.all(in: text).isEmpty) }

    @Test("`WebAddress` finds every different address of a text")
    func several() {
        let found = WebAddress.all(in: "https://a.cn/x，https://b.cn/y;http://a.cn/x")
        #expect(found.map(\.host) == ["a.cn", "b.cn", "a.cn"])
        #expect(WebAddress.all(in: "https://a.cn,https://b.cn").map(\.host) == ["a.cn", "b.cn"])
        #expect(WebAddress.all(in: "https://a.cn/xhttps://b.cn/y").map(\.host) == ["a.cn", "b.cn"])
    }

    @Test("`WebAddress` accepts a listed host and its subdomains only")
    func hosts() {
        func isAt(_ address: String) -> Bool {
            WebAddress.all(in: address).first?.isAt(["bilibili.com", "v.douyin.com"]) ?? false
        }
        for address in ["https://bilibili.com", "https://m.BILIBILI.com/x", "http://v.douyin.com/x"] {
            #expect(isAt(address))
        }
        for address in [
            "https://bilibili.com.evil.cn/", "https://evilbilibili.com/", "https://douyin.com/x",
            "https://evil.cn/bilibili.com", "https://evil.cn/?https://bilibili.com", "https://evil.cn#.bilibili.com",
        ] { #expect(!isAt(address)) }
        #expect(WebAddress.all(in: "https://any.cn/").first?.isAt([]) == true)
    }

    @Test("`WebAddress` reads any text without trapping", arguments: 1...20)
    func anyText(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "https://", "http://", "ｈｔｔｐ：／／", "a", "例", ".", ":", "/", "[", "]", "@", "，", " ", "\u{301}", "9", "-",
            "😀", ")", "#",
        ]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for address in WebAddress.all(in: text) { #expect(address.host.map { !$0.isEmpty } ?? true) }
        }
    }
}
