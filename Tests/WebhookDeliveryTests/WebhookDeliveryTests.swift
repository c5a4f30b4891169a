import Testing
@testable import WebhookDelivery

@Suite struct WebhookDeliveryTests {}
