import ArgumentParser
import EntryIntake
import MediaFacts

extension IntakeError {
    /// Runs `work`. An error that `work` throws is printed on standard error and becomes the exit of its code.
    static func explained<Value>(
        _ language: Language, _ work: () throws(IntakeError) -> Value
    ) throws -> Value {
        do {
            return try work()
        } catch {
            Output.error.write(error.message[language] + (error.cause.map { " (\($0))" } ?? "") + "\n")
            throw Exit.code(error)
        }
    }
}
