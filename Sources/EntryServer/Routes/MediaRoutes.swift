internal import BlockingLanes
internal import ContestRules
internal import EntryIntake
internal import Hummingbird

/// `GET /v1/entries/{id}/media`: downloads the stored file of an entry.
struct MediaRoutes {
    let intake: Intake
    /// Threads that read files for all downloads.
    let lanes: BlockingLanes

    func add(to table: RouteTable) {
        table.get("/v1/entries/:id/media", .entry(.read)) { request, context in
            let (file, entry) = try await intake.media(of: try context.id())
            return MediaResponse(
                file: file, filename: entry.media?.filename, sha256: entry.media?.sha256, lanes: lanes,
                context: context
            ).response(to: request)
        }
    }
}
