import Foundation

/// What both targets share.
enum FuzzSupport {
    /// Whether a crash is planted, so that run.sh sees whether it is found.
    private static let isPlanted = getenv("CLIPCHECK_FUZZ_PLANT") != nil

    /// Ends the process at the planted text, which is a word that libFuzzer is given but no seed has.
    static func examinePlant(_ bytes: some Collection<UInt8>) {
        precondition(!isPlanted || !bytes.contains(Array("FUZZ".utf8)), "planted")
    }

    /// Writes the inputs to begin with into the folder that run.sh has made; without them there is nothing to mutate.
    static func write(_ seeds: [Data]) -> CInt {
        guard let folder = getenv("CLIPCHECK_FUZZ_SEEDS") else { return 0 }
        for (index, seed) in seeds.enumerated() {
            let path = String(cString: folder) + "/seed-\(index)"
            precondition((try? seed.write(to: URL(filePath: path))) != nil, "no seed can be written to \(path)")
        }
        return 0
    }
}
