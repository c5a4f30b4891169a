import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

/// The page of `HTMLRun` in Chromium, with the page's own Content-Security-Policy.
@Suite("HTMLRun in a browser", .enabled(if: Browser.program != nil, "no Chromium is installed"))
struct HTMLRunBrowserTests {
    /// The page of eleven files. Row 2 is too short, 3 is silent, 4 is too long and mirrored, 6 is mirrored, 7 is
    /// damaged, 10 could not be opened, 11 is silent and names no region. The files of rows 9 and 10 have no work.
    private static func page() throws -> String {
        try SamplePages.page([0, 1, 2, 3, 4, 5, 6, 7, 8, 19, 10].map { try SamplePages.file($0) }, .chinese)
    }

    /// JavaScript functions for the steps. `say(name)` logs the name and the numbers of the shown rows.
    private static let helpers = """
        function head(name) { return document.querySelector('th.' + name + ' span'); }
        function choose(id, value) {
          document.getElementById(id).value = value;
          document.getElementById(id).dispatchEvent(new Event('change'));
        }
        function say(name) {
          var shown = [].filter.call(document.getElementById('list').tBodies[0].rows, function (row) { return !row.hidden; });
          log.push(name + ': ' + shown.map(function (row) { return row.cells[0].textContent; }).join(' '));
        }

        """

    @Test(
        "The page of a run shows the worst files first, sorts by number with absent values last, and sets `aria-sort`")
    func sorts() async throws {
        let lines = try await Browser.log(
            of: Self.page(),
            steps: Self.helpers + """
                say('start'); head('i').click(); say('number'); head('i').click(); say('back');
                head('n').click(); say('length'); head('n').click(); say('longest');
                head('a').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })); say('most to do');
                log.push(head('a').parentNode.getAttribute('aria-sort') + ' ' + head('i').parentNode.getAttribute('aria-sort'));
                log.push(head('f').getAttribute('role') + ' ' + head('f').tabIndex);
                """)
        #expect(
            lines == [
                "start: 2 4 7 10 6 1 3 5 8 9 11", "number: 1 2 3 4 5 6 7 8 9 10 11", "back: 11 10 9 8 7 6 5 4 3 2 1",
                "length: 2 1 3 5 6 9 11 8 4 7 10", "longest: 4 8 1 3 5 6 9 11 2 7 10",
                "most to do: 4 7 2 3 6 10 11 1 5 8 9",
                "descending none", "button 0",
            ])
    }

    @Test("The page of a run sorts Chinese names by pinyin")
    func chinese() async throws {
        let lines = try await Browser.log(
            of: Self.page(),
            steps: Self.helpers + """
                head('region').click();
                log.push([].map.call(document.querySelectorAll('td.region'), function (cell) { return cell.textContent; })
                  .filter(function (name, index, all) { return name && name !== all[index - 1]; }).join(' '));
                """)
        #expect(lines == ["碑林区 高新区 未央区 雁塔区 长安区"])
    }

    @Test("The page of a run filters by verdict, reason, category, region and typed words")
    func filters() async throws {
        let lines = try await Browser.log(
            of: Self.page(),
            steps: Self.helpers + """
                head('i').click();
                choose('by-verdict', 'x'); say('verdict'); choose('by-rule', 'duration=fail'); say('and reason');
                document.getElementById('clear').click(); say('clear');
                choose('by-region', '=雁塔区'); say('region'); choose('by-region', '='); say('no region');
                document.querySelector('[data-by=category]').click(); say('link');
                document.querySelector('[data-by=verdict][data-value=""]').click(); say('all');
                document.getElementById('text').value = 'DURATION 李雷'; choose('by-verdict', ''); say('text');
                log.push(document.getElementById('shown').textContent);
                """)
        #expect(
            lines == [
                "verdict: 2 4 7", "and reason: 2 4", "clear: 1 2 3 4 5 6 7 8 9 10 11", "region: 1 6", "no region: 11",
                "link: 1 4 7", "all: 1 2 3 4 5 6 7 8 9 10 11", "text: 2", "显示 1 / 11 个文件",
            ])
    }

    @Test("The page of a run of 1203 files shows 500 rows, and 500 more after each click")
    func long() async throws {
        let file = try SamplePages.file(0, isPlain: true)
        let page = try SamplePages.page(Array(repeating: file, count: 1203), .english)
        let lines = try await Browser.log(
            of: page,
            steps: """
                var more = document.getElementById('more');
                function count() {
                  var rows = document.querySelectorAll('#list tbody tr:not([hidden])').length;
                  log.push(rows + ' ' + (more.hidden ? 'none' : more.textContent));
                }
                count(); more.click(); count(); more.click(); count();
                document.getElementById('clear').click(); count();
                window.dispatchEvent(new Event('beforeprint')); count();
                window.dispatchEvent(new Event('afterprint')); count();
                """)
        let first = "500 Show 500 more (703 left)"
        #expect(lines == [first, "1000 Show 500 more (203 left)", "1203 none", first, "1203 none", first])
    }

    @Test("The page of a run blocks a script whose digest its policy does not name")
    func policy() async throws {
        let page = try Self.page().replacing("'use strict';", with: "'use strict' ;")
        let lines = try await Browser.log(
            of: page, steps: Self.helpers + "log.push(document.getElementById('tools').hidden);")
        #expect(lines == ["true"])
    }
}

/// Chromium without a window.
private enum Browser {
    static let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Opens `page` from the disk, runs the JavaScript `steps` when it has loaded, and returns the strings that they
    /// pushed onto `log`. The page's policy stays in force, with the digest of `steps` added.
    static func log(of page: String, steps: String) async throws -> [String] {
        let script = """
            window.addEventListener('load', function () {
            var log = [];
            try { \(steps) } catch (error) { log.push(String(error)); }
            document.body.textContent = '';
            var result = document.body.appendChild(document.createElement('pre'));
            result.textContent = 'BEGIN' + log.join('\\n') + 'END';
            });
            """
        let harnessed =
            page.replacing("script-src ", with: "script-src 'sha256-\(HTMLMarkup.digest(script))' ")
            .replacing("</body>", with: "<script>\(script)</script></body>")
        let folder = FileManager.default.temporaryDirectory.appending(path: "clipcheck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "page.html")
        try harnessed.write(to: file, atomically: true, encoding: .utf8)
        let dump = try await output(
            file, profile: folder.appending(path: "profile"), to: folder.appending(path: "dump.html"))
        let result = try #require(HTMLMarkup.contents(of: dump, from: "<pre>BEGIN", to: "END</pre>").first)
        return result.split(separator: "\n").map(String.init)
    }

    private static func output(_ page: URL, profile: URL, to dump: URL) async throws -> String {
        try Data().write(to: dump)
        let writing = try FileHandle(forWritingTo: dump)
        let silent = try FileHandle(forWritingTo: URL(filePath: "/dev/null"))
        let browser = try ChildProcess(
            "/usr/bin/timeout",
            [
                "120", program ?? "", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--user-data-dir=\(profile.path)", "--dump-dom", page.absoluteString,
            ], environment: ProcessInfo.processInfo.environment, output: writing.fileDescriptor,
            errors: silent.fileDescriptor)
        #expect(await browser.hasEnded() == .exited(0))
        return try String(contentsOf: dump, encoding: .utf8)
    }
}
