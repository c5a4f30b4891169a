/// Finds telephone numbers in free text.
struct TelephoneFinder {
    /// One entry for each visible scalar: a digit, a plus sign, a bracket, an underscore or a blank that may stand
    /// between digits, or `x` for anything else. What cannot be seen is left out, so that it hides nothing.
    private var signs: [UInt8] = []
    /// The scalar of each sign, and what cannot be seen behind it.
    private var marks: [Mark] = []
    private var unseen: [Unicode.Scalar] = []
    /// How much of `unseen` stands before the first sign.
    private var unseenBefore = 0

    private struct Mark {
        var scalar: Unicode.Scalar
        /// Places in `unseen`.
        var unseen: Range<Int>
    }

    /// No number looks farther ahead than so many signs, but for digits in a row: `+`, a country code and a mobile with
    /// three separators in each gap take 54.
    private static let reach = 64

    /// `text` with every telephone number replaced, from its first to its last sign, the first ones first.
    ///
    /// A replacement can bring another number to light, which is replaced, too. What is far enough before it is not
    /// looked at again, so the time grows as the text does.
    ///
    /// - Parameter replacement: what to write for a number; with fewer digits, and no longer.
    static func replacingNumbers(in text: String, with replacement: (String) -> String) -> String {
        var finder = TelephoneFinder(text)
        let count = finder.signs.count
        // Signs before `done` are done with, those from `next` on are not; between them is what replacements left free.
        var (done, next, isChanged) = (0, 0, false)
        while next < count {
            guard let number = finder.number(from: next) else {
                finder.copy(next, to: done)
                (done, next) = (done + 1, next + 1)
                continue
            }
            for place in next..<number.lowerBound {
                finder.copy(place, to: done)
                done += 1
            }
            isChanged = true
            next = finder.replace(number, with: replacement(finder.text(number)).unicodeScalars)
            let back = min(Self.reach, done)
            for _ in 0..<back {
                (done, next) = (done - 1, next - 1)
                finder.copy(done, to: next)
            }
            // Whether a digit stands before the next sign is still to be seen.
            if next > 0 { finder.signs[next - 1] = done > 0 ? finder.signs[done - 1] : UInt8(ascii: "x") }
        }
        return isChanged ? finder.textDone(done) : text
    }

    private init(_ text: String) {
        for scalar in text.unicodeScalars {
            if HalfWidth.isInvisible(scalar) {
                unseen.append(scalar)
                guard let last = marks.indices.last else {
                    unseenBefore += 1
                    continue
                }
                marks[last].unseen = marks[last].unseen.lowerBound..<unseen.count
            } else {
                signs.append(Self.sign(scalar))
                marks.append(Mark(scalar: scalar, unseen: unseen.count..<unseen.count))
            }
        }
    }

    private static func sign(_ scalar: Unicode.Scalar) -> UInt8 {
        let plain = HalfWidth.ascii(scalar)
        let isKnown = "0123456789+()_ -".unicodeScalars.contains(plain)
        return UInt8(ascii: isKnown ? plain : isSeparator(plain) ? "-" : "x")
    }

    private mutating func copy(_ place: Int, to other: Int) {
        (signs[other], marks[other]) = (signs[place], marks[place])
    }

    /// Puts `scalars` where the end of `number` is.
    ///
    /// - Returns: where they begin.
    private mutating func replace(_ number: Range<Int>, with scalars: String.UnicodeScalarView) -> Int {
        let behind = marks[number.upperBound - 1].unseen
        let start = number.upperBound - scalars.count
        precondition(start >= number.lowerBound, "a replacement is longer than its number")
        for (place, scalar) in zip(start..., scalars) {
            signs[place] = Self.sign(scalar)
            marks[place] = Mark(
                scalar: scalar, unseen: place + 1 < number.upperBound ? behind.lowerBound..<behind.lowerBound : behind)
        }
        return start
    }

