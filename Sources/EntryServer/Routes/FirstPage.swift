internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// `GET /`: an HTML page with a form that submits an entry. The page needs no script.
struct FirstPage {
    let intake: Intake
    /// Decides whether a form without a key is accepted.
    let doorkeeper: Doorkeeper

    func add(to table: RouteTable) {
        table.get("/", .anybody, taking: ["contest"]) { request, context in
            let isOpen = (try? await doorkeeper.principal(showing: nil)) == .everybody
            let scheme = request.headers[.forwardedProto] == "https" ? "https" : "http"
            let origin = request.head.authority.map { "\(scheme)://\($0)" } ?? ""
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8", .xContentTypeOptions: "nosniff",
                    .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
                ],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(
                        string: page(at: origin, showing: context.query["contest"], isOpen: isOpen))))
        }
    }

    /// Makes the page as HTML.
    ///
    /// - Parameters:
    ///   - origin: scheme, host and port that the client used; empty when they are not known.
    ///   - id: id of the contest whose form is shown; nil or an unknown id shows the demonstration contest.
    ///   - isOpen: whether a form without a key is accepted. When not, the page says that a key is needed.
    func page(at origin: String, showing id: String?, isOpen: Bool) -> String {
        let contests = intake.contests.all
        let chosen = contests.first { $0.id == id } ?? contests.first { $0.id == "demo" } ?? contests.first
        return String(decoding: PackageResources.index_html, as: UTF8.self)
            .replacing("{{curl}}", with: chosen.map { Self.command($0, origin, isOpen: isOpen) } ?? "")
            .replacing("{{contests}}", with: contests.map { Self.option($0, $0.id == chosen?.id) }.joined())
            .replacing("{{form}}", with: chosen.map(Self.form) ?? "")
            .replacing("{{key}}", with: isOpen ? "" : Self.keyNote)
    }

    private static let keyNote = """
        <p role="note"><strong>本服务需要密钥，此表单不能提交；请用下面的命令，或向管理员索取密钥。</strong>
        <span class="en">This service needs a key, so this form cannot submit. Use the command below, or ask the operator.</span></p>
        """

    private static func command(_ contest: Contest, _ origin: String, isOpen: Bool) -> String {
        let title = contest.form?.field("title") == nil ? "" : " -F title=试用"
        let key = isOpen ? "" : "-H 'Authorization: Bearer <key>' "
        return "curl \(key)-F contest=\(contest.id)\(title) -F media=@作品.mp4 \(origin)/v1/entries".htmlEscaped
    }

    private static func option(_ contest: Contest, _ isChosen: Bool) -> String {
        "<option value=\"\(contest.id.htmlEscaped)\"\(isChosen ? " selected" : "")>\(contest.name.zh.htmlEscaped)</option>\n"
    }

    private static func form(_ contest: Contest) -> String {
        "<input type=\"hidden\" name=\"contest\" value=\"\(contest.id.htmlEscaped)\">\n"
            + (contest.form?.fields ?? []).filter { $0.kind != .file }.map(input).joined()
    }

    private static func input(_ field: FormField) -> String {
        let name = field.name.htmlEscaped
        let label =
            "\(field.label.zh.htmlEscaped)\(field.isRequired ? " *" : "") "
            + "<span class=\"en\">\(field.label.en.htmlEscaped)</span>"
        let required = field.isRequired ? " required" : ""
        let control =
            if field.kind == .choice, !field.allowsOtherChoice {
                "<select name=\"\(name)\"\(required)><option></option>"
                    + field.choices.map { "<option>\($0.htmlEscaped)</option>" }.joined() + "</select>"
            } else {
                "<input name=\"\(name)\" type=\"\(type(of: field.kind))\"\(required)"
                    + (field.kind == .duration ? " placeholder=\"2:30\"" : "") + ">"
            }
        return "<label>\(label)\n\(control)</label>\n"
    }

    private static func type(of kind: FormField.Kind) -> String {
        switch kind {
        case .phone: "tel"
        case .email: "email"
        case .date: "date"
        // The type "url" refuses the texts that apps share, and "number" refuses a unit.
        case .text, .choice, .duration, .url, .number, .file: "text"
        }
    }
}

extension String {
    /// The text escaped for an element or a quoted attribute. Source: WHATWG HTML, "escaping a string".
    fileprivate var htmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
