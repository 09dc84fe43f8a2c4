// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func source(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + dependencies,
                swiftSettings: strict)
}

let package = Package(
    name: "muster",
    products: [.executable(name: "muster", targets: ["muster"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // C and C++ libraries of Debian behind shims of a few functions each.
        .target(name: "CText", linkerSettings: [
            .linkedLibrary("utf8proc"), .linkedLibrary("re2"), .linkedLibrary("stdc++"),
        ]),
        .target(name: "CSimdjson", linkerSettings: [
            .linkedLibrary("simdjson"), .linkedLibrary("z"), .linkedLibrary("xxhash"),
            .linkedLibrary("stdc++"),
        ]),
        .target(name: "CSheets", linkerSettings: [
            .linkedLibrary("zip"), .linkedLibrary("expat"), .linkedLibrary("stdc++"),
        ]),
        .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
        .target(name: "CXlsxWriter", linkerSettings: [.linkedLibrary("xlsxwriter")]),
        // Packages of parts, and pictures by libraries that are opened only when one is drawn.
        .target(name: "CDocument", linkerSettings: [
            .linkedLibrary("zip"), .linkedLibrary("dl"),
        ]),
        // PostgreSQL's client library, opened only when a database is asked for.
        .target(name: "CPostgres", linkerSettings: [.linkedLibrary("dl")]),
        // Signals, limits and files as only C can ask for them.
        .target(name: "CSystem"),
        // What to do where the machine has no more memory: part of the program alone.
        .target(name: "CMemory", dependencies: ["CSystem"]),

        source("MusterDiagnostics", ["CText"]),
        source("MusterValues", []),
        source("MusterFiles", ["MusterDiagnostics", "CSystem"]),
        source("MusterStore", ["MusterDiagnostics", "MusterValues", "MusterFiles", "CSimdjson",
                               "CSheets"]),
        source("MusterLanguage", ["MusterDiagnostics", "MusterValues"]),
        source("MusterPlan", ["MusterDiagnostics", "MusterValues"]),
        source("MusterBinding", ["MusterDiagnostics", "MusterValues", "MusterPlan",
                                 "MusterStore", "MusterLanguage", "CText"]),
        source("MusterSQL", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                             "MusterBinding"]),
        source("MusterPostgres", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                                  "MusterBinding", "MusterSQL", "CPostgres"]),
        source("MusterSpark", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                               "MusterBinding", "MusterSQL"]),
        source("MusterEngine", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                                "MusterLanguage", "MusterBinding", "MusterSQL", "CText"]),
        source("MusterLeague", ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterStore",
                                "MusterLanguage", "MusterPlan", "MusterBinding"]),
        source("MusterReport", ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterStore",
                                "CXlsxWriter", "CDocument"]),
        source("MusterImport", ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterPlan",
                                "MusterStore", "MusterBinding", "MusterReport", "CXlsxWriter"]),
        source("MusterShell", ["MusterDiagnostics", "MusterValues", "MusterFiles", "MusterStore",
                               "MusterLanguage", "MusterPlan", "MusterBinding",
                               "MusterSQL", "MusterEngine", "MusterReport", "MusterImport",
                               "MusterPostgres", "MusterSpark", "CReadline", "CSystem"]),
        .executableTarget(name: "muster", dependencies: [
            "MusterShell", "MusterLeague", "MusterImport", "MusterDiagnostics", "CMemory",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], swiftSettings: strict),

        tests("MusterDiagnostics", []),
        tests("MusterFiles", ["MusterDiagnostics"]),
        .testTarget(name: "MusterStoreTests",
                    dependencies: ["MusterStore", "MusterDiagnostics", "MusterValues"],
                    exclude: ["workbooks"], swiftSettings: strict),
        tests("MusterLanguage", ["MusterDiagnostics"]),
        tests("MusterEngine", ["MusterValues", "MusterStore", "MusterLanguage",
                               "MusterLeague"]),
        tests("MusterLeague", ["MusterValues", "MusterStore", "MusterEngine"]),
        tests("MusterReport", ["MusterValues", "MusterStore"]),
        .testTarget(name: "MusterImportTests",
                    dependencies: ["MusterImport", "MusterDiagnostics", "MusterFiles", "MusterLeague",
                                   "MusterReport", "MusterShell", "MusterStore"],
                    exclude: ["city.py"], swiftSettings: strict),
        // A PostgreSQL of the tests' own, gone with the process that asked for it.
        .target(name: "TestPostgres", path: "Tests/PostgresServer", swiftSettings: strict),
        // Spark for the tests, where it is installed.
        .target(name: "TestSpark", dependencies: ["MusterSpark"], path: "Tests/SparkDriver",
                swiftSettings: strict),
        // Loaded snapshots as they are where their rows stand in one of these.
        .target(name: "TestEngines",
                dependencies: ["TestPostgres", "MusterPostgres", "TestSpark", "MusterSpark",
                               "MusterSQL", "MusterEngine", "MusterLeague",
                               "MusterStore", "MusterBinding", "MusterShell"],
                path: "Tests/Engines", swiftSettings: strict),
        tests("MusterPostgres", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                                 "MusterBinding", "MusterSQL", "MusterEngine", "MusterLeague",
                                 "MusterShell", "TestPostgres", "TestEngines"]),
        tests("MusterSpark", ["MusterDiagnostics", "MusterValues", "MusterPlan", "MusterStore",
                              "MusterBinding", "MusterSQL", "MusterEngine", "MusterLeague",
                              "MusterShell", "TestSpark", "TestEngines"]),
        // A program of a few lines around the line editor, for tests that need a terminal.
        .executableTarget(name: "LineEditorProbe", dependencies: ["MusterShell", "MusterLeague"],
                          path: "Tests/LineEditorProbe", swiftSettings: strict),
        tests("MusterShell", ["MusterLeague", "MusterReport", "LineEditorProbe"]),
        // Holds the sources to what docs/ARCHITECTURE.md says.
        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        // Books of another kind, declarations only, through the same house.
        .testTarget(name: "SecondDomainTests",
                    dependencies: ["MusterShell", "MusterDiagnostics", "MusterValues",
                                   "MusterStore", "MusterLanguage", "MusterPlan",
                                   "MusterBinding"],
                    exclude: ["books"], swiftSettings: strict),
        // Installs into a folder, tries what was installed, takes it away.
        .testTarget(name: "PackagingTests", dependencies: ["muster"], swiftSettings: strict),
        // Plays every lesson, right and wrong.
        .testTarget(name: "LessonTests",
                    dependencies: ["MusterShell", "MusterLeague", "MusterDiagnostics",
                                   "MusterLanguage", "MusterStore"],
                    swiftSettings: strict),
        // A second opinion on every answer, for the tests only: it shares the parser and nothing
        // else with what it judges.
        .target(name: "MusterReference", dependencies: ["MusterDiagnostics", "MusterLanguage"],
                path: "Tests/Reference", swiftSettings: strict),
        .testTarget(name: "ReferenceTests",
                    dependencies: ["MusterReference", "MusterEngine", "MusterLeague",
                                   "MusterReport", "MusterStore", "MusterShell",
                                   "TestEngines"],
                    path: "Tests/ReferenceTests", swiftSettings: strict),
        // Runs what the documents say, and makes their tables from the registries.
        .testTarget(name: "DocumentationTests", dependencies: ["MusterShell", "MusterLeague", "muster"],
                    swiftSettings: strict),
        // The saved statistics: their figures, and the documents that show them.
        .testTarget(name: "StatisticsTests",
                    dependencies: ["MusterShell", "MusterLeague", "MusterEngine", "MusterReport",
                                   "MusterStore", "MusterValues", "MusterDiagnostics"],
                    swiftSettings: strict),
        // Reports in the programs that people open them with.
        .testTarget(name: "ReportTests", dependencies: ["muster"], exclude: ["browser.py"],
                    swiftSettings: strict),
        // Workbooks in the program that people open them with.
        .testTarget(name: "SpreadsheetTests",
                    dependencies: ["MusterShell", "MusterLeague", "MusterReport", "MusterStore",
                                   "MusterValues", "MusterDiagnostics"],
                    swiftSettings: strict),
        .testTarget(name: "GoldenTests",
                    dependencies: ["MusterShell", "MusterLeague", "MusterEngine", "MusterBinding", "MusterPlan",
                                   "MusterLanguage",
                                   "MusterDiagnostics", "TestEngines", "TestPostgres"],
                    path: "Tests/Golden", exclude: ["cases", "bad-errors.test", "snapshots"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)

// Only where scripts/fuzz asks for it: it has no main of its own.
if Context.environment["MUSTER_FUZZ"] != nil {
    package.products.append(.executable(name: "MusterFuzz", targets: ["MusterFuzz"]))
    package.targets.append(.executableTarget(
        name: "MusterFuzz",
        dependencies: ["MusterDiagnostics", "MusterLanguage", "MusterLeague", "MusterStore",
                       "MusterShell", "CReadline"],
        path: "Tests/Fuzz", exclude: ["seeds"],
        swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
