/// What one look at a `LumaImage` tells, for the picture as a whole and for each of its cells.
struct LumaMeasure {
    /// Cells that a picture is cut into: small enough that a moving caption fills one, large enough that noise does not.
    static let columns = 16
    static let lines = 9

    /// Average brightness of each cell, 0...255.
    private(set) var brightness = [Float](repeating: 0, count: columns * lines)
    /// Average difference of each cell from the picture it is compared with, 0...255.
    private(set) var difference = [Float](repeating: 0, count: columns * lines)
    /// Samples that are dark.
    private(set) var darkSamples = 0
    /// All samples.
    private(set) var samples = 0

    /// Average brightness of the picture, 0...255.
    var averageBrightness: Double {
        brightness.isEmpty ? 0 : Double(brightness.reduce(0, +)) / Double(brightness.count)
    }

    /// Average difference of the picture, 0...255.
    var averageDifference: Double { Double(difference.reduce(0, +)) / Double(difference.count) }

    /// Looks at `image`, and at how it differs from `other`, of the same size.
    ///
    /// - Parameter darkest: brightest sample that counts as dark.
    init(_ image: LumaImage, against other: LumaImage?, darkest: UInt8) {
        let edges = (0...Self.columns).map { $0 * image.width / Self.columns }
        var counts = [Int](repeating: 0, count: brightness.count)
        for row in 0..<image.rows {
            let line = image.line(row)
            let cells = row * Self.lines / image.rows * Self.columns
            for column in 0..<Self.columns {
                let (start, count) = (edges[column], edges[column + 1] - edges[column])
                let sums = Self.sums(line + start, other.map { $0.line(row) + start }, count, darkest)
                brightness[cells + column] += Float(sums.brightness)
                difference[cells + column] += Float(sums.difference)
                counts[cells + column] += count
                darkSamples += Int(sums.dark)
            }
        }
        for cell in counts.indices where counts[cell] > 0 {
            brightness[cell] /= Float(counts[cell])
            difference[cell] /= Float(counts[cell])
        }
        samples = image.width * image.rows
    }

    /// Sums over one cell of one line, in loops so plain that the compiler makes vectors of them.
    @inline(__always)
    private static func sums(
        _ line: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>?, _ count: Int, _ darkest: UInt8
    ) -> (brightness: UInt32, difference: UInt32, dark: UInt32) {
        var (bright, dark, apart) = (UInt32(0), UInt32(0), UInt32(0))
        for index in 0..<count {
            bright &+= UInt32(line[index])
            dark &+= line[index] <= darkest ? 1 : 0
        }
        guard let other else { return (bright, 0, dark) }
        for index in 0..<count {
            let (a, b) = (line[index], other[index])
            apart &+= UInt32(a > b ? a &- b : b &- a)
        }
        return (bright, apart, dark)
    }
}
