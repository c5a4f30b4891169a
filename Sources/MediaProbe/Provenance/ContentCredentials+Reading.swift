internal import MediaFacts

extension ContentCredentials {
    /// Reads the manifest store of Content Credentials; a defect becomes a problem. Signatures and hashes are not
    /// checked.
    ///
    /// Source: C2PA specification 2.1 §11.1: the last manifest of the store is the active one.
    init(store value: BoundedValue) {
        self.init(isPresent: true)
        switch value {
        case .tooLarge: add(.tooLarge)
        case .bytes(let bytes): read(bytes)
        }
    }

    private mutating func read(_ bytes: [UInt8]) {
        guard let store = JUMBFBox(bytes), store.label == "c2pa" else { return add(.brokenBoxes) }
        guard let manifest = store.children.last,
            let claim = manifest.children.first(where: { $0.label.hasPrefix("c2pa.claim") })
        else { return add(.noClaim) }
        read(claim)
        digitalSourceType = Self.sourceType(manifest)
    }

    /// Reads the name of the software: `claim_generator`, or name and version of `claim_generator_info`.
    private mutating func read(_ claim: JUMBFBox) {
        guard let value = claim.content("cbor").flatMap(CBORValue.init), case .map = value else {
            return add(.brokenClaim)
        }
        let info = value["claim_generator_info"]
        let first = info?.items?.first ?? info
        let named = [first?["name"]?.text, first?["version"]?.text].compactMap(\.self).joined(separator: " ")
        claimGenerator = cleanText(value["claim_generator"]?.text ?? named, limit: FactBounds.nameCharacters)
    }

    /// The first digital source type of the actions; one that names generative AI comes first.
    private static func sourceType(_ manifest: JUMBFBox) -> String? {
        let assertions = manifest.children.first { $0.label == "c2pa.assertions" }?.children ?? []
        let actions = assertions.filter { $0.label.hasPrefix("c2pa.actions") }
            .compactMap { $0.content("cbor").flatMap(CBORValue.init)?["actions"]?.items }
        let stated = actions.joined().compactMap { $0["digitalSourceType"]?.text }.compactMap(cleanAddress)
        return stated.first(where: Provenance.isGenerative) ?? stated.first
    }
}
