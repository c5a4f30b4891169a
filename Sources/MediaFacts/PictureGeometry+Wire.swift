extension PictureGeometry {
    /// Keys of a picture in JSON. They are written into the object of the video stream or of the change that has the
    /// picture.
    private enum CodingKeys: String, CodingKey {
        case codedWidth, codedHeight, rotationDegrees, rotationExactDegrees, mirrored
        case sampleAspectRatio, displayWidth, displayHeight, displayAspectRatio
    }

    /// Reads a picture's keys from the object that `decoder` is at; nil when that object has no size. Display figures
    /// are computed again from the coded ones.
    static func decodeIfPresent(from decoder: any Decoder) throws -> PictureGeometry? {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        guard let width = try values.decodeIfPresent(Int.self, forKey: .codedWidth),
            let height = try values.decodeIfPresent(Int.self, forKey: .codedHeight)
        else { return nil }
        let shape = try values.decodeIfPresent(String.self, forKey: .sampleAspectRatio)
        let ratio = shape.flatMap { Ratio(text: $0) }
        guard shape == nil || ratio != nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .sampleAspectRatio, in: values, debugDescription: "\(shape ?? "") is no ratio")
        }
        let rotation = try values.decodeIfPresent(Int.self, forKey: .rotationDegrees)
        let exact = try values.decodeIfPresent(Double.self, forKey: .rotationExactDegrees)
        return PictureGeometry(
            codedWidth: width, codedHeight: height, sampleAspectRatio: ratio ?? .one,
            orientation: PictureOrientation(
                clockwiseDegrees: exact ?? rotation.map(Double.init),
                mirrored: try values.decodeIfPresent(Bool.self, forKey: .mirrored) ?? false))
    }

    /// Writes a picture's keys into the object that `encoder` is at; absent facts become `null`.
    static func encode(_ picture: PictureGeometry?, to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(picture?.codedWidth, forKey: .codedWidth)
        try values.encode(picture?.codedHeight, forKey: .codedHeight)
        try values.encode(picture?.orientation.quarterTurnDegrees, forKey: .rotationDegrees)
        try values.encode(picture?.orientation.oddAngleDegrees, forKey: .rotationExactDegrees)
        try values.encode(picture?.orientation.mirrored, forKey: .mirrored)
        try values.encode(picture?.sampleAspectRatio.colonText, forKey: .sampleAspectRatio)
        try values.encode(picture?.displayWidth, forKey: .displayWidth)
        try values.encode(picture?.displayHeight, forKey: .displayHeight)
        try values.encode(picture?.displayAspectRatio.colonText, forKey: .displayAspectRatio)
    }
}

/// A picture as a JSON object of its own.
struct WirePicture: Codable {
    var picture: PictureGeometry?

    init(picture: PictureGeometry) { self.picture = picture }

    init(from decoder: any Decoder) throws { picture = try PictureGeometry.decodeIfPresent(from: decoder) }

    func encode(to encoder: any Encoder) throws { try PictureGeometry.encode(picture, to: encoder) }
}
