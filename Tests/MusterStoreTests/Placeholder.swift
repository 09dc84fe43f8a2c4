import Testing
@testable import MusterStore
