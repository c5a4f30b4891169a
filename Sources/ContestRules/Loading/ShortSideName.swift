internal import MediaFacts

/// Names of picture sizes that tell the shorter side of a picture.
enum ShortSideName {
    /// The pixels of `1080`, `1080P`, `4K`, `全高清`; nil for a text that names no side, or several.
    static func pixels(_ text: String) -> Int? {
        if let digits = text.wholeMatch(of: /([0-9]{2,5})[pP]?/)?.1 { return Int(digits).flatMap { $0 > 0 ? $0 : nil } }
        switch text.uppercased() {
        case "全高清", "FHD", "FULLHD": return 1080
        case "4K": return 2160
        case "8K": return 4320
        default: return nil
        }
    }

    /// What is said of a name that stands for two sizes; nil for every other text.
    static func doubt(_ text: String) -> LocalizedText? {
        switch text.uppercased() {
        case "标清", "SD": UsualUnits.between("480P", "576P")
        case "高清", "HD": UsualUnits.between("720P", "1080P")
        case "2K": UsualUnits.between("1080P (2048×1080)", "1440P (2560×1440)")
        case "超高清", "UHD": UsualUnits.between("4K", "8K")
        default: nil
        }
    }
}
