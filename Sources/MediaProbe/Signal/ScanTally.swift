internal import MediaFacts

/// Counts of the pictures of a stream by scan.
struct ScanTally: Equatable {
    /// Pictures that are frames.
    private(set) var progressive = 0
    /// Pictures whose top field is shown first.
    private(set) var topFirst = 0
    /// Pictures whose bottom field is shown first.
    private(set) var bottomFirst = 0
    /// Fields, and pictures of two fields, whose order is not known.
    private(set) var unordered = 0

    /// Counts a picture; nothing is known of nil.
    mutating func add(_ scan: PictureScan?) {
        switch scan {
        case .progressive?: progressive += 1
        case .topFirst?: topFirst += 1
        case .bottomFirst?: bottomFirst += 1
        case .interlaced?: unordered += 1
        case nil: break
        }
    }

    /// Number of pictures that are no frames.
    var interlaced: Int { topFirst + bottomFirst + unordered }

    /// Whether both orders occur.
    var hasBothOrders: Bool { topFirst > 0 && bottomFirst > 0 }

    /// The field order of all interlaced pictures whose order is known; nil when both orders or none occur.
    var fieldOrder: FieldOrder? {
        hasBothOrders ? nil : topFirst > 0 ? .topFirst : bottomFirst > 0 ? .bottomFirst : nil
    }
}
