/// Sums over every line and every column of a `LumaImage`, which show whether it belongs to a bar or to the picture.
///
/// A class that owns its buffers, because one profile is filled again for every picture.
final class LineProfile {
    /// Sums over one line or column.
    struct Sums {
        /// Sum of all samples.
        var all: UInt32 = 0
        /// Number of samples brighter than `LumaRange.barBrightest`.
        var bright: UInt32 = 0
        /// Number of samples brighter than `LumaRange.barAverage`.
        var lit: UInt32 = 0
    }

    /// Sums of each kept line.
    private(set) var lines: [Sums] = []
    /// First the sum of each column's samples, then for each column its number of bright samples plus 65536 times its
    /// number of lit ones. A `LumaImage` has at most 269 lines, so neither number overflows 16 bits.
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

    /// Computes the sums of `image`; they replace the earlier ones.
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

    /// Adds one line to the columns and returns its sums. The loop is simple, so that the compiler vectorises it.
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

    /// Whether a line or column of `count` samples belongs to the picture. In a bar up to a twentieth of the samples
    /// may be brighter, because coding leaves traces there.
    func isPicture(_ sums: Sums, _ count: Int) -> Bool {
        sums.all > barAverage * UInt32(count) || Int(sums.bright) * 20 > count
    }

    /// Number of lit samples in the lines `rows`.
    func lit(in rows: Range<Int>) -> Int { rows.reduce(0) { $0 + Int(lines[$1].lit) } }
}
