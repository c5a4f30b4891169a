/// A small picture as JPEG stores it: a plane of brightness, and two planes of colour with half the width and half the
/// height.
struct PlanarImage: Equatable {
    /// One plane, line by line without padding.
    struct Plane: Equatable {
        /// Samples in a line.
        var width: Int
        /// Number of lines.
        var height: Int
        /// `width × height` samples.
        var samples: [UInt8]

        /// Makes a plane whose samples are all zero.
        init(width: Int, height: Int) {
            self.init(width: width, height: height, samples: [UInt8](repeating: 0, count: width * height))
        }

        /// Makes a plane; `samples` must have `width × height` elements.
        init(width: Int, height: Int, samples: [UInt8]) {
            (self.width, self.height, self.samples) = (width, height, samples)
        }
    }

    /// The planes Y, Cb and Cr.
    var planes: [Plane]

    /// Width in pixels.
    var width: Int { planes[0].width }
    /// Height in pixels.
    var height: Int { planes[0].height }

    /// Makes a picture whose samples are all zero; `width` and `height` must be even.
    init(width: Int, height: Int) {
        let colour = Plane(width: width / 2, height: height / 2)
        planes = [Plane(width: width, height: height), colour, colour]
    }

    /// The picture, flipped top to bottom if `isMirrored`, then turned clockwise by 90° `quarterTurns` times.
    func oriented(quarterTurns: Int, isMirrored: Bool) -> PlanarImage {
        var image = self
        image.planes = planes.map { $0.oriented(quarterTurns: quarterTurns, isMirrored: isMirrored) }
        return image
    }
}

extension PlanarImage.Plane {
    /// The plane, flipped top to bottom if `isMirrored`, then turned clockwise by 90° `quarterTurns` times.
    func oriented(quarterTurns: Int, isMirrored: Bool) -> Self {
        let turns = quarterTurns & 3
        guard turns != 0 || isMirrored else { return self }
        var result = turns % 2 == 0 ? self : Self(width: height, height: width)
        for y in 0..<result.height {
            for x in 0..<result.width {
                let (column, line) =
                    switch turns {
                    case 1: (y, height - 1 - x)
                    case 2: (width - 1 - x, height - 1 - y)
                    case 3: (width - 1 - y, x)
                    default: (x, y)
                    }
                let source = isMirrored ? height - 1 - line : line
                result.samples[y * result.width + x] = samples[source * width + column]
            }
        }
        return result
    }
}
