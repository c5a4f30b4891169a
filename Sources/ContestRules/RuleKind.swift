public import MediaFacts

/// What every kind of rule has: a name in contest files, a name for people, and parameters.
public protocol RuleKind: Sendable, Encodable {
    /// The name of the kind in contest files (`aspect-ratio`).
    static var kind: String { get }

    /// The name of the kind for people (画面比例, Aspect ratio), without a full stop.
    static var title: LocalizedText { get }

    /// Reads the parameters of a rule of this kind; problems go to `parameters`, which then discards the result.
    init(_ parameters: ParameterReader)
}
