import ContestRules
import EntryIntake
import MediaFacts
import TestSupport

import struct Foundation.UUID

/// Changes of entries of the sample contest, on one keeper.
struct KeeperSample: Sendable {
    let keeper: any EntryKeeping
    let vault: any MediaVault

    private static let moment = Moment(milliseconds: 1_709_254_800_000, text: "2024-03-01T09:00:00+08:00")

    /// Carries out a change of an entry.
    @discardableResult
    func apply(_ event: EntryChange.Event, to id: String, request: IdempotentRequest? = nil) async throws -> Entry {
        try await keeper.apply(
            EntryChange(entry: id, at: Self.moment, event, rules: try .sample(), request: request))
    }

    /// Applies the arrival of a work whose file has the bytes of `content`.
    func arrive(
        _ content: String, from place: String? = nil, owner: String? = nil, hasReport: Bool = true,
        request: IdempotentRequest? = nil
    ) async throws -> Entry {
        var media = try await media(content)
        if !hasReport { media.report = nil }
        return try await apply(
            .arrived(.init(fields: [:], media: media, owner: owner, place: place)),
            to: UUID().uuidString.lowercased(), request: request)
    }

    /// A received file with a report.
    func media(_ content: String) async throws -> EntryChange.NewMedia {
        let upload = try await vault.stage()
        try await upload.write(Array(content.utf8)[...])
        let staged = try await upload.finish()
        return EntryChange.NewMedia(
            staged, named: "作品.mp4", received: Self.moment, report: try report(of: staged.media))
    }

    /// A report by the sample contest.
    ///
    /// - Parameter isPending: whether picture and sound are `pending`, for a content check to complete.
    func report(of media: MediaReference? = nil, isPending: Bool = false) throws -> Report {
        let report = Report(
            id: UUID().uuidString.lowercased(), createdAt: Self.moment.text,
            contest: isPending ? try .content() : try .sample(),
            media: media ?? MediaReference(filename: "作品.mp4", bytes: 1, sha256: nil), outcome: .facts(.sample()),
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: [:]))
        return isPending ? report.awaitingCloserLook : report
    }
}
