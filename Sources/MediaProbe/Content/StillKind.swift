/// The finding that a still shows.
enum StillKind: Hashable {
    /// A black picture.
    case black
    /// A picture that is shown without change.
    case frozen
    /// A picture that did not decode as a whole.
    case damaged
}
