internal import EntryIntake
internal import Foundation

/// Where a page of entries ended. Opaque to callers, so that what it holds may change.
struct PageCursor {
    /// Row number of the last entry on the page.
    let number: Int64

    init(number: Int64) { self.number = number }

    init(_ text: String) throws(IntakeError) {
        guard let data = Data(base64Encoded: text), let number = Int64(String(decoding: data, as: UTF8.self)),
            number > 0
        else {
            throw IntakeError(
                .cursorInvalid, zh: "游标无效。请从第一页重新开始。", en: "The cursor is not valid. Begin again at the first page.")
        }
        self.number = number
    }

    /// The text that a list gives out.
    var text: String { Data("\(number)".utf8).base64EncodedString() }
}
