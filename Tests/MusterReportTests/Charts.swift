import MusterValues
import MusterDiagnostics
import MusterStore
@testable import MusterReport

/// A chart of rates (or counts) over categories.
func chart(_ kind: ChartKind, _ categories: [String], _ values: [[Double?]],
           targets: [Double?]? = nil, display: Display = .percent,
           labels: [Term] = [Term("rate", "比率"), Term("last year", "上年")]) -> Chart {
    Chart(kind: kind, category: ResultColumn(name: Term("unit", "单位"), isKey: true),
          categories: categories.map { .text($0) },
          series: zip(labels, values).map { label, values in
              Chart.Series(column: ResultColumn(name: label, display: display, isNumeric: true),
                           values: values)
          },
          targets: targets ?? categories.map { _ in nil })
}

let districts = ["和平区团委", "滨海新区团委", "市人力资源和社会保障局团委"]

/// As many units as asked for, with falling rates.
func manyUnits(_ count: Int, _ kind: ChartKind = .bar) -> Chart {
    chart(kind, (1...max(1, count)).map { "第\($0)团委" },
          [(1...max(1, count)).map { 1 - Double($0) / 200 }],
          targets: (1...max(1, count)).map { _ in 0.75 })
}

/// Charts with everything that goes wrong: nothing, none, negative, huge, tiny, equal, odd names.
let oddCharts: [Chart] = {
    let kinds = [ChartKind.bar, .column, .line]
    let odd = ["👩‍👩‍👧 家庭队", "①号“甲”—乙", "e\u{301}tude", "a|b\tc\nd",
               "天津市滨海新区经济技术开发区志愿服务联合会青年志愿者总队第一支队", "Internationalisation"]
    return kinds.flatMap { kind in
        [
            chart(kind, [], [[]]),
            chart(kind, ["甲", "乙"], [[nil, nil]], targets: [0.5, nil]),
            chart(kind, ["甲"], [[0]]),
            chart(kind, ["甲", "乙", "丙"], [[-0.2, 0.1, nil]], display: .points),
            chart(kind, ["甲", "乙"], [[1e300, -1e300]], display: .plain),
            chart(kind, ["甲", "乙"], [[.infinity, 5]], display: .plain),
            chart(kind, ["甲", "乙"], [[9e299, -9e299]], display: .plain),
            chart(kind, ["甲", "乙"], [[1e-300, .leastNonzeroMagnitude]], display: .plain),
            chart(kind, ["甲", "乙"], [[123_456_789, 1]], display: .count),
            chart(kind, odd, [[0.1, 0.5, 1, 0, 0.98, 0.9514]], targets: [1, 1, 1, 1, 1, 1]),
            chart(kind, odd, [[0.1, 0.5, 1, 0, 0.98, 0.9514], [0.2, nil, 0.4, 0.3, 0, 1]],
                  targets: [0.5, 0.6, nil, 0.6, 0.6, 0.7]),
            manyUnits(31, kind), manyUnits(400, kind),
        ]
    }
}()