    private func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(marks[range].map(\.scalar)))
    }

    private func textDone(_ count: Int) -> String {
        var text = String.UnicodeScalarView(unseen[..<unseenBefore])
        for mark in marks[..<count] {
            text.append(mark.scalar)
            text.append(contentsOf: unseen[mark.unseen])
        }
        return String(text)
    }

    /// The number that begins at `start`, if one does.
    private func number(from start: Int) -> Range<Int>? {
        guard !isDigit(start - 1), let end = number(at: start) else { return nil }
        // A bracket around the area code goes with the number, one around the whole stays.
        let number = signs[start..<end]
        let isOutside = number.first == UInt8(ascii: "(") && !number.contains(UInt8(ascii: ")"))
        return (isOutside ? start + 1 : start)..<end
    }

    /// Where the number that begins at `start` ends; nil when none does.
    private func number(at start: Int) -> Int? {
        longRun(start) ?? mobile(start) ?? landline(start) ?? hotline(start) ?? foreign(start)
    }

    /// Eleven digits or more without anything between them: a number, unless they are a time.
    private func longRun(_ start: Int) -> Int? {
        let end = signs[start...].firstIndex { !Self.isDigit($0) } ?? signs.count
        guard end - start >= 11 else { return nil }
        return [12, 14, 17].contains(end - start) && isTime(digits(start..<end)) ? nil : end
    }

    private func mobile(_ start: Int) -> Int? {
        let begin = afterBracket(afterCountryCode(start))
        guard let found = take(11, from: begin, gap: 3), found.digits[0] == 1, found.digits[1] >= 3 else { return nil }
        // Somebody’s 1949-10-01-001.
        if found.groups.count > 2, found.groups.prefix(3) == [4, 2, 2], isDate(found.digits.prefix(8)) { return nil }
        return found.end
    }

    /// An area code and seven or eight digits.
    private func landline(_ start: Int) -> Int? {
        let national = afterCountryCode(start)
        let begin = afterBracket(national)
        let hasCountryCode = national > start
        let zeros = begin < signs.count && signs[begin] == UInt8(ascii: "0") ? 1 : 0
        guard zeros == 1 || hasCountryCode, begin + zeros + 1 < signs.count, isDigit(begin + zeros),
            signs[begin + zeros] != UInt8(ascii: "0")
        else { return nil }
        let isShort = [UInt8(ascii: "1"), UInt8(ascii: "2")].contains(signs[begin + zeros])
        guard let area = take(zeros + (isShort ? 2 : 3), from: begin, gap: 0, mayContinue: true) else { return nil }
        let local = afterSeparators(area.end, most: 3)
        // IMG_0123_20240423 is a picture and a day.
        let isUnderscored = local > area.end && signs[area.end] == UInt8(ascii: "_")
        if let eight = take(8, from: local, gap: 3), !(isUnderscored && isDate(eight.digits[...])) { return eight.end }
        return take(7, from: local, gap: 3)?.end
    }

    private func hotline(_ start: Int) -> Int? {
        guard let found = take(10, from: start, gap: 3), [[4, 0, 0], [8, 0, 0]].contains(found.digits.prefix(3)) else {
            return nil
        }
        return found.end
    }

    /// A plus sign and ten to fifteen digits that do not begin with a date, for a plus may also join parts of a name.
    private func foreign(_ start: Int) -> Int? {
        guard signs[start] == UInt8(ascii: "+"), start + 1 < signs.count else { return nil }
        let begin = afterSeparators(start + 1, most: 1)
        guard begin < signs.count, signs[begin] != UInt8(ascii: "0"), mobile(begin) == nil, hotline(begin) == nil else {
            return nil
        }
        for length in (10...15).reversed() {
            guard let found = take(length, from: begin, gap: 2) else { continue }
            return isDate(found.digits.prefix(8)) ? nil : found.end
        }
        return nil
    }

    /// Behind `+86`, `0086` or `86` and what separates it from the number; `start` when there is none.
    private func afterCountryCode(_ start: Int) -> Int {
        let isPlus = signs[start] == UInt8(ascii: "+")
        for code in ["0086", "86"] {
            let begin = isPlus ? afterSeparators(start + 1, most: 1) : start
            let end = begin + code.utf8.count
            guard end <= signs.count, signs[begin..<end].elementsEqual(code.utf8) else { continue }
            return afterSeparators(end, most: 3)
        }
        return start
    }

    private func afterBracket(_ start: Int) -> Int {
        start < signs.count && signs[start] == UInt8(ascii: "(") ? start + 1 : start
    }
}

extension TelephoneFinder {
    /// `count` digits with at most `gap` separators between two, and no digit right behind unless it `mayContinue`.
    private func take(_ count: Int, from start: Int, gap: Int, mayContinue: Bool = false) -> Taken? {
        var taken = Taken(end: start)
        var place = start
        while taken.digits.count < count {
            let next = taken.digits.isEmpty ? place : afterSeparators(place, most: gap)
            guard isDigit(next) else { return nil }
            if taken.digits.isEmpty || next > place { taken.groups.append(0) }
            taken.groups[taken.groups.count - 1] += 1
            taken.digits.append(Int(signs[next] - UInt8(ascii: "0")))
            place = next + 1
        }
        taken.end = place
        return isDigit(place) && !mayContinue ? nil : taken
    }

    private struct Taken {
        var digits: [Int] = []
        /// How many digits stand together, group by group.
        var groups: [Int] = []
        var end: Int
    }

    private func digits(_ range: Range<Int>) -> [Int] { signs[range].map { Int($0 - UInt8(ascii: "0")) } }

    private func afterSeparators(_ start: Int, most: Int) -> Int {
        var place = start
        while place < signs.count, place - start < most, "-_ ()".utf8.contains(signs[place]) { place += 1 }
        return place
    }

    private func isDigit(_ place: Int) -> Bool { signs.indices.contains(place) && Self.isDigit(signs[place]) }

    private static func isDigit(_ sign: UInt8) -> Bool { (0x30...0x39).contains(sign) }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { "-.·•/".unicodeScalars.contains(scalar) }

    /// Year, month and day of these times, in eight digits.
    private func isDate(_ digits: ArraySlice<Int>) -> Bool {
        guard digits.count == 8 else { return false }
        let number = digits.reduce(0) { $0 * 10 + $1 }
        return (1900...2099).contains(number / 10_000) && (1...12).contains(number / 100 % 100)
            && (1...31).contains(number % 100)
    }

    /// A date, then hours and minutes, perhaps seconds and milliseconds.
    private func isTime(_ digits: [Int]) -> Bool {
        guard isDate(digits.prefix(8)) else { return false }
        let pairs = stride(from: 8, to: min(digits.count, 14), by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        return zip(pairs, [24, 60, 60]).allSatisfy { $0 < $1 }
    }
}
