internal import ContestRules

/// Joins files into works. Used once, for one list of files.
struct WorkJoiner {
    typealias Key = FileReading.Key
    typealias Folder = FileReading.Folder

    /// Words for videos that belong to a main one. A contest that asks for none of them leaves such videos out.
    private static let otherVideos = [
        "预告片", "预告", "先导片", "宣传片", "片花", "花絮", "样片", "幕后", "preview", "trailer", "teaser", "making of",
        "making-of", "behind the scenes", "sample",
    ]

    private let files: [Manifest.File]
    private let parts: [WorkPart]
    private let labels: WorkLabels
    private let readings: [FileReading]
    /// Files that can be main videos by the names they were grouped under.
    private var mains: [Key: [Int]] = [:]
    /// Main videos of each folder.
    private var mainsOfFolder: [Folder: [Int]] = [:]
    private var isMain: Set<Int> = []
    /// Files of each part of each work, before it is known whether there is only one.
    private var claims: [Claim: [Int]] = [:]
    private var leftovers: [WorkGrouping.Leftover] = []

    /// A part of the work with this main video.
    private struct Claim: Hashable {
        var main: Int
        var part: Int
    }

    init(_ files: [Manifest.File], parts: [WorkPart]) {
        self.files = files
        self.parts = parts
        labels = WorkLabels(parts.map(\.labels))
        readings = files.map(FileReading.init)
    }

    /// The works; called once.
    mutating func grouping(_ manifest: Manifest?) -> WorkGrouping {
        guard !parts.isEmpty else { return allMain(manifest) }
        let table = manifest.map { ManifestParts($0, files, parts, videos: videos) }
        let taken = table?.files ?? []
        let matches = files.indices.map { taken.contains($0) ? nil : match($0) }
        for file in files.indices where !taken.contains(file) {
            let isRow = table?.mains.contains(file) ?? false
            let label = matches[file].flatMap { parts[$0.part].isMain ? $0 : nil }
            if isRow || (readings[file].isVideo && (label != nil || matches[file] == nil)) {
                add(main: file, label)
            }
        }
        let undecided = files.indices.filter { !taken.contains($0) && !isMain.contains($0) }
        for file in isMain.sorted() where !(table?.mains.contains(file) ?? false) && matches[file] == nil {
            reconsider(file)
        }
        for file in undecided { place(file, matches[file]) }
        return finish(manifest, table)
    }

    private var videos: [Int] { files.indices.filter { readings[$0].isVideo } }

    /// Every file is a work: the contest asks for nothing else.
    private func allMain(_ manifest: Manifest?) -> WorkGrouping {
        let join = manifest?.join(files)
        return WorkGrouping(
            works: files.indices.map { WorkGrouping.Work(main: $0, row: join?.rows[$0]) }, leftovers: [],
            problems: [])
    }

    /// The label in the name of a file, or in the name of its folder.
    private func match(_ file: Int) -> WorkLabels.Match? {
        let reading = readings[file]
        let admitted = { (part: Int) in parts[part].accepts(isVideo: reading.isVideo) }
        if let match = labels.match(reading.stem, admitted), match.isDivided { return match }
        guard let name = reading.folder.name, let part = labels.part(named: name, admitted) else { return nil }
        return WorkLabels.Match(base: reading.stem, part: part, isDivided: false)
    }

    private mutating func add(main file: Int, _ match: WorkLabels.Match?) {
        let reading = readings[file]
        // The name of the folder is the label, and the works are those of the folder around it.
        let folder = match?.isDivided == false ? reading.folder.parent ?? reading.folder : reading.folder
        mains[Key(folder: folder, name: match?.base ?? reading.stem), default: []].append(file)
        mainsOfFolder[folder, default: []].append(file)
        isMain.insert(file)
    }
}

extension WorkJoiner {
    /// Adds a file that is no main video to its work, or to the leftovers.
    private mutating func place(_ file: Int, _ match: WorkLabels.Match?) {
        let reading = readings[file]
        if let match {
            claim(file, match.part, works(match, reading.folder))
            return
        }
        let suited = parts.indices.filter { parts[$0].accepts(ending: reading.ending) }
        let works = mains[Key(folder: reading.folder, name: reading.stem)] ?? []
        if works.isEmpty, let adjacent = adjacent(file) {
            claim(file, adjacent.part, adjacent.works)
        } else if suited.count == 1 {
            claim(file, suited[0], works)
        } else {
            leave(file, suited.isEmpty ? .notAsked : .unclear)
        }
    }

