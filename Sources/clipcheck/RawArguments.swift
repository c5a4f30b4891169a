import TextDecoding

/// The arguments of a process: readable text for the parser, and the original bytes behind each text.
///
/// `CommandLine.arguments` replaces bytes that are not UTF-8 by U+FFFD, so a file whose name holds such bytes could not
/// be opened.
struct RawArguments: Sendable {
    /// The arguments as text. Two different arguments never have the same text.
    let texts: [String]
    /// The original bytes of each text whose own UTF-8 is not those bytes.
    private let foreign: [String: [UInt8]]

    /// The arguments of this process, without the program's name.
    static let process = RawArguments(
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            CommandLine.unsafeArgv[index].map { start in
                Array(UnsafeRawBufferPointer(start: start, count: length(of: start)))
            }
        })

    /// Makes the texts of arguments, each given as bytes without its closing zero.
    init(_ arguments: [[UInt8]]) {
        let valid = arguments.map { String(validating: $0, as: UTF8.self) }
        var taken = Set(valid.compactMap(\.self))
        var foreign: [String: [UInt8]] = [:]
        texts = zip(arguments, valid).map { argument, text in
            text ?? Self.add(argument, to: &foreign, &taken)
        }
        self.foreign = foreign
    }

    /// The original bytes of `text`, which is an argument or the value of an `--option=value`.
    func bytes(of text: String) -> [UInt8] { foreign[text] ?? Array(text.utf8) }

    /// Makes the text of an argument that is not UTF-8. The value of `--option=value` has a text of its own, because
    /// the parser hands on the value alone.
    private static func add(
        _ argument: [UInt8], to foreign: inout [String: [UInt8]], _ taken: inout Set<String>
    ) -> String {
        guard argument.starts(with: "--".utf8), let equals = argument.firstIndex(of: UInt8(ascii: "=")) else {
            return unique(argument, &foreign, &taken)
        }
        let value = unique(Array(argument[(equals + 1)...]), &foreign, &taken)
        return DecodedName(argument[...equals]).text + value
    }

    /// The readable text of `bytes`. When other bytes have that text already, characters of a private-use plane are
    /// added until the text is unique.
    private static func unique(
        _ bytes: [UInt8], _ foreign: inout [String: [UInt8]], _ taken: inout Set<String>
    ) -> String {
        var text = DecodedName(path: bytes).text
        while foreign[text] != bytes, !taken.insert(text).inserted { text += "\u{10FFFD}" }
        foreign[text] = bytes
        return text
    }

    private static func length(of text: UnsafePointer<CChar>) -> Int {
        var count = 0
        while text[count] != 0 { count += 1 }
        return count
    }
}
