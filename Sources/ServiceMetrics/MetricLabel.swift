/// A label of a metric, and the values that it may have.
///
/// The set is closed, so that no client can make the number of series grow: every other value is counted as `other`.
public struct MetricLabel: Sendable {
    /// Name of the label.
    public let name: String
    private let values: Values

    private enum Values {
        case list([String])
        case function(@Sendable (String) -> Bool)
    }

    /// The value that stands for every value outside the set.
    public static let other = "other"

    /// A label whose values are known from the start. Their series begin at zero.
    public static func list(_ name: String, _ values: some Sequence<String>) -> MetricLabel {
        MetricLabel(name: name, values: .list(Array(values)))
    }

    /// A label whose values a function recognises. A series begins when its value is first counted.
    ///
    /// - Parameter isAllowed: must be true for a finite number of values only.
    public static func allowing(_ name: String, _ isAllowed: @escaping @Sendable (String) -> Bool) -> MetricLabel {
        MetricLabel(name: name, values: .function(isAllowed))
    }

    /// `value` when the set has it, else `other`.
    func closed(_ value: String) -> String {
        switch values {
        case .list(let list): list.contains(value) ? value : Self.other
        case .function(let isAllowed): isAllowed(value) ? value : Self.other
        }
    }

    /// Every value, without `other`; nil when only a function knows them.
    var listed: [String]? {
        if case .list(let list) = values { list } else { nil }
    }
}
