// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: imports stay internal unless said otherwise, members come only from what a file imports, and
/// existentials are written out. `make lint` and CI add warnings-as-errors through `CLIPCHECK_STRICT`.
let strict = Context.environment["CLIPCHECK_STRICT"] != nil
let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

/// The commit that `clipcheck --version` names; `make build` sets it. Only letters, digits and `+`, because it becomes C text.
let commit = Context.environment["CLIPCHECK_COMMIT"].flatMap { text in
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") } ? text : nil
}

let package = Package(
    name: "clipcheck",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "clipcheck", targets: ["clipcheck"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.11.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CFFmpeg", pkgConfig: "libavformat",
            providers: [
                .apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswscale-dev"]), .brew(["ffmpeg"]),
            ]),
        .systemLibrary(
            name: "CEBUR128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"]), .brew(["libebur128"])]),
        .target(name: "BlockingLanes", swiftSettings: swiftSettings),
        .target(name: "MediaFacts", swiftSettings: swiftSettings),
        .target(name: "AttachmentReading", dependencies: ["MediaFacts"], swiftSettings: swiftSettings),
        .target(name: "TextDecoding", dependencies: ["MediaFacts"], swiftSettings: swiftSettings),
        .target(
            name: "MediaProbe", dependencies: ["CEBUR128", "CFFmpeg", "BlockingLanes", "MediaFacts"],
            // Unoptimised, the tests that look at pictures sample by sample would take minutes.
            swiftSettings: swiftSettings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        // The commit comes from the environment: SwiftPM keeps a manifest for as long as that and its text are the same.
        .target(
            name: "CRelease",
            cSettings: commit.map { [.define("CLIPCHECK_COMMIT", to: "\"\($0)\"")] } ?? []),
        .target(name: "CLockdown", cSettings: strict ? [.treatAllWarnings(as: .error)] : []),
        .target(
            name: "ProbeWorker", dependencies: ["BlockingLanes", "CLockdown", "MediaProbe", "MediaFacts"],
            swiftSettings: swiftSettings),
        .target(
            name: "ContestRules",
            dependencies: [
                "MediaFacts", .product(name: "Yams", package: "Yams"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                .embedInCode("Contests/demo.yaml"), .embedInCode("Contests/weifang-2023.yaml"),
                .embedInCode("Contests/xian-2024.yaml"),
                .embedInCode("Contests/xinhua-credit-cup-2019.yaml"),
            ],
            swiftSettings: swiftSettings),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
        .systemLibrary(
            name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"]), .brew(["minizip"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        .target(
            name: "EntryManifest",
            dependencies: ["CExpat", "CMinizip", "ContestRules", "MediaFacts", "TextDecoding"],
            swiftSettings: swiftSettings),
        .target(
            name: "EntryIntake",
            dependencies: [
                "BlockingLanes", "ContestRules", "MediaFacts", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "EntryStore",
            dependencies: [
                "BlockingLanes", "EntryIntake", "ContestRules", "MediaFacts",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "ReportSigning",
            dependencies: [
                "EntryIntake", "ContestRules", "MediaFacts", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "WebhookDelivery",
            dependencies: [
                "BlockingLanes", "EntryIntake", "MediaFacts",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "ServiceMetrics",
            dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: swiftSettings),
        .target(
            name: "EntryServer",
            dependencies: [
                "BlockingLanes", "EntryIntake", "ContestRules", "MediaFacts", "ServiceMetrics", "TextDecoding",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                .embedInCode("Resources/openapi.json"), .embedInCode("Resources/contest.schema.json"),
                .embedInCode("Resources/index.html"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Reporting",
            dependencies: [
                "CXlsxWriter", "EntryIntake", "ContestRules", "MediaFacts",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "clipcheck",
            dependencies: [
                "CRelease", "EntryServer", "EntryStore", "ProbeWorker", "Reporting", "ReportSigning", "ServiceMetrics",
                "WebhookDelivery", "AttachmentReading", "EntryManifest", "EntryIntake", "ContestRules", "MediaFacts",
                "BlockingLanes",
                "TextDecoding",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "CFloor", path: "Benchmarks/CFloor",
            linkerSettings: [.linkedLibrary("avformat"), .linkedLibrary("avcodec"), .linkedLibrary("avutil")]),
        .executableTarget(
            name: "ContestSpeed", dependencies: ["ContestRules", "MediaFacts", "TestSupport"],
            path: "Benchmarks/ContestSpeed", swiftSettings: swiftSettings),
        .executableTarget(
            name: "ProbeSpeed", dependencies: ["CFloor", "EntryIntake", "MediaProbe", "MediaFacts"],
            path: "Benchmarks/ProbeSpeed", swiftSettings: swiftSettings),
        .executableTarget(
            name: "IsolationOverhead",
            dependencies: ["EntryIntake", "ProbeWorker", "MediaProbe", "MediaFacts"],
            path: "Benchmarks/IsolationOverhead", swiftSettings: swiftSettings),
        .target(
            name: "TestSupport", dependencies: ["MediaFacts", "ContestRules"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        .target(
            name: "IntakeTestSupport", dependencies: ["EntryIntake", "MediaFacts", "ContestRules", "TestSupport"],
            path: "Tests/IntakeTestSupport", swiftSettings: swiftSettings),
        .testTarget(name: "BlockingLanesTests", dependencies: ["BlockingLanes"], swiftSettings: swiftSettings),
        .testTarget(
            name: "MediaFactsTests", dependencies: ["MediaFacts", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(
            name: "AttachmentReadingTests", dependencies: ["AttachmentReading", "MediaFacts"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "TextDecodingTests", dependencies: ["TextDecoding", "MediaFacts"], swiftSettings: swiftSettings),
        .testTarget(
            name: "MediaProbeTests", dependencies: ["MediaProbe", "MediaFacts", "ContestRules", "TestSupport"],
            exclude: ["python"], swiftSettings: swiftSettings),
        .testTarget(
            name: "ProbeWorkerTests",
            dependencies: ["ProbeWorker", "CLockdown", "MediaProbe", "MediaFacts", "clipcheck", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ContestRulesTests", dependencies: ["ContestRules", "MediaFacts", "BlockingLanes", "TestSupport"],
            exclude: ["Notices"], swiftSettings: swiftSettings),
        .testTarget(
            name: "EntryIntakeTests",
            dependencies: ["EntryIntake", "ContestRules", "MediaFacts", "TestSupport", "IntakeTestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EntryStoreTests",
            dependencies: [
                "EntryStore", "EntryIntake", "ContestRules", "MediaFacts", "TestSupport", "IntakeTestSupport",
            ],
            exclude: ["Schemas"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReportSigningTests",
            dependencies: [
                "ReportSigning", "EntryIntake", "ContestRules", "MediaFacts", "TestSupport", "IntakeTestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "InMemoryLogging", package: "swift-log"),
            ],
            exclude: ["Reports"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "WebhookDeliveryTests",
            dependencies: [
                "WebhookDelivery", "EntryStore", "EntryIntake", "ContestRules", "MediaFacts", "TestSupport",
                "IntakeTestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ServiceMetricsTests",
            dependencies: ["ServiceMetrics", .product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EntryServerTests",
            dependencies: [
                "EntryServer", "EntryStore", "EntryIntake", "Reporting", "ReportSigning", "WebhookDelivery",
                "ContestRules", "MediaProbe",
                "MediaFacts", "TestSupport",
                "IntakeTestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["python"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "EntryIntake", "ContestRules", "MediaFacts", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Golden"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EntryManifestTests", dependencies: ["EntryManifest", "ContestRules", "MediaFacts", "TestSupport"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "CommandLineTests", dependencies: ["clipcheck", "ContestRules", "MediaFacts", "TestSupport"],
            exclude: ["python"],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
