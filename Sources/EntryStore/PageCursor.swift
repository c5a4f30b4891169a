internal import EntryIntake
internal import Foundation

/// The end of a page of entries or reports. Its text is opaque to clients, so that its content may change.
struct PageCursor {
    /// Row number of the last entry or report on the page; 1 or more.
    let number: Int64

    init(number: Int64) { self.number = number }

    /// Reads the text of a cursor.
    ///
    /// - Throws: `.cursorInvalid`.
    init(_ text: String) throws(IntakeError) {
        guard let data = Data(base64Encoded: text), let number = Int64(String(decoding: data, as: UTF8.self)),
            number > 0
        else {
            throw IntakeError(
                .cursorInvalid, zh: "游标无效。请从第一页重新开始。", en: "The cursor is not valid. Begin again at the first page.")
        }
        self.number = number
    }

    /// The cursor as clients receive and send it: the number in Base64.
    var text: String { Data("\(number)".utf8).base64EncodedString() }
}
