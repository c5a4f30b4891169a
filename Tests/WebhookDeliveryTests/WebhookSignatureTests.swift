import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import WebhookDelivery

@Suite("`WebhookSignature` and `WebhookPayload`")
struct WebhookSignatureTests {
    /// The example of the Standard Webhooks libraries.
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test("`WebhookSignature` signs the example of Standard Webhooks as its libraries do")
    func vector() throws {
        let signature = WebhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8),
            secrets: [try #require(WebhookSecret(Self.secret))])
        #expect(signature.signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(signature.headers.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(signature.headers[1].value == "1614265330")
    }

    @Test("`WebhookSignature` has a signature for each secret, in their order, with a space between")
    func several() throws {
        let secrets = [WebhookSecret(), try #require(WebhookSecret(Self.secret))]
        let both = WebhookSignature(id: "a", timestamp: 1, body: [1], secrets: secrets).signature
        let single = secrets.map { WebhookSignature(id: "a", timestamp: 1, body: [1], secrets: [$0]).signature }
        #expect(both == single.joined(separator: " "))
        #expect(single[0] != single[1])
    }

    @Test("`WebhookSecret` is `whsec_` and the Base64 of 32 random bytes")
    func made() throws {
        let secrets = (0..<50).map { _ in WebhookSecret() }
        #expect(Set(secrets).count == 50)
        for secret in secrets {
            #expect(secret.bytes.count == 32 && secret.text.hasPrefix("whsec_"))
            #expect(WebhookSecret(secret.text) == secret)
        }
    }

    @Test(
        "`WebhookSecret` reads no other text",
        arguments: [
            "", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA",
            "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ])
    func unread(text: String) { #expect(WebhookSecret(text) == nil) }

    @Test("`WebhookPayload` names entry, contest, version, verdict, standing, report and address, and nothing else")
    func payload() throws {
        let delivery = WebhookDelivery(
            id: "msg_1", target: "wh_1", event: .reportCompleted, entry: "e1", contest: "xian-2024", version: 2,
            verdict: .needsReview, standing: .open, report: "r1",
            occurredAt: Moment(milliseconds: 0, text: "2026-11-21T09:00:00+08:00"))
        let json = try WebhookPayload(delivery, origin: "https://clips.example.cn").json()
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"{"data":{"contest":"xian-2024","entry":"e1","report":"r1","standing":"open","#
                + #""url":"https://clips.example.cn/v1/entries/e1","verdict":"needs-review","version":2},"#
                + #""timestamp":"2026-11-21T09:00:00+08:00","type":"report.completed"}"#)
    }

    @Test("`WebhookPayload` writes null for what is unknown, and a path without an origin")
    func unknown() throws {
        let delivery = WebhookDelivery(
            id: "msg_1", target: "wh_1", event: .entryDeleted, entry: "e1", contest: "c", version: 1,
            occurredAt: Moment(milliseconds: 0, text: "t"))
        #expect(
            String(decoding: try WebhookPayload(delivery, origin: "").json(), as: UTF8.self)
                == #"{"data":{"contest":"c","entry":"e1","report":null,"standing":null,"url":"/v1/entries/e1","#
                + #""verdict":null,"version":1},"timestamp":"t","type":"entry.deleted"}"#)
    }
}
