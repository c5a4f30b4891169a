internal import MediaFacts

/// The `rules` of a contest file.
enum RuleFile {
    /// The kinds that facts can answer, by name. A new rule kind is one file in `Kinds` and one line here.
    private static let measuredKinds: [any MeasuredRule.Type] = [
        ReadableRule.self, HasVideoRule.self, HasAudioRule.self, UprightRule.self, TrueLengthRule.self,
        CompleteFileRule.self, DurationRule.self, AspectRatioRule.self, ResolutionRule.self, ContainerRule.self,
        FileSizeRule.self, FrameRateRule.self, BitRateRule.self, CodecRule.self, BlackRule.self, FreezeRule.self,
        SilenceRule.self, LoudnessRule.self, ActivePictureRule.self, DecodableRule.self, OrientationRule.self,
        AnyOfRule.self, AudioFormatRule.self, ScanRule.self, PixelFormatRule.self, ColorRule.self, KeyframesRule.self,
        LayoutRule.self, AILabelRule.self,
    ]

    /// The kinds about the submission beside its file.
    private static let admissionKinds: [any AdmissionRule.Type] = [
        FormRule.self, WindowRule.self, UniqueMediaRule.self, FileNameRule.self,
    ]

    /// All kinds.
    static let kinds: [any RuleKind.Type] = measuredKinds + [PersonRule.self] + admissionKinds

    /// Names of all kinds, for messages and documentation.
    static let kindNames = kinds.map { $0.kind }

    /// Names of the kinds that a file of `schema` may use.
    static func kindNames(in schema: Contest.Schema) -> [String] {
        schema == .first ? kindNames.filter(FirstSchema.has) : kindNames
    }

    /// The general rules that the file does not replace, and the rules of the file in its order.
    ///
    /// - Parameters:
    ///   - categories: the categories of the file, which `for` may name.
    ///   - roles: the videos of an entry, which `of` may name.
    static func rules(_ root: ParameterReader, of categories: [String], roles: [FileRole]) -> [Rule] {
        let usual = GeneralRules.rules(root)
        var seen: [String: [Rule]] = [:]
        var admissionKinds: Set<String> = []
        let read = root.sections("rules").compactMap { section -> (section: ParameterReader, rule: Rule)? in
            let rule = rule(section, of: categories, roles: roles)
            if let rule { refuseRepeated(rule, section, &seen) }
            if let id = rule?.id, EntryFilesKind.ids.contains(id), root.has(id) {
                section.report(
                    "id", "“\(id)”是 \(id) 的结论所用的编号，请换一个", "\"\(id)\" is the id of findings about \(id): choose another")
            }
            checkAdmission(section, root, &admissionKinds)
            // Without its kind nobody can say which keys a rule has.
            if isKnown(section) { section.refuseUnknownKeys() }
            return rule.map { (section, $0) }
        }
        FileNameFile.checkParts(read)
        let general = usual.flatMap { $0.remaining(beside: read.map(\.rule), of: categories, roles: roles) }
        let rules = general + read.map(\.rule)
        // What follows looks at the rules together, which makes no sense while one of them is spoilt.
        guard !root.hasProblems else { return rules }
        for role in roles {
            let rules = rules.filter { $0.roles.contains(role.name) }
            requireReadable(rules, role, root)
            refuseContradictions(rules, root)
        }
        DeclaredFields.check(read)
        refuseOtherThresholds(read, general)
        return rules
    }

    /// Whether rules of `kind` are about the whole entry.
    static func isAdmission(kind: String) -> Bool { admissionKinds.contains { $0.kind == kind } }

    /// Rules of one id are about different categories or different videos, so that no report has two findings of it.
    private static func refuseRepeated(_ rule: Rule, _ section: ParameterReader, _ seen: inout [String: [Rule]]) {
        if seen[rule.id, default: []].contains(where: rule.overlaps) {
            section.report("id", "规则编号“\(rule.id)”重复", "the rule id \"\(rule.id)\" is used twice")
        }
        seen[rule.id, default: []].append(rule)
    }

    private static func isKnown(_ section: ParameterReader) -> Bool {
        section.plainText("kind").map(kindNames(in: section.schema).contains) ?? false
    }

    private static func rule(_ section: ParameterReader, of categories: [String], roles: [FileRole]) -> Rule? {
        section.limitFirstSchema(to: FirstSchema.rule(kind: section.plainText("kind") ?? ""))
        let id = section.value("id", isRequired: true, shape: ContestFile.idShape, ContestFile.kebabCase)
        let name = RuleName.read(section)
        let level = section.value(
            "level", isRequired: true,
            shape: LocalizedText(zh: " required（必须）或 encouraged（鼓励）", en: "required or encouraged")
        ) { Rule.Level(rawValue: $0) }
        let clause = section.text("clause", isRequired: true)
        let decision = section.text("decision")
        let applicable = RuleCategories.read(section, of: categories)
        let about = RuleRoles.read(section, roles: roles)
        let kind = kind(section)
        guard let id, let level, let clause, let kind else { return nil }
        return Rule(
            id: id, name: name, level: level, clause: clause, decision: decision, for: applicable, kind: kind,
            roles: about)
    }

