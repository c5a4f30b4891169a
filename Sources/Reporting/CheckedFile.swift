public import ContestRules
public import EntryIntake

/// One file of a run, with what came out: what the JSON formats print.
public struct CheckedFile: Sendable {
    /// The path as it was given or found.
    public var path: String
    /// The report, or why there is none.
    public var outcome: Result<Report, IntakeError>

    /// Names a result.
    public init(path: String, outcome: Result<Report, IntakeError>) {
        self.path = path
        self.outcome = outcome
    }
}

extension CheckedFile: Encodable {
    private enum CodingKeys: String, CodingKey { case path, report, error }
    private enum ErrorKeys: String, CodingKey { case code, message }

    /// `{"path": …, "report": …}` or `{"path": …, "error": {"code": …, "message": …}}`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(path, forKey: .path)
        switch outcome {
        case .success(let report): try values.encode(report, forKey: .report)
        case .failure(let error):
            var nested = values.nestedContainer(keyedBy: ErrorKeys.self, forKey: .error)
            try nested.encode(error.code.rawValue, forKey: .code)
            try nested.encode(error.message, forKey: .message)
        }
    }
}
