import MusterDiagnostics
import Testing

/// The books against figures that units reported.
@Suite struct ReportedFiguresTests {
    private func books(_ file: String) throws -> [Sheet] {
        try sheets("books", onFiles: [Project.path("samples/small")], given: ["reported": file])
    }

    @Test func differencesAndUnknownIdsAreListed() throws {
        let scratch = try Scratch()
        let file = try scratch.write("r.csv", "id,of,n\n120101,12,8\n120117,7,5\n12U01,9,9\nX1,3,3\n")
        let tables = try books(file)
        let compared = try #require(tables.having("compared").first)
        #expect(compared.rows == [["3", "2", "1"]])
        let differing = try #require(tables.having("differ_n").first)
        #expect(differing.rows == [["120117", "宁河区团委", "7", "7", "0", "6", "5", "1"]])
        #expect(tables.last?.rows == [["X1", "3", "3"]])
    }

    @Test func idsThatLookLikeNumbersAreTexts() throws {
        let scratch = try Scratch()
        let tables = try books(try scratch.write("r.csv", "id,of,n\n120101,12,8\n120117,7,6\n"))
        let compared = try #require(tables.having("compared").first)
        #expect(compared.rows == [["2", "2", "0"]])
        // No id is unknown: that table is left out.
        #expect(tables.last?.columns == compared.columns)
    }

    @Test func aUnitThatReportedOnlyOneFigureDiffers() throws {
        let scratch = try Scratch()
        let tables = try books(try scratch.write("r.csv", "id,of,n\n120101,,8\n120117,7,6\n"))
        let differing = try #require(tables.having("differ_n").first)
        #expect(differing.rows == [["120101", "和平区团委", "12", "–", "–", "8", "8", "0"]])
    }

    @Test func withoutReportedFiguresTheSectionSaysSo() throws {
        let tables = try sheets("books", on: "small")
        #expect(tables.having("compared").isEmpty)
    }

    @Test func aMissingColumnIsNamed() throws {
        let scratch = try Scratch()
        let file = try scratch.write("r.csv", "id,of\n120101,12\n")
        let error = #expect(throws: Diagnostic.self) { _ = try books(file) }
        #expect(error?.message.en.contains("no column \"n\"") == true)
    }
}
