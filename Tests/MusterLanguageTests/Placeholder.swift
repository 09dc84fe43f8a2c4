import Testing
@testable import MusterLanguage
