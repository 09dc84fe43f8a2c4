import Testing
@testable import MusterShell
