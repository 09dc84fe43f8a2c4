/// A straight piece of a line in a picture.
struct Segment {
    let x0, y0, x1, y1: Double

    init(x0: Double, y0: Double, x1: Double, y1: Double) {
        (self.x0, self.y0, self.x1, self.y1) = (x0, y0, x1, y1)
    }

    init(_ rule: SVGSheet.Rule) { self.init(x0: rule.x0, y0: rule.y0, x1: rule.x1, y1: rule.y1) }

    /// Whether any of it lies within a rectangle (after Liang and Barsky).
    func crosses(_ box: SVGSheet.Box) -> Bool {
        var enters = 0.0, leaves = 1.0
        let sides = [(x0 - x1, x0 - box.left), (x1 - x0, box.right - x0),
                     (y0 - y1, y0 - box.top), (y1 - y0, box.bottom - y0)]
        for (slope, distance) in sides {
            if slope == 0 {
                if distance <= 0 { return false }
            } else if slope < 0 {
                enters = max(enters, distance / slope)
            } else {
                leaves = min(leaves, distance / slope)
            }
        }
        return enters < leaves
    }
}
