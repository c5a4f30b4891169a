import Foundation
import TestSupport
import Testing

#if os(Linux)
    @Suite("A large upload")
    struct StreamingMemoryTests {
        /// The test runs in a process of its own, because the memory of other tests would be measured too.
        @Test("An upload of 200 MB takes less than 64 MB of memory, in chunks or as a form, and leaves nothing")
        func memory() async {
            await #expect(processExitsWith: .success) {
                let service = try TestService()
                let folder = try TemporaryFolder()
                let size = 200 << 20
                // A sparse file takes no room on the disk.
                let (small, big) = (folder.path("small.mp4"), folder.path("big.mp4"))
                for (path, count) in [(small, 4 << 20), (big, size)] {
                    _ = FileManager.default.createFile(atPath: path, contents: nil)
                    try #require(truncate(path, off_t(count)) == 0)
                }
                try await service.listening { port in
                    let address = "http://127.0.0.1:\(port)/v1/checks?contest=xian-2024"
                    for arguments in [["-X", "POST", "-H", "Transfer-Encoding: chunked", "-T"], ["-F"]] {
                        let mark = arguments == ["-F"] ? "media=@" : ""
                        // A small upload first, so that the memory of the library's start is not measured.
                        _ = try await Program.run("curl", ["-sS"] + arguments + [mark + small, address])
                        let before = try Self.kilobytes("VmRSS")
                        let answer = try await Program.run("curl", ["-sS"] + arguments + [mark + big, address])
                        let after = try Self.kilobytes("VmHWM")
                        print("\(arguments): VmRSS \(before) kB before, VmHWM \(after) kB after")
                        #expect(try WireValue(answer.output)["media"]?["bytes"] == .number(Double(size)))
                        #expect(after - before < 64 << 10, "\(arguments): \(before) kB before, \(after) kB after")
                    }
                }
                try await service.expectEmpty()
            }
        }

        private static func kilobytes(_ key: String) throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("\(key):") }
            return try #require(line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
        }
    }
#endif