    private static func kind(_ section: ParameterReader) -> Rule.Kind? {
        guard let name = section.text("kind", isRequired: true) else { return nil }
        guard kindNames(in: section.schema).contains(name) else {
            reportUnknownKind(name, section)
            return nil
        }
        if name == PersonRule.kind { return .person(PersonRule(section)) }
        if let type = admissionKinds.first(where: { $0.kind == name }) { return .admission(type.init(section)) }
        return measuredKinds.first { $0.kind == name }.map { .measured($0.init(section)) }
    }

    /// The measured rule of a group of `any-of`, which has a kind and its parameters only.
    static func member(_ section: ParameterReader) -> (any MeasuredRule)? {
        guard let name = section.text("kind", isRequired: true) else { return nil }
        guard let type = measuredKinds.first(where: { $0.kind == name }) else {
            if kindNames.contains(name) {
                section.report(
                    "kind", "any-of 中不能有 \(name)：只能有可以测量的类型", "any-of cannot hold \(name): its rules are measured")
            } else {
                reportUnknownKind(name, section)
            }
            return nil
        }
        guard type != AnyOfRule.self else {
            section.report("kind", "any-of 中不能再有 any-of", "any-of cannot hold another any-of")
            return nil
        }
        defer { section.refuseUnknownKeys() }
        let rule = type.init(section)
        if !rule.declaredFields.isEmpty {
            section.report("kind", "any-of 中的规则不能与表中的字段比较", "a rule of any-of cannot compare with the form")
        }
        return rule
    }

    private static func reportUnknownKind(_ name: String, _ section: ParameterReader) {
        guard !kindNames.contains(name) else {
            let newest = Contest.Schema.second.rawValue
            section.report(
                "kind", "\(section.schema.rawValue) 没有规则类型“\(name)”；要使用它，请写 schema: \(newest)",
                "unknown kind \"\(name)\" in \(section.schema.rawValue); to use it, write schema: \(newest)")
            return
        }
        let message = KindGuess(name).message(name, in: section.schema)
        section.report("kind", message.zh, message.en)
    }

    /// An entry has one form, one time of arrival, one file and one name, and a window rule has a window.
    private static func checkAdmission(_ section: ParameterReader, _ root: ParameterReader, _ seen: inout Set<String>) {
        guard let name = section.plainText("kind"), admissionKinds.contains(where: { $0.kind == name }) else { return }
        if !seen.insert(name).inserted {
            section.report("kind", "类型为 \(name) 的规则只能有一条", "there can be one rule of kind \(name) only")
        }
        if name == WindowRule.kind, !root.has("window") {
            section.report("kind", "本文件没有写明征集时间 window，无法判断是否按时", "the file has no window to judge this by")
        }
    }

    /// Without it a file that nobody can open would not be refused by anything.
    private static func requireReadable(_ rules: [Rule], _ role: FileRole, _ root: ParameterReader) {
        let hasOne = rules.contains {
            $0.kindName == ReadableRule.kind && $0.level == .required && $0.categories == nil
        }
        guard !rules.isEmpty, !hasOne else { return }
        let about = role.name == FileRole.mainName ? ("", "") : ("（\(role.label.zh)）", " of \(role.name)")
        root.report(
            "rules", "缺少必须的 readable 规则\(about.0)，否则无法打开的文件不会被判不合格",
            "a required rule of kind readable\(about.1) is missing; without it an unreadable file would not be refused")
    }

    /// Every video is measured once for all its rules, encouraged ones included: they agree on what counts as black and the like.
    private static func refuseOtherThresholds(
        _ read: [(section: ParameterReader, rule: Rule)], _ general: [Rule]
    ) {
        var agreements: [String: ThresholdAgreement] = [:]
        for (section, rule) in read {
            guard case .measured(let kind) = rule.kind else { continue }
            for role in rule.roles {
                let general = general.filter { $0.roles.contains(role) }
                // One message about a rule is enough, however many videos the rule is about.
                guard agreements[role, default: ThresholdAgreement(general)].add(kind, id: rule.id, section) else {
                    break
                }
            }
        }
    }

    /// Two required rules that no picture can meet together can never pass.
    private static func refuseContradictions(_ rules: [Rule], _ root: ParameterReader) {
        let required = rules.filter { $0.level == .required }
        for rule in required {
            guard let ratio = rule.measured as? AspectRatioRule else { continue }
            for other in required where rule.overlaps(other) {
                guard let resolution = other.measured as? ResolutionRule else { continue }
                let sizes = resolution.displayedSizes.flatMap { [$0, $0.turned] }.filter(resolution.accepts)
                guard !sizes.isEmpty, !sizes.contains(where: ratio.admits) else { continue }
                root.report(
                    "rules", "画面比例与分辨率互相矛盾：所列尺寸都不符合 \(ratio.text)，任何视频都无法通过",
                    "aspect-ratio and resolution contradict: no listed size is \(ratio.text), so no video could pass")
            }
        }
    }
}

extension Rule {
    /// The kind of a measured rule; nil for every other rule.
    fileprivate var measured: (any MeasuredRule)? {
        if case .measured(let kind) = kind { kind } else { nil }
    }

    /// Whether both rules can apply to one video of one work.
    fileprivate func overlaps(_ other: Rule) -> Bool {
        guard roles.contains(where: other.roles.contains) else { return false }
        guard let categories, let others = other.categories else { return true }
        return categories.contains(where: others.contains)
    }
}
