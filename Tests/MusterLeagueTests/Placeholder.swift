import Testing
@testable import MusterLeague
