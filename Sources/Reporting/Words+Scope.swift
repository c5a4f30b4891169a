internal import ContestRules
internal import MediaFacts

extension Words {
    /// The video that the report is about and the category that it was judged by, with the source of the category; nil for
    /// the main video of a contest whose rules do not depend on a category.
    func scope(_ report: Report) -> String? {
        let role = report.role.map { self("视频：\($0)", "Video: \($0)") }
        let parts = [role, report.scope.flatMap(category)].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private func category(_ scope: Declaration) -> String? {
        let source = scope.source.map { self("（取自\(self.source($0))）", " (from \(self.source($0)))") } ?? ""
        if let category = scope.category { return self("类别：\(category)", "Category: \(category)") + source }
        if let unknown = scope.unknownCategory {
            return self("类别“\(unknown)”不在本次征集之列", "\"\(unknown)\" is no category of the contest") + source
        }
        return scope.fields.isEmpty ? self("类别未知", "Category unknown") : nil
    }

    private func source(_ source: Declaration.Source) -> String {
        switch source {
        case .form: self("表单", "the form")
        case .manifest: self("报名表", "the table of works")
        case .folder: self("文件夹", "the folder")
        case .option: "--category"
        case .request: self("请求", "the request")
        }
    }
}
