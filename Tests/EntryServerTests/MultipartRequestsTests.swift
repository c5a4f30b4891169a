import Testing

@testable import EntryServer

/// A body as Python's requests 2.34.2 (urllib3) writes it:
///
/// ```python
/// requests.Request('POST', 'http://x/', data={'contest': 'autumn-2025', 'title': '秋天 & "落叶"'}, files=[
///     ('media', ('作品.mp4', b'\x00\x00\x00\x18ftypisom\r\n--\r\r\n-\xff\xfe\r\n', 'video/mp4')),
///     ('note', ('a "b"\r\n.txt', b'', 'text/plain')),
///     ('raw', ('plain.bin', b'--'))]).prepare().body
/// ```
@Suite("MultipartParser and Python's requests")
struct MultipartRequestsTests {
    private static let contentType = "multipart/form-data; boundary=905204c343f2842d420d47deaa91d505"

    private static let video: [UInt8] =
        [0, 0, 0, 0x18] + Array("ftypisom\r\n--\r\r\n-".utf8) + [0xFF, 0xFE] + Array("\r\n".utf8)

    private static let body: [UInt8] =
        Array(
            ("--905204c343f2842d420d47deaa91d505\r\nContent-Disposition: form-data; name=\"contest\"\r\n\r\n"
                + "autumn-2025\r\n--905204c343f2842d420d47deaa91d505\r\n"
                + "Content-Disposition: form-data; name=\"title\"\r\n\r\n秋天 & \"落叶\"\r\n"
                + "--905204c343f2842d420d47deaa91d505\r\n"
                + "Content-Disposition: form-data; name=\"media\"; filename=\"作品.mp4\"\r\n"
                + "Content-Type: video/mp4\r\n\r\n").utf8) + video
        + Array(
            ("\r\n--905204c343f2842d420d47deaa91d505\r\n"
                + "Content-Disposition: form-data; name=\"note\"; filename=\"a %22b%22%0D%0A.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n\r\n--905204c343f2842d420d47deaa91d505\r\n"
                + "Content-Disposition: form-data; name=\"raw\"; filename=\"plain.bin\"\r\n\r\n--\r\n"
                + "--905204c343f2842d420d47deaa91d505--\r\n").utf8)

    @Test("`MultipartParser` reads two fields and three files from a body of Python's requests")
    func body() throws {
        let boundary = try MultipartParser.boundary(fromContentType: Self.contentType)
        let expected = [
            ReceivedPart("contest", "autumn-2025"),
            ReceivedPart("title", "秋天 & \"落叶\""),
            ReceivedPart(MultipartPart(name: "media", filename: "作品.mp4", contentType: "video/mp4"), Self.video),
            ReceivedPart("note", filename: "a \"b\"\r\n.txt", type: "text/plain", ""),
            ReceivedPart("raw", filename: "plain.bin", "--"),
        ]
        for chunks in Self.body.cuttings {
            #expect(try MultipartReceiver.parts(of: chunks, boundary: boundary) == expected)
        }
    }
}
