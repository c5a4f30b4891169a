internal import MediaFacts

/// The first and the last of the measured pictures, by time; pictures may be noted in any order.
struct EdgePictures {
    private(set) var first: EdgePicture?
    private(set) var last: EdgePicture?

    /// Keeps `picture` as the first if it is earlier than the first so far, and as the last if it is not earlier than
    /// the last so far.
    mutating func note(_ picture: EdgePicture) {
        if first.map({ picture.at < $0.at }) ?? true { first = picture }
        if last.map({ picture.at >= $0.at }) ?? true { last = picture }
    }
}
