internal import MediaFacts

/// The scan of a whole stream, decided from everything that tells it.
struct StreamScan: Equatable {
    /// Nil when nothing tells it for every picture, or the stream has frames and fields.
    private(set) var type: ScanType?
    /// The field that is shown first; nil unless the stream is interlaced and all pictures have one order.
    private(set) var fieldOrder: FieldOrder?
    /// Where the answer comes from.
    private(set) var source = FactSource.header

    /// Decides. Interlaced pictures that were seen outweigh every header.
    ///
    /// - Parameters:
    ///   - sequence: the scan that the coded stream's header states for all pictures.
    ///   - first: the scan of the first picture. By itself it does not make a stream progressive, because broadcasts mix
    ///     both.
    ///   - pictures: the pictures that were parsed in the walk: all of them, or the last ones of a file whose index makes
    ///     reading the others unnecessary.
    ///   - container: the scan that the container states.
    init(sequence: ScanType?, first: PictureScan?, pictures walked: ScanTally, container: PictureScan?) {
        var pictures = walked
        pictures.add(first)
        if pictures.interlaced > 0 || sequence == .interlaced {
            source = pictures.interlaced > 0 ? .packets : .stream
            guard pictures.progressive == 0 else { return }
            type = .interlaced
            fieldOrder = pictures.hasBothOrders ? nil : pictures.fieldOrder ?? container?.fieldOrder
        } else if sequence == .progressive {
            (type, source) = (.progressive, .stream)
        } else if walked.progressive > 0 {
            (type, source) = (.progressive, .packets)
        } else if let container {
            type = container == .progressive ? .progressive : .interlaced
            fieldOrder = container.fieldOrder
        }
    }
}
