/// A form of xian-2024 with every required field filled in as the notice asks, for `Clip.compliant`.
enum CompleteForm {
    /// The telephone number in the form.
    static let phone = "13800138000"

    static let fields = [
        "title": "守信的一天", "duration": "2分30秒", "director": "李雷", "producer": "西安市诚信文化传播公司", "category": "剧情类",
        "contact": "王小芳", "phone": phone, "synopsis": "一家小店守信经营的故事。", "introduction": "本片讲述一家小店如何赢得信任。",
    ]

    /// The form with a file, as a multipart form.
    static func form(
        _ changes: [String: String?] = [:], _ filename: String = Clip.compliantName, _ media: [UInt8] = Clip.compliant
    ) -> Form {
        var form = Form(.field("contest", "xian-2024"))
        form.parts += fields.merging(changes.compactMapValues(\.self)) { $1 }
            .filter { changes[$0.key] != .some(nil) }.sorted { $0.key < $1.key }
            .map { .field($0.key, $0.value) }
        form.parts.append(.media(filename, media))
        return form
    }

    /// The fields as pairs for `Upload-Metadata`.
    static func metadata(filename: String = Clip.compliantName) -> [String: String] {
        fields.merging(["contest": "xian-2024", "filename": filename]) { $1 }
    }
}
