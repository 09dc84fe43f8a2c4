import MusterDiagnostics

/// Lines over the categories, which stand at equal distances; each line's name at its end, or
/// in a legend where there is no room for that.
struct SVGLines {
    private let chart: SVGChart
    private let scale: Scale
    private let left: Double
    private let hasSideLabels: Bool
    private let sideWidth: Double

    init(_ chart: SVGChart) {
        self.chart = chart
        let panel = chart.panel
        scale = panel.scale(intervals: 5)
        left = (scale.labels.map(SVGSheet.measure).max() ?? 0) + 10
        let names = (panel.series.count > 1 ? panel.series.map(\.label) : [])
            + (panel.commonTarget == nil ? [] : [panel.targetLabel])
        let room = names.isEmpty ? 0 : (names.map(SVGSheet.measure).max() ?? 0) + 8
            + (panel.series.count > 1 ? SideLabels.markWidth : 0)
        // Lines that break off have no end to stand beside.
        let allEnd = panel.series.allSatisfy { ($0.values.last ?? nil) != nil }
            && (!panel.hasTargets || panel.commonTarget != nil)
        hasSideLabels = allEnd && room <= chart.width / 4
        sideWidth = hasSideLabels ? room : 8
    }

    var sheet: SVGSheet {
        let panel = chart.panel
        var sheet = SVGSheet(width: chart.width)
        let top = hasSideLabels ? 14.0
            : chart.drawLegend(&sheet, withTarget: panel.hasTargets) + 16
        let frame = SVGFrame(scale: scale, left: left, right: chart.width - sideWidth, top: top,
                             places: panel.categories.count)
        frame.drawAxis(&sheet)
        drawTargets(frame, &sheet)
        for (number, series) in panel.series.enumerated() {
            for run in runs(series, frame) where run.count > 1 { sheet.path(run, number) }
            for (index, value) in series.values.enumerated() {
                if let value { sheet.point(number, frame.x(index), frame.y(value)) }
            }
        }
        drawSideLabels(frame, &sheet)
        drawValues(frame, &sheet)
        drawPlaces(frame, &sheet)
        return sheet
    }

    /// The known values in a row; a missing one interrupts the line.
    private func runs(_ series: ChartPanel.Series, _ frame: SVGFrame)
        -> [[(x: Double, y: Double)]] {
        var runs: [[(x: Double, y: Double)]] = [[]]
        for (index, value) in series.values.enumerated() {
            if let value {
                runs[runs.count - 1].append((frame.x(index), frame.y(value)))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs
    }

    private func drawTargets(_ frame: SVGFrame, _ sheet: inout SVGSheet) {
        let panel = chart.panel
        if let goal = panel.commonTarget {
            let y = frame.y(goal.value)
            return sheet.target(frame.left, y, frame.right, y)
        }
        for (index, target) in panel.targets.enumerated() {
            guard let target else { continue }
            // A tick to each: what joined them would look like a course.
            let y = frame.y(target), half = min(14, frame.slot * 0.35)
            sheet.target(frame.x(index) - half, y, frame.x(index) + half, y, isTick: true)
        }
    }

    private func drawSideLabels(_ frame: SVGFrame, _ sheet: inout SVGSheet) {
        guard hasSideLabels else { return }
        let panel = chart.panel
        var labels = SideLabels()
        if panel.series.count > 1 {
            for (number, series) in panel.series.enumerated() {
                guard let value = series.values.last ?? nil else { continue }
                labels.add(series.label, at: frame.y(value), series: number)
            }
        }
        if let goal = panel.commonTarget {
            labels.add(panel.targetLabel, at: frame.y(goal.value))
        }
        labels.draw(&sheet, frame.right + 6, from: frame.top, to: frame.bottom)
    }

    /// Values above or below their points, where nothing else stands. Among more than two lines
    /// nobody could tell whose they are.
    private func drawValues(_ frame: SVGFrame, _ sheet: inout SVGSheet) {
        guard chart.panel.series.count <= 2 else { return }
        for series in chart.panel.series {
            for (index, value) in series.values.enumerated() {
                guard let value else { continue }
                let text = series.texts[index], x = frame.x(index), y = frame.y(value)
                let aside = SVGSheet.measure(text) / 2 + 8
                let places = [(x, y - 8), (x, y + 18), (x - aside, y + 4), (x + aside, y + 4),
                              (x - aside, y - 8), (x + aside, y - 8)]
                for (x, baseline) in places where baseline < frame.bottom
                    && x - aside + 8 > frame.left && x + aside - 8 < frame.right {
                    guard sheet.hasRoom(text, x, baseline, .middle) else { continue }
                    sheet.text(text, x, baseline, .middle, "value")
                    break
                }
            }
        }
    }

    /// All labels, broken where they must be; else the last, the first, and between them as
    /// many as find room.
    private func drawPlaces(_ frame: SVGFrame, _ sheet: inout SVGSheet) {
        let labels = chart.panel.categories
        let last = labels.count - 1
        let y = frame.bottom + 17
        let room = frame.slot - 6
        let broken = labels.map { SVGSheet.wrapped($0, to: max(1, room)) }
        if broken.allSatisfy({ $0.count <= 2 }),
           labels.flatMap(words).allSatisfy({ SVGSheet.measure($0) <= room }) {
            for (index, lines) in broken.enumerated() {
                sheet.text(lines, frame.x(index), y, .middle)
            }
            return
        }
        let widest = (labels.map(SVGSheet.measure).max() ?? 0) + 10
        let stride = max(1, Int((widest / frame.slot).rounded(.up)))
        for index in [last] + Array(Swift.stride(from: 0, to: max(0, last), by: stride)) {
            guard labels.indices.contains(index) else { continue }
            let half = SVGSheet.measure(labels[index]) / 2
            let x = min(max(frame.x(index), half), chart.width - half)
            if sheet.hasRoom(labels[index], x, y, .middle) {
                sheet.text(labels[index], x, y, .middle)
            }
        }
    }
}
