import Testing

@testable import ServiceMetrics

@Suite("PrometheusText")
struct PrometheusTextTests {
    @Test("`PrometheusText` escapes backslash, quotation mark and line feed in values of labels, and no quotes in help")
    func escapes() {
        var text = PrometheusText()
        text.add("a_total", "counter", "A \"b\" \\ \n.", [.init(labels: [("b", "\"\\\n"), ("c", "守信")], value: 1.5)])
        #expect(
            text.text == """
                # HELP a_total A "b" \\\\ \\n.
                # TYPE a_total counter
                a_total{b="\\"\\\\\\n",c="守信"} 1.5

                """)
    }

    @Test("`PrometheusText` leaves out a metric without samples")
    func empty() {
        var text = PrometheusText()
        text.add("empty", "gauge", "Nothing.", [])
        #expect(text.text == "")
    }

    @Test(
        "`PrometheusText` writes whole numbers without a fraction, and infinity and NaN as Prometheus reads them",
        arguments: [
            (0.0, "0"), (-3, "-3"), (1.5, "1.5"), (0.00025, "0.00025"), (1e15, "1000000000000000"), (1e20, "1e+20"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func numbers(value: Double, text: String) {
        #expect(PrometheusText.number(value) == text)
    }
}
