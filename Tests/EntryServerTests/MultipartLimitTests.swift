import Testing

@testable import EntryServer

/// Tests each limit with the largest allowed value and with one more.
@Suite("MultipartParser limits")
struct MultipartLimitTests {
    private static let disposition = "Content-Disposition: form-data; name=f\r\n"

    private static func code(
        of body: String, limits: MultipartParser.Limits = MultipartParser.Limits()
    ) -> MultipartError.Code? {
        let codes = [1, 1000, body.utf8.count].map { length in
            do {
                _ = try MultipartReceiver.parts(of: Array(body.utf8).pieces(of: length), limits: limits)
                return MultipartError.Code?.none
            } catch {
                return (error as? MultipartError)?.code
            }
        }
        #expect(Set(codes).count == 1, "the chunks make no difference")
        return codes[0]
    }

    @Test(
        "`MultipartParser` limits the header bytes of a part to 16 KiB, blank line included",
        arguments: [(16 * 1024, nil), (16 * 1024 + 1, true)])
    func headerBytes(count: Int, isTooLong: Bool?) {
        let padding = count - Self.disposition.utf8.count - "X: \r\n\r\n".utf8.count
        let headers = Self.disposition + "X: " + String(repeating: "x", count: padding) + "\r\n\r\n"
        #expect(headers.utf8.count == count)
        #expect(Self.code(of: "--b\r\n\(headers)x\r\n--b--") == isTooLong.map { _ in .headerTooLong })
    }

    @Test("`MultipartParser` refuses a header line without end")
    func endlessHeader() {
        #expect(Self.code(of: "--b\r\nX: " + String(repeating: "x", count: 50_000)) == .headerTooLong)
    }

    @Test(
        "`MultipartParser` limits the header lines of a part and counts folded lines",
        arguments: [(3, nil), (4, MultipartError.Code.tooManyHeaders)])
    func headerLines(count: Int, code: MultipartError.Code?) {
        let limits = MultipartParser.Limits(headersPerPart: 3)
        let plain = String(repeating: "X: y\r\n", count: count - 1)
        #expect(Self.code(of: "--b\r\n\(Self.disposition)\(plain)\r\n\r\n--b--", limits: limits) == code)
        let folded = "X: y\r\n" + String(repeating: " y\r\n", count: count - 2)
        #expect(Self.code(of: "--b\r\n\(Self.disposition)\(folded)\r\n\r\n--b--", limits: limits) == code)
    }

    @Test("`MultipartParser` counts the headers of each part anew")
    func headersOfEachPart() {
        let part = "--b\r\n\(Self.disposition)X: y\r\n\r\ndata\r\n"
        let limits = MultipartParser.Limits(headerBytes: 60, headersPerPart: 2)
        #expect(Self.code(of: String(repeating: part, count: 20) + "--b--", limits: limits) == nil)
    }

    @Test(
        "`MultipartParser` limits a body to 256 parts",
        arguments: [(256, nil), (257, MultipartError.Code.tooManyParts)])
    func parts(count: Int, code: MultipartError.Code?) {
        let part = "--b\r\n\(Self.disposition)\r\n\r\n"
        #expect(Self.code(of: String(repeating: part, count: count) + "--b--") == code)
    }
}
