import Testing
@testable import MusterDiagnostics
