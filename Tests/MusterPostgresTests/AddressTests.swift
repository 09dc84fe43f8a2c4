import MusterDiagnostics
import Testing
@testable import MusterPostgres

@Suite("Addresses of databases")
struct AddressTests {
    @Test("A password is shown nowhere", arguments: [
        ("postgres://u:geheim@host/db", "postgres://u:***@host/db"),
        ("postgresql://u:ge%40heim@host:5432/db?sslmode=require",
         "postgresql://u:***@host:5432/db?sslmode=require"),
        ("postgres://host/db?user=u&password=geheim&sslmode=require",
         "postgres://host/db?user=u&password=***&sslmode=require"),
        ("postgres://host/db?p%61ssword=geheim", "postgres://host/db?p%61ssword=***"),
        ("postgres://host/db?sslPassword=geheim", "postgres://host/db?sslPassword=***"),
        // Malformed, and meant all the same.
        ("postgres://u:ge@heim@host/db", "postgres://u:***@host/db"),
        ("postgres://u:ge/heim@host/db", "postgres://u:***@host/db"),
        ("postgres://u:ge?heim@host/db", "postgres://u:***@host/db"),
        ("POSTGRES://u:geheim@host/db", "POSTGRES://u:***@host/db"),
        ("postgres://u@host/db", "postgres://u@host/db"),
        ("postgres:///db", "postgres:///db"),
    ])
    func masking(_ url: String, _ shown: String) {
        #expect(PostgresAddress.masking(url) == shown)
        let line = "push a --on \"\(url)\" # \(url) \u{201C}\(url)\u{201D}"
        #expect(PostgresAddress.masking(line)
                == "push a --on \"\(shown)\" # \(shown) \u{201C}\(shown)\u{201D}")
    }

    @Test("What is no address is said, the password not", arguments: [
        "host/db", "mysql://u:geheim@host/db", "postgres://u:ge/heim@host/db",
        "postgres://u:ge@heim@host/db",
    ])
    func unusable(_ url: String) throws {
        let fault = try #require(throws: Diagnostic.self) { try PostgresAddress(url) }
        #expect(fault.code == "postgres.address")
        #expect(fault.hint != nil)
        let said = fault.message.zh + fault.message.en + (fault.hint?.en ?? "")
        if url.hasPrefix("postgres") { #expect(!said.contains("heim"), "\(said)") }
    }

    @Test("Without the client library it is said what to install")
    func noLibrary() throws {
        let fault = try #require(throws: Diagnostic.self) {
            try PostgresLibrary.open("libpq.so.none")
        }
        #expect(fault.code == "postgres.library")
        #expect(fault.hint?.en.contains("apt-get install libpq5") == true)
    }
}
