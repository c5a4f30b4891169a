internal import EntryIntake
internal import Hummingbird

/// Checks that the principal of a request has the right that its route demands.
struct Gate: Sendable {
    let doorkeeper: Doorkeeper
    let intake: Intake
    let uploads: ResumableUploads

    /// The principal of a request, which has the right that `access` names.
    ///
    /// - Throws: 401 without a key where one is needed, 403 for a key without the right, 404 for an entry or an upload
    ///   that the principal may not see.
    func admit(_ context: ServiceContext, _ access: Access) async throws -> Principal {
        guard access != .anybody else { return context.keyHolder ?? .anonymous }
        let principal =
            if let known = context.keyHolder { known } else { try await doorkeeper.principal(showing: nil) }
        switch access {
        case .anybody: break
        case .scope(let scopes): try principal.require(anyOf: scopes)
        case .entry(let action): try await intake.admit(principal, to: action, entry: try context.id())
        case .upload: try await uploads.admit(principal, to: try context.uploadID())
        }
        return principal
    }
}
