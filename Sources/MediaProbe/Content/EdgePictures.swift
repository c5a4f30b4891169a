internal import MediaFacts

/// The first and the last picture of those that were measured, in whatever order they come.
struct EdgePictures {
    private(set) var first: EdgePicture?
    private(set) var last: EdgePicture?

    /// Keeps the picture if none before it is earlier, or none is later.
    mutating func note(_ picture: EdgePicture) {
        if first.map({ picture.at < $0.at }) ?? true { first = picture }
        if last.map({ picture.at >= $0.at }) ?? true { last = picture }
    }
}
