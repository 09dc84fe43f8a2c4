import Testing
@testable import MusterReport
