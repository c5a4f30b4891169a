import ContestRules
import EntryIntake
import Testing
import WebhookDelivery

@testable import EntryServer

@Suite("The webhooks of openapi.json")
struct WebhookContractTests {
    @Test(
        "`openapi.json` names every event, and the body of its message keeps the schema",
        arguments: WebhookEvent.allCases)
    func message(event: WebhookEvent) throws {
        let contract = try OpenAPIContract.current.get()
        let body = contract.document["webhooks"]?[event.rawValue]?["post"]?["requestBody"]
        let schema = contract.schema(try #require(body?["content"]?["application/json"]?["schema"]))
        var delivery = WebhookDelivery(
            id: "msg_1", target: "wh_1", event: event, entry: "82a238b1-3c55-4a0e-9d3f-0d1f4c1a0001",
            contest: "xian-2024", version: 1,
            occurredAt: Moment(milliseconds: 0, text: "2026-11-21T09:00:00+08:00"))
        #expect(schema.violations(of: try WireValue(WebhookPayload(delivery, origin: "").json())) == [])
        for (verdict, standing) in [
            (Verdict.compliant, Standing.open), (.needsReview, .accepted), (.nonCompliant, .rejected),
        ] {
            (delivery.verdict, delivery.standing, delivery.report) = (verdict, standing, "ce15dda7")
            let json = try WebhookPayload(delivery, origin: "https://clips.example.cn").json()
            #expect(schema.violations(of: try WireValue(json)) == [])
        }
        #expect(contract.document["webhooks"]?.members.count == WebhookEvent.allCases.count)
    }
}
