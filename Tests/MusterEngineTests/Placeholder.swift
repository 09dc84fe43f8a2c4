import Testing
@testable import MusterEngine
