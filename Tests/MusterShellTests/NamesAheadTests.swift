import MusterBinding
@testable import MusterEngine
import Testing
@testable import MusterShell

/// What the first Tab needs stands ready; told by whether the index still has to be made, which asks
/// for Ctrl-C.
@Suite("Names indexed ahead")
struct NamesAheadTests {
    private func environment() throws -> Environment {
        let fixture = try SessionFixture(nil)
        try fixture.session.load(fixture.sample("city"))
        return fixture.session.environment
    }

    /// Whether a snapshot's index was there already.
    private func isReady(_ environment: Environment) throws -> Bool {
        let data = try #require(environment.data), tree = try #require(environment.domain.tree)
        var polls = 0
        let index = NameIndex.of(data, tree) {
            polls += 1
            return false
        }
        #expect(index != nil)
        return polls == 0
    }

    @Test("Each snapshot's names are ready, those of one loaded later too")
    func ready() throws {
        let first = try environment(), second = try environment(), third = try environment()
        let ahead = NamesAhead()
        for environment in [first, first, second] {
            ahead.make(environment)
            ahead.wait()
        }
        #expect(try isReady(first))
        #expect(try isReady(second))
        #expect(try !isReady(third))
    }

    @Test("What is not done when the shell ends is given up")
    func over() throws {
        let environment = try environment()
        let ahead = NamesAhead()
        ahead.end()
        ahead.make(environment)
        ahead.wait()
        #expect(try !isReady(environment))
    }

    @Test("Before anything is loaded there is nothing to index, and a load afterwards is seen")
    func unloaded() throws {
        let ahead = NamesAhead()
        ahead.make(try SessionFixture(nil).session.environment)
        let environment = try environment()
        ahead.make(environment)
        ahead.wait()
        #expect(try isReady(environment))
    }
}
