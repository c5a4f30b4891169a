@testable import MediaProbe

/// Pictures of 320×180 samples in limited range, drawn in memory.
enum DrawnPicture {
    static let (width, height) = (320, 180)

    /// A scene of textured cells between 60 and 165; each number is another scene.
    static func scene(_ number: Int, _ x: Int, _ y: Int) -> UInt8 {
        UInt8(60 + (x / 20 * 5 + y / 20 * 3 + number * 7) % 8 * 15)
    }

    /// A scene inside a box on black.
    static func scene(
        _ number: Int, in box: ActivePictureDetector.Box, bar: @escaping (Int, Int) -> UInt8 = { _, _ in 16 }
    )
        -> LumaImage
    {
        LumaImage(width: width, height: height) { x, y in
            (box.left..<box.right).contains(x) && (box.top..<box.bottom).contains(y) ? scene(number, x, y) : bar(x, y)
        }
    }

    /// Whether a point belongs to white text on black, in lines of different lengths around the middle.
    ///
    /// - Parameters:
    ///   - rows: lines of the picture that may have text.
    ///   - offset: number of lines by which the text has rolled up.
    ///   - letter: width of a letter; its height is twice that.
    static func isText(_ x: Int, _ y: Int, rows: Range<Int>, offset: Int = 0, letter: Int = 6) -> Bool {
        guard rows.contains(y) else { return false }
        let (line, inLine) = (y + offset).quotientAndRemainder(dividingBy: letter * 3)
        let half = 40 + (line * 37 + 11) % 70
        guard inLine < letter * 2, abs(x - width / 2) < half else { return false }
        let (column, inLetter) = x.quotientAndRemainder(dividingBy: letter)
        // A letter is a vertical stem and one horizontal stroke.
        return inLetter < letter / 3 || inLetter < letter - 1 && inLine / max(1, letter / 2) == (column + line) % 4
    }

    /// A card of text on black.
    static func card(rows: Range<Int>, offset: Int = 0, letter: Int = 6) -> LumaImage {
        LumaImage(width: width, height: height) { x, y in
            isText(x, y, rows: rows, offset: offset, letter: letter) ? 220 : 16
        }
    }

    /// A round lamp in the dark.
    static func lamp(_ centre: Int) -> LumaImage {
        LumaImage(width: width, height: height) { x, y in
            (x - centre) * (x - centre) + (y - 90) * (y - 90) < 50 * 50 ? 200 : 20
        }
    }
}
