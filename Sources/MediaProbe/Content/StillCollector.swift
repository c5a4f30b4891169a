internal import CFFmpeg
internal import MediaFacts

/// Makes stills of decoded pictures: small JPEGs, upright, not mirrored, with square pixels.
final class StillCollector {
    private var album: StillAlbum
    private let encoder = JPEGEncoder()
    private let scaler = Scaler()

    /// Pixel shape and orientation of the next pictures; nil means square pixels, upright.
    var geometry: PictureGeometry?

    /// Makes a collector for a film of this length; with nil it makes no stills.
    init(length: Duration?) { album = StillAlbum(length: length) }

    /// The stills, in the order in which they were made.
    var stills: [Still] { album.stills }

    /// Length of one part of the contact sheet.
    var step: Duration { album.step }

    /// Parts of the contact sheet that have no still yet, each with its start.
    var missing: [(part: Int, start: Duration)] { album.missing }

    /// Makes a still for the contact sheet if the picture is the first one in its part of the film.
    func offer(_ frame: AVFrame, at time: Duration) {
        guard let part = album.part(at: time) else { return }
        take(frame, at: time, for: part)
    }

    /// Makes a still for a part of the contact sheet, 0 to 11, unless the part has one.
    func take(_ frame: AVFrame, at time: Duration, for part: Int) {
        guard album.claim(part: part) else { return }
        add(frame, at: time)
    }

    /// Makes a still that shows a finding, at most one for each finding.
    ///
    /// - Parameter start: the start of the finding's time range; with nil no still is made.
    func want(_ kind: StillKind, from start: Duration?, _ frame: AVFrame, at time: Duration) {
        guard let start, album.claim(kind, from: start) else { return }
        add(frame, at: time)
    }

    private func add(_ frame: AVFrame, at time: Duration) {
        guard !album.hasStill(at: time), let image = image(of: frame),
            let jpeg = encoder.encode(image, atMost: StillAlbum.stillBytes)
        else { return }
        album.add(Still(at: time, width: image.width, height: image.height, jpeg: jpeg))
    }

    /// The picture as a viewer sees it, small; nil when libswscale fails.
    private func image(of frame: AVFrame) -> PlanarImage? {
        let shape = StillShape(width: Int(frame.width), height: Int(frame.height), geometry)
        var image = PlanarImage(width: shape.storedWidth, height: shape.storedHeight)
        guard scale(frame, into: &image) else { return nil }
        return image.oriented(quarterTurns: shape.quarterTurns, isMirrored: shape.isMirrored)
    }

    /// Scales into padded memory, because libswscale writes past the end of a line, and copies the lines from there.
    private func scale(_ frame: AVFrame, into image: inout PlanarImage) -> Bool {
        let alignment = 64
        let strides = image.planes.map { ($0.width + 2 * alignment - 1) / alignment * alignment }
        let memory = zip(image.planes, strides).map { plane, stride in
            UnsafeMutableRawBufferPointer.allocate(byteCount: stride * (plane.height + 1), alignment: alignment)
        }
        defer { for plane in memory { plane.deallocate() } }
        let isDone = scaler.scale(
            frame, to: .jpeg(image.width, image.height, format: AV_PIX_FMT_YUVJ420P.rawValue),
            into: memory.map { $0.bindMemory(to: UInt8.self).baseAddress } + [nil],
            strides: strides.map { CInt($0) } + [0])
        guard isDone else { return false }
        for (number, plane) in image.planes.enumerated() {
            image.planes[number].samples = (0..<plane.height).flatMap { line in
                memory[number][line * strides[number]..<line * strides[number] + plane.width]
            }
        }
        return true
    }
}
