import Testing

@testable import EntryServer

@Suite("An id in an address")
struct AddressIDTests {
    @Test(
        "An id in an address is a UUID in lower case, and nothing that only resembles one",
        arguments: [
            ("0123abcd-4567-89ef-0123-456789abcdef", true), ("0123ABCD-4567-89ef-0123-456789abcdef", false),
            ("0123abcg-4567-89ef-0123-456789abcdef", false), ("0123abcd-4567-89ef-0123-456789abcde", false),
            ("0123abcd-4567-89ef-0123-456789abcdef0", false), ("0123abcd4567-89ef-0123-456789abcdef-", false),
            ("0123abcd-4567-89ef-0123-456789abcdef-", false), ("0123abcd-4567-89ef0123-456789abcdef", false),
            ("０123abcd-4567-89ef-0123-456789abcdef", false), ("", false), ("----", false),
        ])
    func uuid(text: String, isUUID: Bool) {
        #expect(text.isLowercaseUUID == isUUID)
    }
}
