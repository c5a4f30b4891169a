/// Sums over every line and every column of a `LumaImage`: which of them are bar, which are picture.
///
/// A class that owns its buffers, because one profile is filled again for every picture.
final class LineProfile {
    /// Sums over one line or column.
    struct Sums {
        /// Of all samples.
        var all: UInt32 = 0
        /// Samples brighter than `LumaRange.barBrightest`.
        var bright: UInt32 = 0
        /// Samples brighter than `LumaRange.barAverage`.
        var lit: UInt32 = 0
    }

    /// Sums of each kept line.
    private(set) var lines: [Sums] = []
    /// For each column the sum of its samples, then for each column its bright samples and 65536 times its lit ones:
    /// a `LumaImage` has at most 269 lines.
    private var columnSums: UnsafeMutablePointer<UInt32>
    private var width = 0
    private var barAverage: UInt32 = 0

    init() { columnSums = .allocate(capacity: 0) }

    deinit { columnSums.deallocate() }

    /// Sums of column `index`.
    func column(_ index: Int) -> Sums {
        let counts = columnSums[width + index]
        return Sums(all: columnSums[index], bright: counts & 0xffff, lit: counts >> 16)
    }

    /// Measures `image`.
    func fill(_ image: LumaImage, _ range: LumaRange) {
        if width != image.width {
            columnSums.deallocate()
            width = image.width
            columnSums = .allocate(capacity: 2 * width)
        }
        barAverage = UInt32(range.barAverage)
        columnSums.initialize(repeating: 0, count: 2 * width)
        lines.removeAll(keepingCapacity: true)
        for row in 0..<image.rows { lines.append(add(image.line(row), range.barAverage, range.barBrightest)) }
    }

    /// Adds one line to the columns, in a loop simple enough for the compiler to vectorise.
    private func add(_ line: UnsafePointer<UInt8>, _ barAverage: UInt8, _ barBrightest: UInt8) -> Sums {
        let (sums, counts) = (columnSums, columnSums + width)
        var total = Sums()
        for index in 0..<width {
            let sample = line[index]
            let isBright: UInt32 = sample > barBrightest ? 1 : 0
            let isLit: UInt32 = sample > barAverage ? 1 : 0
            sums[index] &+= UInt32(sample)
            counts[index] &+= isBright | isLit << 16
            total.all &+= UInt32(sample)
            total.bright &+= isBright
            total.lit &+= isLit
        }
        return total
    }

    /// Whether a line or column of `count` samples is more than bar. Coding leaves a few brighter samples in a bar.
    func isPicture(_ sums: Sums, _ count: Int) -> Bool {
        sums.all > barAverage * UInt32(count) || Int(sums.bright) * 20 > count
    }

    /// Lit samples of the lines in `rows`.
    func lit(in rows: Range<Int>) -> Int { rows.reduce(0) { $0 + Int(lines[$1].lit) } }
}