    /// Main videos of the work that a label's base names, from the nearest reading to the farthest.
    private func works(_ match: WorkLabels.Match, _ folder: Folder) -> [Int] {
        let outer = folder.parent
        if !match.isDivided, let outer { return mains[Key(folder: outer, name: match.base)] ?? [] }
        if match.base.isEmpty || match.base == folder.name {
            let own = mains[Key(folder: folder, name: match.base)] ?? mains[Key(folder: folder, name: "")] ?? []
            if !own.isEmpty { return own }
            if let inside = mainsOfFolder[folder] { return inside }
            return outer.flatMap { outer in folder.name.flatMap { mains[Key(folder: outer, name: $0)] } } ?? []
        }
        if let own = mains[Key(folder: folder, name: match.base)] { return own }
        // `海报/守信的故事-海报.jpg`: the folder repeats the label.
        guard let outer, let name = folder.name, labels.part(named: name, { $0 == match.part }) != nil else {
            return []
        }
        return mains[Key(folder: outer, name: match.base)] ?? []
    }

    /// The part of a name whose label follows the work's name without a separator: `守信的故事海报.jpg`. Only the name of a
    /// main video that is there proves that the label is one.
    private func adjacent(_ file: Int) -> (part: Int, works: [Int])? {
        let reading = readings[file]
        guard
            let match = labels.match(
                reading.stem, { parts[$0].accepts(isVideo: reading.isVideo) && !parts[$0].isMain }),
            !match.isDivided, let works = mains[Key(folder: reading.folder, name: match.base)]
        else { return nil }
        return (match.part, works)
    }

    /// Looks again at a main video without a label, now that all others are known.
    private mutating func reconsider(_ file: Int) {
        let reading = readings[file]
        if let adjacent = adjacent(file), adjacent.works != [file] {
            isMain.remove(file)
            claim(file, adjacent.part, adjacent.works)
        } else if isOtherVideo(file, reading) {
            isMain.remove(file)
            leave(file, .notAskedVideo)
        }
    }

    /// Whether a video is a trailer or the like of a main video that is there.
    private func isOtherVideo(_ file: Int, _ reading: FileReading) -> Bool {
        guard let match = Self.otherLabels.match(reading.stem, { _ in true }) else { return false }
        guard match.base.isEmpty else {
            return mains[Key(folder: reading.folder, name: match.base)]?.contains { isOther($0, file) } ?? false
        }
        // In a folder of many works the word is the title of one.
        return mainsOfFolder[reading.folder].map { Array($0.lazy.filter { isOther($0, file) }.prefix(2)).count == 1 }
            ?? false
    }

    private func isOther(_ main: Int, _ file: Int) -> Bool { main != file && isMain.contains(main) }

    private static let otherLabels = WorkLabels([otherVideos])

    private mutating func claim(_ file: Int, _ part: Int, _ works: [Int]) {
        // Two are as good as many; a folder of many works would be counted again for each of its files.
        let isMain = isMain
        let works = Array(works.lazy.filter { $0 != file && isMain.contains($0) }.prefix(2))
        switch works.count {
        case 0: leave(file, .noVideo)
        case 1: claims[Claim(main: works[0], part: part), default: []].append(file)
        default: leave(file, .severalWorks)
        }
    }

    private mutating func leave(_ file: Int, _ reason: WorkGrouping.Leftover.Reason, part: Int? = nil) {
        leftovers.append(
            WorkGrouping.Leftover(file, files[file].path, reason, part: part.map { parts[$0] }))
    }

    private mutating func finish(_ manifest: Manifest?, _ table: ManifestParts?) -> WorkGrouping {
        let mains = isMain.sorted()
        let join = manifest?.join(mains.map { files[$0] })
        let rows = join?.rows ?? Array(repeating: nil, count: mains.count)
        let numbered = zip(rows, mains).compactMap { row, main in row.map { ($0.number, main) } }
        let byRow = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
        for claim in table?.claims ?? [] {
            self.claim(claim.file, claim.part, byRow[claim.row].map { [$0] } ?? [])
        }
        let works = works(mains, rows)
        return WorkGrouping(
            works: works, leftovers: leftovers.sorted { $0.file < $1.file },
            problems: table?.problems ?? [])
    }

    /// The works with every part that has exactly one file; files of other parts are left over.
    private mutating func works(_ mains: [Int], _ rows: [Manifest.Row?]) -> [WorkGrouping.Work] {
        var works = zip(mains, rows).map { WorkGrouping.Work(main: $0, row: $1) }
        let place = Dictionary(uniqueKeysWithValues: mains.enumerated().map { ($1, $0) })
        for (claim, candidates) in claims {
            guard let work = place[claim.main], candidates.count == 1 else {
                let isAlone = place[claim.main] == nil
                for file in candidates { leave(file, isAlone ? .noVideo : .severalFiles, part: claim.part) }
                continue
            }
            let part = parts[claim.part]
            if part.kinds == nil {
                works[work].videos[part.name] = candidates[0]
            } else {
                works[work].attachments[part.name] = candidates[0]
            }
        }
        return works
    }
}
