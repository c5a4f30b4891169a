internal import MediaFacts

/// Amounts of data: a number, a prefix (`k`, `M`, `G`) and bits or bytes.
extension UsualUnits {
    /// `1.5GB`, `30mb`, `500字节`: `kB`, `MB` and `GB` count thousands, `KiB`, `MiB` and `GiB` count 1024s.
    static func bytes(_ text: String) -> Int64? {
        if let parts = text.wholeMatch(of: /([0-9.]+)(k|K|M|G)(i?)B/)?.output {
            return amount(parts.1, parts.2, step: parts.3.isEmpty ? 1000 : 1024)
        }
        if let parts = text.wholeMatch(of: /([0-9.]+)(k|m|g)b/)?.output { return amount(parts.1, parts.2) }
        return text.wholeMatch(of: /([0-9]+)(?:B|bytes?|字节)/).flatMap { amount($0.1, "") }
    }

    /// `200M` and `300兆`, which programs count in thousands or in 1024s, and `500Mb`, which can be bits.
    static func bytesDoubt(_ text: String) -> LocalizedText? {
        if let parts = text.wholeMatch(of: /([0-9.]+)(K|M|G)b/)?.output, let number = WrittenNumber(parts.1) {
            let prefix = decimalPrefix(parts.2)
            return between(
                "\(number.text)\(prefix)B", "\(number.over(8).text)\(prefix)B (\(number.text) \(prefix)bit)")
        }
        let pattern = /([0-9.]+)(k|K|千|m|M|兆|g|G|吉)(?:B|字节)?/
        guard let parts = text.wholeMatch(of: pattern)?.output, let number = WrittenNumber(parts.1),
            let binary = amount(parts.1, parts.2, step: 1024)
        else { return nil }
        let prefix = decimalPrefix(parts.2)
        return between(
            "\(number.text)\(prefix)B", "\(number.text)\(prefix.uppercased())iB (\(Wording.bytes(binary)))")
    }

    /// `5Mbps`, `1024kb/s`, `8.5 Mbit/s`: thousands of bits a second.
    static func bitRate(_ text: String) -> Int64? {
        let pattern = /([0-9.]+)(k|K|m|M|g|G|)(?:bps|b\/s|bits?\/s|比特\/秒|比特每秒)/
        return text.wholeMatch(of: pattern).flatMap { amount($0.1, $0.2) }
    }

    /// `100M` and `5MB/s`: notices write bytes where they mean bits.
    static func bitRateDoubt(_ text: String) -> LocalizedText? {
        let pattern = /([0-9.]+)(k|K|千|m|M|兆|g|G|吉)(?:b|B|B\/s|Bps|BPS|bytes?\/s|字节\/秒|\/s|\/秒)?/
        guard let parts = text.wholeMatch(of: pattern)?.output, let number = WrittenNumber(parts.1) else { return nil }
        let prefix = decimalPrefix(parts.2)
        return between(
            "\(number.text)\(prefix)bit/s", "\(number.times(8).text)\(prefix)bit/s (\(number.text) \(prefix)B/s)")
    }

    /// The number `digits` times the prefix; nil unless that is a whole number.
    private static func amount(_ digits: Substring, _ prefix: some StringProtocol, step: Int64 = 1000) -> Int64? {
        let power = ["": 0, "k": 1, "M": 2, "G": 3][decimalPrefix(prefix)] ?? 0
        return WrittenNumber(digits)?.whole(times: (0..<power).reduce(1) { unit, _ in unit * step })
    }

    /// The prefix as SI writes it: `k`, `M`, `G`; empty for none.
    private static func decimalPrefix(_ text: some StringProtocol) -> String {
        switch text {
        case "k", "K", "千": "k"
        case "m", "M", "兆": "M"
        case "g", "G", "吉": "G"
        default: ""
        }
    }
}
