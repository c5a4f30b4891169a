/// Measurements of one `LumaImage`, for the whole picture and for each of its cells.
struct LumaMeasure {
    /// Number of columns of cells. A moving caption fills at least one cell of this size, and noise averages out in it.
    static let columns = 16
    /// Number of lines of cells.
    static let lines = 9

    /// The measured image; its samples are valid until the image is filled again.
    let image: LumaImage
    /// Average sample of each cell, 0...255, line by line; 0 for a cell of a picture too small to have it.
    private(set) var brightness = [Float](repeating: 0, count: columns * lines)
    /// Average absolute difference of each cell from the reference, 0...255; 0 without a reference.
    private(set) var difference = [Float](repeating: 0, count: columns * lines)
    /// Number of samples at or below the ceiling of black.
    private(set) var darkSamples = 0
    /// Number of all samples.
    private(set) var samples = 0

    /// Average of the cells' brightness, 0...255.
    var averageBrightness: Double { Double(brightness.reduce(0, +)) / Double(brightness.count) }

    /// Average of the cells' differences, 0...255.
    var averageDifference: Double { Double(difference.reduce(0, +)) / Double(difference.count) }

    /// Measures `image`.
    ///
    /// - Parameters:
    ///   - reference: the image to compare with, of the same size; nil compares nothing.
    ///   - blackCeiling: brightest sample that counts as dark.
    init(_ image: LumaImage, against reference: LumaImage?, blackCeiling: UInt8) {
        self.image = image
        let edges = (0...Self.columns).map { $0 * image.width / Self.columns }
        var counts = [Int](repeating: 0, count: brightness.count)
        for row in 0..<image.rows {
            let line = image.line(row)
            let cells = row * Self.lines / image.rows * Self.columns
            for column in 0..<Self.columns {
                let (start, count) = (edges[column], edges[column + 1] - edges[column])
                let sums = Self.sums(line + start, reference.map { $0.line(row) + start }, count, blackCeiling)
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

    /// Sums over one cell of one line.
    @inline(__always)
    private static func sums(
        _ line: UnsafePointer<UInt8>, _ reference: UnsafePointer<UInt8>?, _ count: Int, _ blackCeiling: UInt8
    ) -> (brightness: UInt32, difference: UInt32, dark: UInt32) {
        var (bright, apart, dark) = (UInt32(0), UInt32(0), UInt32(0))
        for start in Swift.stride(from: 0, to: count, by: chunk) {
            let length = min(chunk, count - start)
            let sums = chunkSums(line + start, length, blackCeiling)
            bright &+= UInt32(sums.brightness)
            dark &+= UInt32(sums.dark)
            if let reference { apart &+= UInt32(chunkDifference(line + start, reference + start, length)) }
        }
        return (bright, apart, dark)
    }

    /// Number of samples whose sum always fits 16 bits. Vectors of 16-bit lanes process twice as many samples as those
    /// of 32-bit lanes.
    private static let chunk = 256

    /// Sums over at most `chunk` samples. The loop is simple, so that the compiler vectorises it.
    @inline(__always)
    private static func chunkSums(
        _ line: UnsafePointer<UInt8>, _ count: Int, _ blackCeiling: UInt8
    ) -> (brightness: UInt16, dark: UInt16) {
        var (bright, dark) = (UInt16(0), UInt16(0))
        for index in 0..<count {
            bright &+= UInt16(line[index])
            dark &+= line[index] <= blackCeiling ? 1 : 0
        }
        return (bright, dark)
    }

    /// Sum of the absolute differences of at most `chunk` samples.
    @inline(__always)
    private static func chunkDifference(
        _ line: UnsafePointer<UInt8>, _ reference: UnsafePointer<UInt8>, _ count: Int
    ) -> UInt16 {
        var sum = UInt16(0)
        for index in 0..<count {
            let (a, b) = (line[index], reference[index])
            sum &+= UInt16(a > b ? a &- b : b &- a)
        }
        return sum
    }
}
