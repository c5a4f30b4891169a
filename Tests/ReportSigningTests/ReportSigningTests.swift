import Testing
@testable import ReportSigning

@Suite struct ReportSigningTests {}
