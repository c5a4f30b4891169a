internal import ContestRules
public import EntryIntake
internal import Foundation

/// The body of a message: what happened, and the address to read more at. Nothing personal.
public struct WebhookPayload: Sendable {
    private let delivery: WebhookDelivery
    private let origin: String

    /// Describes a delivery.
    ///
    /// - Parameter origin: scheme and host under which clients reach the service; empty makes the address in the body a
    ///   path.
    public init(_ delivery: WebhookDelivery, origin: String) {
        self.delivery = delivery
        self.origin = origin
    }

    /// The JSON, the same bytes for the same delivery and origin. What is unknown is null.
    public func json() throws -> [UInt8] { Array(try WireJSON.data(Message(delivery, origin: origin))) }

    private struct Message: Encodable {
        var type: String
        var timestamp: String
        var data: Subject

        init(_ delivery: WebhookDelivery, origin: String) {
            type = delivery.event.rawValue
            timestamp = delivery.occurredAt
            data = Subject(
                entry: delivery.entry, contest: delivery.contest, version: delivery.version,
                verdict: delivery.verdict?.rawValue, standing: delivery.standing?.rawValue, report: delivery.report,
                url: "\(origin)/v1/entries/\(delivery.entry)")
        }
    }

    private struct Subject: Encodable {
        var entry: String
        var contest: String
        var version: Int
        var verdict: String?
        var standing: String?
        var report: String?
        var url: String

        private enum CodingKeys: CodingKey { case entry, contest, version, verdict, standing, report, url }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(entry, forKey: .entry)
            try container.encode(contest, forKey: .contest)
            try container.encode(version, forKey: .version)
            try container.encode(verdict, forKey: .verdict)  // null when unknown
            try container.encode(standing, forKey: .standing)
            try container.encode(report, forKey: .report)
            try container.encode(url, forKey: .url)
        }
    }
}
