internal import MediaFacts

/// Finds what is left of the picture without black bars, over time.
struct ActivePictureDetector {
    /// The part of a picture inside the bars, in samples of the stored picture; ends are exclusive.
    struct Box: Equatable {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int

        func united(with other: Box) -> Box {
            Box(
                left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
                bottom: max(bottom, other.bottom))
        }

        func common(with other: Box) -> Box {
            Box(
                left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
                bottom: min(bottom, other.bottom))
        }

        /// Whether every edge lies within `margin` samples of the other's.
        func isNear(_ other: Box, _ margin: (Int, Int)) -> Bool {
            abs(left - other.left) <= margin.0 && abs(right - other.right) <= margin.0
                && abs(top - other.top) <= margin.1 && abs(bottom - other.bottom) <= margin.1
        }
    }

    private var looks: [(time: Int64, box: Box)] = []
    private var columnSums: [UInt32] = []
    private var columnLights: [UInt32] = []

    /// Time between two looks; bars do not come for less.
    static let pause: Int64 = 200
    /// A dark scene of up to twice this time does not count as bars.
    private static let dusk: Int64 = 1000
    /// Bars that come or go for less are no bars: something dark moves about.
    private static let shortest: Int64 = 3000

    /// Looks at a picture that is not black.
    mutating func take(_ image: LumaImage, at time: Int64, _ range: LumaRange) {
        guard let box = box(of: image, range) else { return }
        looks.append((time, box))
    }

    /// The part inside the bars; nil when all of it is bar.
    private mutating func box(of image: LumaImage, _ range: LumaRange) -> Box? {
        let width = image.width
        if columnSums.count != width {
            columnSums = [UInt32](repeating: 0, count: width)
            columnLights = [UInt32](repeating: 0, count: width)
        }
        var (top, bottom) = (Int?.none, 0)
        columnSums.withUnsafeMutableBufferPointer { sums in
            columnLights.withUnsafeMutableBufferPointer { lights in
                for index in 0..<width { (sums[index], lights[index]) = (0, 0) }
                for row in 0..<image.rows {
                    let line = image.line(row)
                    var (sum, light) = (UInt32(0), UInt32(0))
                    for index in 0..<width {
                        let sample = UInt32(line[index])
                        let isLight: UInt32 = line[index] > range.barBrightest ? 1 : 0
                        sum &+= sample
                        light &+= isLight
                        sums[index] &+= sample
                        lights[index] &+= isLight
                    }
                    guard Self.isPicture(sum, light, width, range) else { continue }
                    top = top ?? row
                    bottom = row
                }
            }
        }
        let isPicture = { [columnSums, columnLights] (column: Int) in
            Self.isPicture(columnSums[column], columnLights[column], image.rows, range)
        }
        guard let top, let left = (0..<width).first(where: isPicture),
            let right = (0..<width).last(where: isPicture)
        else { return nil }
        // Between two lines that were looked at, the edge may be anywhere: a bar of less than a step is none.
        return Box(
            left: left, top: top * image.step, right: right + 1,
            bottom: bottom + 1 == image.rows ? image.height : bottom * image.step + 1)
    }

    /// Whether a line of `count` samples is more than bar. The shadow that coding leaves in a bar is a sample here and there.
    private static func isPicture(_ sum: UInt32, _ light: UInt32, _ count: Int, _ range: LumaRange) -> Bool {
        sum > range.barAverage * UInt32(count) || Int(light) * 20 > count
    }

    /// The boxes over time, each with where it begins; `length` ends the last. Pictures of another size were left out.
    func pieces(until length: Int64, width: Int, height: Int) -> [(when: Stretch, box: Box)] {
        let sorted = looks.sorted { $0.time < $1.time }
        let closed = Self.windows(Self.windows(sorted, { $0.united(with: $1) }), { $0.common(with: $1) })
        let margin = (max(2, width / 48), max(2, height / 48))
        var pieces: [(from: Int64, box: Box)] = []
        for look in closed {
            if let last = pieces.last, last.box.isNear(look.box, margin) {
                pieces[pieces.count - 1].box = last.box.united(with: look.box)
            } else {
                pieces.append((pieces.isEmpty ? 0 : look.time, look.box))
            }
        }
        pieces = Self.joiningShort(pieces, until: length)
        return pieces.indices.map { index in
            let end = index + 1 < pieces.count ? pieces[index + 1].from : max(length, pieces[index].from)
            return (Stretch(fromMilliseconds: pieces[index].from, toMilliseconds: end), pieces[index].box)
        }
    }

    /// Leaves out what is too short to be bars that came or went; a row of such pieces is one picture in which something
    /// bright moves about.
    private static func joiningShort(
        _ pieces: [(from: Int64, box: Box)], until length: Int64
    ) -> [(from: Int64, box: Box)] {
        var joined: [(from: Int64, box: Box)] = []
        var row: (from: Int64, box: Box)?
        for (index, piece) in pieces.enumerated() {
            let end = index + 1 < pieces.count ? pieces[index + 1].from : length
            if end - piece.from >= shortest {
                if let row, piece.from - row.from >= shortest { joined.append(row) }
                joined.append((joined.isEmpty ? 0 : piece.from, piece.box))
                row = nil
            } else {
                row = (row?.from ?? piece.from, row?.box.united(with: piece.box) ?? piece.box)
            }
        }
        if let row, joined.isEmpty || length - row.from >= shortest {
            joined.append((joined.isEmpty ? 0 : row.from, row.box))
        }
        return joined
    }

    /// For each look, its box joined by `join` with those of all looks within `dusk` of it.
    private static func windows(
        _ looks: [(time: Int64, box: Box)], _ join: (Box, Box) -> Box
    ) -> [(time: Int64, box: Box)] {
        var first = 0
        return looks.map { look in
            while looks[first].time < look.time - dusk { first += 1 }
            var box = look.box
            for other in looks[first...] {
                guard other.time <= look.time + dusk else { break }
                box = join(box, other.box)
            }
            return (look.time, box)
        }
    }
}
