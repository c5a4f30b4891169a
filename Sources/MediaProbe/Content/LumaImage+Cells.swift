/// How the samples of one cell differ from the same samples of a reference.
struct CellChange {
    /// Average of the signed differences; above zero when the cell became brighter.
    var shift: Float = 0
    /// Root of the average square of the differences.
    var rootMeanSquare: Float = 0
    /// Correlation of each difference with the difference of the sample before it in the line, −1...1. Coding noise
    /// changes each sample on its own (below 0.75 in clips of five codecs); movement changes adjacent samples alike
    /// (above 0.75).
    var correlation: Float = 0
}

extension LumaImage {
    /// Kept lines and columns of one cell of `LumaMeasure`: a kept line `row` belongs to line `row * LumaMeasure.lines
    /// / rows` of cells.
    private func area(ofCell cell: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let (line, column) = cell.quotientAndRemainder(dividingBy: LumaMeasure.columns)
        let first = (line * rows + LumaMeasure.lines - 1) / LumaMeasure.lines
        let end = ((line + 1) * rows + LumaMeasure.lines - 1) / LumaMeasure.lines
        return (first..<end, column * width / LumaMeasure.columns..<(column + 1) * width / LumaMeasure.columns)
    }

    /// Standard deviation of the samples of a cell of `LumaMeasure`, 0...128.
    func deviation(ofCell cell: Int) -> Float {
        let area = area(ofCell: cell)
        var (sum, squares) = (0, 0)
        for row in area.rows {
            let samples = line(row)
            for index in area.columns {
                let sample = Int(samples[index])
                sum += sample
                squares += sample * sample
            }
        }
        let count = max(1, area.rows.count * area.columns.count)
        let mean = Double(sum) / Double(count)
        return Float(max(0, Double(squares) / Double(count) - mean * mean).squareRoot())
    }

    /// The difference of a cell of `LumaMeasure` from the same cell of `reference`, which must have the same size.
    func change(from reference: LumaImage, inCell cell: Int) -> CellChange {
        let area = area(ofCell: cell)
        var (sum, squares, products) = (0, 0, 0)
        for row in area.rows {
            let (samples, others) = (line(row), reference.line(row))
            var last = 0
            for index in area.columns {
                let difference = Int(samples[index]) - Int(others[index])
                sum += difference
                squares += difference * difference
                products += difference * last
                last = difference
            }
        }
        let count = Double(max(1, area.rows.count * area.columns.count))
        return CellChange(
            shift: Float(Double(sum) / count), rootMeanSquare: Float((Double(squares) / count).squareRoot()),
            correlation: squares == 0 ? 0 : Float(Double(products) / Double(squares)))
    }
}
