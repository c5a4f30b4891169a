/// A set of reference pictures of an HEVC sequence: their distances from the current picture. The next set may be stated as
/// a change of this one, and then has a flag for each distance. Source: ITU-T H.265 §7.3.7 and §7.4.8, `st_ref_pic_set()`.
struct ReferencePictureSet: Equatable {
    /// Distances of pictures that are shown before the current one, the nearest first; each below 0.
    private(set) var before: [Int] = []
    /// Distances of pictures that are shown after it, the nearest first; each above 0.
    private(set) var after: [Int] = []

    /// Most pictures of each kind. Source: §A.4.2, `MaxDpbSize`.
    private static let most = 16

    /// A set without pictures.
    init() {}

    /// Reads a set; nil when the data ends or a number is too large.
    ///
    /// - Parameter previous: the set before this one; nil for the first.
    init?(_ reader: inout BitReader, after previous: ReferencePictureSet?) {
        if let previous, let isChange = reader.flag() {
            guard isChange ? readChange(&reader, of: previous) : readDistances(&reader) else { return nil }
        } else {
            guard previous == nil, readDistances(&reader) else { return nil }
        }
    }

    private mutating func readDistances(_ reader: inout BitReader) -> Bool {
        guard let negative = reader.unsigned(), let positive = reader.unsigned(), negative <= Self.most,
            positive <= Self.most
        else { return false }
        for (count, sign) in [(negative, -1), (positive, 1)] {
            var distance = 0
            for _ in 0..<count {
                guard let step = reader.unsigned(), step < 1 << 15, reader.skip(1) else { return false }
                distance += sign * (step + 1)
                if sign < 0 { before.append(distance) } else { after.append(distance) }
            }
        }
        return true
    }

    /// Reads a set that moves the distances of `previous`, leaves some out and may add the move itself. Source: equations
    /// 7-61 and 7-62.
    private mutating func readChange(_ reader: inout BitReader, of previous: ReferencePictureSet) -> Bool {
        guard let isNegative = reader.flag(), let step = reader.unsigned(), step < 1 << 15 else { return false }
        let move = isNegative ? -(step + 1) : step + 1
        var kept: [Bool] = []
        for _ in 0...(previous.before.count + previous.after.count) {
            guard let isUsed = reader.flag() else { return false }
            if isUsed {
                kept.append(true)
            } else {
                guard let isKept = reader.flag() else { return false }
                kept.append(isKept)
            }
        }
        let (early, late) = (previous.before.indices, previous.after.indices)
        let moved = { (index: Int) in previous.before[index] + move }
        let movedLate = { (index: Int) in previous.after[index] + move }
        let isKeptLate = { (index: Int) in kept[previous.before.count + index] }
        let own = kept[kept.count - 1] ? [move] : []
        before =
            late.reversed().filter { movedLate($0) < 0 && isKeptLate($0) }.map(movedLate) + own.filter { $0 < 0 }
            + early.filter { moved($0) < 0 && kept[$0] }.map(moved)
        after =
            early.reversed().filter { moved($0) > 0 && kept[$0] }.map(moved) + own.filter { $0 > 0 }
            + late.filter { movedLate($0) > 0 && isKeptLate($0) }.map(movedLate)
        return before.count <= Self.most && after.count <= Self.most
    }
}
