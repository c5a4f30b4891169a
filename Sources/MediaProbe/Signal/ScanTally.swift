internal import MediaFacts

/// Counts of the pictures of a stream by scan.
struct ScanTally: Equatable {
    /// Pictures that are frames.
    private(set) var progressive = 0
    /// Pictures that are fields or have two fields, by the field that is shown first; nil where it is not known.
    private(set) var interlaced: [FieldOrder?: Int] = [:]

    /// Counts a picture; nothing is known of nil.
    mutating func add(_ scan: PictureScan?) {
        switch scan {
        case .progressive?: progressive += 1
        case .interlaced(let order)?: interlaced[order, default: 0] += 1
        case nil: break
        }
    }

    /// The field order of all interlaced pictures whose order is known; nil when they differ or none is known.
    var fieldOrder: FieldOrder? {
        let known = interlaced.keys.compactMap(\.self)
        return known.count == 1 ? known.first : nil
    }
}
