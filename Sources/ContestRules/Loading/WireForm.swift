/// The wire form of a contest as a tree: `contests show --format json` prints it, and the service sends it.
///
/// A rule of the wire form holds its parameters in a mapping of their own, with the unit in the name
/// (`parameters: {minMilliseconds: 180000}`); a contest file holds them in the rule, with the unit in the value (`min: 3m`).
enum WireForm {
    /// The wire form of a contest or of a rule as a tree; nil when it is larger than a contest file may be.
    static func tree(of value: some Encodable) -> YAMLMapping? {
        // Encoding strings, integers and lists into memory cannot fail.
        guard let data = try? WireJSON.data(value) else { return nil }
        let text = YAMLWriter.escaped(json: String(decoding: data, as: UTF8.self))
        return (try? YAMLComposer.root(of: text, meter: ReadingMeter(ContestFile.budget)))?.mapping
    }

    /// Whether all rules of `root` have `parameters`.
    static func isWireForm(_ root: YAMLMapping) -> Bool {
        guard let items = root["rules"]?.sequence, !items.isEmpty else { return false }
        return items.allSatisfy { $0.mapping?["parameters"]?.mapping != nil }
    }

    /// The tree of a contest file. A tree whose rules do not all have `parameters` is a contest file already and returned as
    /// it is. Places in the text stay with their nodes.
    static func inFileNotation(_ root: YAMLMapping) -> YAMLMapping {
        guard isWireForm(root), let rules = root["rules"] else { return root }
        var file = YAMLMapping()
        for pair in root.pairs where !pair.value.isEmpty {
            var pair = pair
            if ["rules", "attachments"].contains(pair.key) { pair.value = node(pair.value, "") }
            _ = file.append(pair)
        }
        // The wire form lists the general rules among the others.
        if root["schema"]?.text == Contest.Schema.second.rawValue {
            let none = YAMLNode(content: .scalar("none"), place: rules.place)
            _ = file.append(.init(key: "general", place: rules.place, value: none))
        }
        return file
    }

    /// `node` with the parameters of rules in file notation, however deep they are.
    ///
    /// - Parameter kind: the kind of the rule around the node.
    private static func node(_ node: YAMLNode, _ kind: String) -> YAMLNode {
        var node = node
        switch node.content {
        case .scalar, .null: break
        case .sequence(let items): node.content = .sequence(items.map { self.node($0, kind) })
        case .mapping(let mapping):
            guard let name = mapping["kind"]?.text, let parameters = mapping["parameters"]?.mapping else {
                node.content = .mapping(self.parameters(mapping, kind))
                break
            }
            var rule = YAMLMapping()
            for pair in mapping.pairs where pair.key != "parameters" && !pair.value.isEmpty { _ = rule.append(pair) }
            for pair in self.parameters(parameters, name).pairs { rule = rule.adding(pair) }
            node.content = .mapping(rule)
        }
        return node
    }

    private static func parameters(_ wire: YAMLMapping, _ kind: String) -> YAMLMapping {
        let written = wire.pairs.filter { !$0.value.isEmpty }.map { pair in
            let parameter = WireParameter(pair.key, kind: kind)
            return YAMLMapping.Pair(
                key: parameter.name, place: pair.place, value: value(node(pair.value, kind), parameter.unit))
        }
        var file = YAMLMapping()
        // `names` of containers follows `allowed`, their families, and says more.
        for (index, pair) in written.enumerated() where !written[(index + 1)...].contains(where: { $0.key == pair.key })
        {
            _ = file.append(pair)
        }
        return file
    }

    /// A figure, or each figure of a list, with its unit.
    private static func value(_ node: YAMLNode, _ unit: WireUnit?) -> YAMLNode {
        guard let unit else { return node }
        var node = node
        switch node.content {
        case .scalar(let figure): node.content = .scalar(unit.fileText(figure) ?? figure)
        case .sequence(let items): node.content = .sequence(items.map { value($0, unit) })
        case .mapping, .null: break
        }
        return node
    }
}

extension YAMLNode {
    /// Whether the node says nothing: `null` or an empty list.
    fileprivate var isEmpty: Bool { isNull || sequence?.isEmpty == true }
}

extension YAMLMapping {
    /// The mapping with one more pair. A parameter `of` joins the roles under `of`, in one list: `of: [preview, stored]`.
    fileprivate func adding(_ pair: Pair) -> YAMLMapping {
        var mapping = self
        guard pair.key == "of", let roles = self["of"]?.sequence else {
            _ = mapping.append(pair)
            return mapping
        }
        var both = YAMLMapping()
        for var own in pairs {
            if own.key == "of" { own.value.content = .sequence(roles + [pair.value]) }
            _ = both.append(own)
        }
        return both
    }
}
