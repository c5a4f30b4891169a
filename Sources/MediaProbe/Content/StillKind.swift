/// The finding that a still shows.
enum StillKind: Hashable {
    /// A black picture.
    case black
    /// A picture that is part of a frozen range.
    case frozen
    /// A picture that did not decode completely.
    case damaged
}
