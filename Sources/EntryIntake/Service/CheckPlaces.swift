internal import Synchronization

/// Bounds the checks that store nothing, from the head of their request to its response.
///
/// A check without a place is refused before its body is read. A place holds no prober: a client that sends slowly
/// occupies one of many places, and no other check waits for it.
final class CheckPlaces: Sendable {
    private let most: Int
    private let taken = Mutex(0)

    /// Makes `most` places; at least one.
    init(_ most: Int) { self.most = max(1, most) }

    /// Takes a place, which becomes free with `release()` or with the last reference to it.
    ///
    /// - Throws: `.queueFull` when every place is taken.
    func reserve() throws(IntakeError) -> CheckPlace {
        let isFree = taken.withLock { taken in
            guard taken < most else { return false }
            taken += 1
            return true
        }
        guard isFree else { throw .queueFull }
        return CheckPlace(of: self)
    }

    fileprivate func giveBack() { taken.withLock { $0 -= 1 } }
}

/// The right to one check that stores nothing. `release()` or the last reference frees the place.
public final class CheckPlace: Sendable {
    private let places: Mutex<CheckPlaces?>

    fileprivate init(of places: CheckPlaces) { self.places = Mutex(places) }

    /// Frees the place. Further calls do nothing.
    public func release() {
        let places = places.withLock { places in
            defer { places = nil }
            return places
        }
        places?.giveBack()
    }

    deinit { release() }
}
