public import MediaFacts

extension Contest {
    /// Names of the videos that an entry may have; the main one is the first.
    public var roleNames: [String] { roles.map(\.name) }

    /// The rules about the video in `role`, in the order of the file.
    public func rules(of role: String) -> [Rule] { rules.filter { $0.roles.contains(role) } }

    /// How closely the video in `role` must be looked at for all its rules.
    public func depth(of role: String) -> Depth { measuredKinds(of: role).map(\.depth).max() ?? .quick }

    /// What counts as black, frozen, silent and as a bar in the video in `role`. Rules of one role that disagree were
    /// refused with the contest's file.
    public func thresholds(of role: String) -> ContentThresholds {
        measuredKinds(of: role).reduce(into: .usual) { thresholds, kind in
            for (name, value) in kind.thresholds { thresholds[name] = value }
        }
    }

    /// Everything that some rule needs to know of the video in `role`.
    public func measurements(of role: String) -> Set<Measurement> {
        measuredKinds(of: role).reduce(into: [.header]) { $0.formUnion($1.measurements) }
    }

    private func measuredKinds(of role: String) -> [any MeasuredRule] {
        rules(of: role).compactMap { rule in if case .measured(let kind) = rule.kind { kind } else { nil } }
    }

    /// The findings about the attachments of an entry, in the order of the file; none for an optional one that was not
    /// sent. `field` of a finding is the attachment's name.
    ///
    /// - Parameters:
    ///   - sent: the facts of the attachments by their names.
    ///   - unread: names of attachments that were sent and that the machine could not read.
    ///   - video: true length of the main video; nil when it is not known.
    public func attachmentFindings(
        _ sent: [String: AttachmentFacts], unread: Set<String> = [], video: Duration?
    ) -> [Finding] {
        attachments.compactMap { attachment in
            let judgement =
                unread.contains(attachment.name)
                ? attachment.unread : attachment.judge(sent[attachment.name], video: video)
            return judgement.map {
                EntryFilesKind.finding(EntryFilesKind.attachments, clause: attachment.clause, $0)
            }
        }
    }

    /// One failure for every required video that is missing; `field` is the role. The main video is not among them: an
    /// entry without it waits for it.
    ///
    /// - Parameter sent: the roles of the videos that were sent.
    public func missingFileFindings(_ sent: Set<String>) -> [Finding] {
        roles.compactMap { role in
            guard role.isRequired, role.name != FileRole.mainName, !sent.contains(role.name) else { return nil }
            let judgement = Judgement(
                .fail, reason: "missing", field: role.name,
                message: LocalizedText(
                    zh: "缺少视频“\(role.label.zh)”，请补交。", en: "The video \"\(role.label.en)\" is missing: send it."))
            return EntryFilesKind.finding(EntryFilesKind.files, clause: role.clause ?? "", judgement)
        }
    }
}
