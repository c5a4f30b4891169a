/// The dark margins of one picture, and whether they look like bars.
struct BarObservation {
    typealias Box = ActivePictureDetector.Box

    /// The time at which the picture is shown.
    let time: Duration
    /// The smallest box outside of which all lines and columns belong to bars.
    let outer: Box
    /// The smallest box outside of which no line or column is lit along half of its length. Writing inside a bar lies
    /// outside of this box.
    let solid: Box
    /// The picture inside bars; nil unless this picture by itself shows bars: along opposite edges, equally wide,
    /// straight, around a picture that fills its box.
    let framed: Box?
    /// Average brightness of 8×8 cells, to compare scenes; all zero when `framed` is nil.
    let scene: SIMD64<UInt8>

    /// Least lit share of a line at the edge of a picture, and least lit share of the picture.
    private static let litShare = 0.5
    /// Least share of the whole picture that a picture inside bars takes.
    private static let leastArea = 0.15
    /// Least width of a bar, and largest difference between two bars, as shares of the picture's side.
    private static let leastBar = 0.01
    private static let unequal = 0.02

    /// Examines `image`; nil when all of it is bar.
    init?(_ image: LumaImage, at time: Duration, _ profile: LineProfile) {
        let lines = profile.lines.map { profile.isPicture($0, image.width) }
        let columns = (0..<image.width).map { profile.isPicture(profile.column($0), image.rows) }
        guard let top = lines.firstIndex(of: true), let bottom = lines.lastIndex(of: true),
            let left = columns.firstIndex(of: true), let right = columns.lastIndex(of: true)
        else { return nil }
        let outer = Box(left: left, top: top, right: right + 1, bottom: bottom + 1)
        let solid = Self.solid(in: outer, profile)
        self.time = time
        self.outer = Self.scaled(outer, image)
        self.solid = Self.scaled(solid, image)
        let isFilled =
            Double(profile.lit(in: solid.top..<solid.bottom)) >= Self.litShare * Double(solid.width * solid.height)
        let framed =
            isFilled && Self.areEdgesDark(columns, solid.left, solid.right)
                && Self.areEdgesDark(lines, solid.top, solid.bottom)
            ? Self.framed(self.solid, self.outer, image) : nil
        self.framed = framed
        scene = framed == nil ? SIMD64() : Self.scene(of: image)
    }

    /// The box from the first to the last line and column that is lit along half of its length; `outer` if there are
    /// none.
    private static func solid(in outer: Box, _ profile: LineProfile) -> Box {
        let isLitLine = { Double(profile.lines[$0].lit) >= litShare * Double(outer.width) }
        let isLitColumn = { Double(profile.column($0).lit) >= litShare * Double(outer.height) }
        guard let top = (outer.top..<outer.bottom).first(where: isLitLine),
            let bottom = (outer.top..<outer.bottom).last(where: isLitLine),
            let left = (outer.left..<outer.right).first(where: isLitColumn),
            let right = (outer.left..<outer.right).last(where: isLitColumn)
        else { return outer }
        return Box(left: left, top: top, right: right + 1, bottom: bottom + 1)
    }

    /// Whether the lines next to both edges belong to bars, which proves that the edges are straight. A soft transition
    /// is skipped.
    private static func areEdgesDark(_ isPicture: [Bool], _ start: Int, _ end: Int) -> Bool {
        let soft = max(1, isPicture.count / 160)
        let before = max(0, start - soft - 3)..<max(0, start - soft)
        let after = min(isPicture.count, end + soft)..<min(isPicture.count, end + soft + 3)
        return !isPicture[before].contains(true) && !isPicture[after].contains(true)
    }

    /// The box in lines of the whole picture. An edge lies between two kept lines, so its position is the middle
    /// between them.
    private static func scaled(_ box: Box, _ image: LumaImage) -> Box {
        let half = (image.step - 1) / 2
        return Box(
            left: box.left, top: max(0, box.top * image.step - half), right: box.right,
            bottom: box.bottom == image.rows
                ? image.height : min(image.height, (box.bottom - 1) * image.step + 1 + half))
    }

    /// `solid` widened to the sides without bars; nil unless bars lie along opposite edges and nowhere else.
    private static func framed(_ solid: Box, _ outer: Box, _ image: LumaImage) -> Box? {
        let across = bars((solid.left, solid.right), (outer.left, outer.right), image.width)
        let down = bars((solid.top, solid.bottom), (outer.top, outer.bottom), image.height)
        guard let across, let down, across.isBarred || down.isBarred else { return nil }
        let box = Box(left: across.start, top: down.start, right: across.end, bottom: down.end)
        let area = Double(box.width) * Double(box.height)
        return area >= leastArea * Double(image.width) * Double(image.height) ? box : nil
    }

    /// The picture's extent along one axis, and whether it has two bars there; nil for one bar, unequal bars, or
    /// anything else.
    ///
    /// - Parameters:
    ///   - solid: the extent of the picture between the bars.
    ///   - outer: the extent of anything lit; one of the two bars may hold writing.
    private static func bars(
        _ solid: (start: Int, end: Int), _ outer: (start: Int, end: Int), _ side: Int
    ) -> (start: Int, end: Int, isBarred: Bool)? {
        let least = max(2, Int(leastBar * Double(side)))
        let (before, after) = (solid.start, side - solid.end)
        if before < least, after < least { return (0, side, false) }
        let isClean = solid.start - outer.start < least || outer.end - solid.end < least
        guard before >= least, after >= least, isClean,
            abs(before - after) <= max(4, Int(unequal * Double(side)))
        else { return nil }
        return (solid.start, solid.end, true)
    }

    /// Average brightness of 8×8 cells, computed from every fourth sample of each line.
    private static func scene(of image: LumaImage) -> SIMD64<UInt8> {
        var scene = SIMD64<UInt8>()
        for cell in 0..<64 {
            let lines = cell / 8 * image.rows / 8..<(cell / 8 + 1) * image.rows / 8
            let columns = cell % 8 * image.width / 8..<(cell % 8 + 1) * image.width / 8
            var (sum, count) = (0, 0)
            for row in lines {
                let line = image.line(row)
                for column in Swift.stride(from: columns.lowerBound, to: columns.upperBound, by: 4) {
                    sum += Int(line[column])
                    count += 1
                }
            }
            scene[cell] = UInt8(sum / max(1, count))
        }
        return scene
    }
}
