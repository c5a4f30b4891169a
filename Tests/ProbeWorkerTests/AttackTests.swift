import CLockdown
import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

@testable import ProbeWorker

/// The layers and guards that are on while workers read the attack set.
struct Defence: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var layers = Int(CLD_LANDLOCK | CLD_SECCOMP)
    var guards = ProbeGuards.all

    /// All defences together, and each combination that lacks one of them.
    static let lackingOne = [
        Defence(testDescription: "everything"),
        Defence(testDescription: "without Landlock", layers: Int(CLD_SECCOMP)),
        Defence(testDescription: "without seccomp", layers: Int(CLD_LANDLOCK)),
        Defence(testDescription: "without the list of formats", guards: [.protocols, .neighbours]),
        Defence(testDescription: "without the list of protocols", guards: [.formats, .neighbours]),
        Defence(testDescription: "without the refusal of neighbours", guards: [.formats, .protocols]),
    ]

    /// Defences that suffice by themselves. Landlock does not, because it does not cover sockets. The refusal of
    /// neighbours does not, because some demuxers open files in another way.
    static let alone = [
        Defence(testDescription: "the sandbox alone", guards: []),
        Defence(testDescription: "seccomp alone", layers: Int(CLD_SECCOMP), guards: []),
        Defence(testDescription: "the list of formats alone", layers: 0, guards: .formats),
        Defence(testDescription: "the list of protocols alone", layers: 0, guards: .protocols),
    ]

    static let none = Defence(testDescription: "nothing", layers: 0, guards: [])
    static let landlockAlone = Defence(testDescription: "Landlock alone", layers: Int(CLD_LANDLOCK), guards: [])
    static let neighboursAlone = Defence(
        testDescription: "the refusal of neighbours alone", layers: 0, guards: .neighbours)
}

/// The results of reading the attack set.
struct Onslaught {
    let outcomes: [(attack: Attack, result: Result<MediaFacts, ProbeError>)]
    /// Names of the canaries that were opened.
    let touched: Set<String>
    /// Connections and packets that the loopback trap received.
    let visits: Int
    /// The system calls of the workers; nil without strace.
    let doings: Doings?
    /// Workers that strace saw, and the number of them that seccomp ended.
    let workers: Int
    let killed: Int
    /// Whether the first zygote still serves after the last attack.
    let zygoteLived: Bool

    /// Reads every attack of a new set with workers under `defence`, in the folder of the attacks.
    init(against defence: Defence, wallTime: Duration = .seconds(20)) async throws {
        let trap = try LoopbackTrap()
        defer { trap.stop() }
        let set = try AttackSet(port: trap.port)
        let log = set.folder.path("trace.log")
        let watch = try FolderWatch(set.canaries)
        let worker = try ProbeWorker(
            executable: try Self.launcher(in: set.folder, log: log), limits: WorkerLimits(wallTime: wallTime),
            isolation: .available, layers: UInt32(defence.layers), guards: defence.guards, lanes: 4)
        let zygote = worker.zygoteProcess
        outcomes = try await withThrowingTaskGroup { group in
            for attack in set.attacks {
                let file = try #require(ProbedFile(attack.path))
                group.addTask { (attack, await worker.outcome(of: file.media)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        zygoteLived = worker.zygoteProcess == zygote && worker.zygoteProcess.map(ProcessTable.isRunning) == true
        touched = watch.touched()
        visits = trap.count
        guard SystemCallTrace.program != nil else {
            (doings, workers, killed) = (nil, set.attacks.count, 0)
            return
        }
        let trace = try SystemCallTrace(log)
        doings = Doings(trace.calls(of: trace.workers))
        workers = trace.workers.count
        killed = trace.killed
    }

    /// A script that starts the zygote in the folder of the attacks, under strace where the system has it.
    private static func launcher(in folder: TemporaryFolder, log: String) throws -> String {
        let tracer = SystemCallTrace.program.map { [$0] + SystemCallTrace.options(log: log) } ?? []
        let words = (tracer + [Binary.path]).map { "'\($0)'" }.joined(separator: " ")
        let script = try folder.write(
            Data("#!/bin/sh\ncd '\(folder.url.path)' && exec \(words) \"$@\"\n".utf8), to: "zygote.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
        return script
    }

    func describe(_ defence: Defence) -> String {
        let traced = doings.map(\.description) ?? "not traced"
        return
            "\(defence.testDescription): \(outcomes.count) attacks, \(workers) workers, \(traced), killed: \(killed), "
            + "canaries touched: \(touched.count), visits on the loopback: \(visits)"
    }
}

/// Files that ask the reader for other files or for the network get access to neither.
@Suite("Attack files", .serialized, .timeLimit(.minutes(10)))
struct AttackTests {
    /// Facts of the canaries. No attack file has the same facts.
    private static let canaries: [MediaFacts] = ["short.ts", "short.mp4"].compactMap { clip in
        ProbedFile(TestMedia.path(clip)).flatMap {
            try? InProcessProber().readFacts(of: $0.media, measuring: [.header, .packets])
        }
    }

    @Test(
        "Every attack file gives facts other than the canary's or an error of the file, and the zygote lives on"
    )
    func answers() async throws {
        try #require(Self.canaries.count == 2)
        let onslaught = try await Onslaught(against: .lackingOne[0])
        #expect(onslaught.outcomes.count > 200)
        #expect(onslaught.zygoteLived)
        var codes: [String: Int] = [:]
        for (attack, result) in onslaught.outcomes {
            switch result {
            case .success(let facts):
                codes["facts", default: 0] += 1
                for canary in Self.canaries {
                    let isCanary = facts.video != nil && facts.video?.picture == canary.video?.picture
                    #expect(!isCanary, "\(attack.testDescription)")
                }
            case .failure(let error):
                codes[error.code.rawValue, default: 0] += 1
                #expect(error.fault == .file, "\(attack.testDescription): \(error.code)")
            }
        }
        print("attack set: \(codes.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", "))")
    }

    @Test(
        "Attack files open no file and no socket with all defences on, and with any one of them off",
        arguments: Defence.lackingOne)
    func lackingOne(defence: Defence) async throws { try await expectClean(defence) }

    @Test(
        "Attack files open no file and no socket under a single defence that suffices alone", arguments: Defence.alone)
    func alone(defence: Defence) async throws { try await expectClean(defence) }

    @Test("Attack files open no file under Landlock alone")
    func landlockAlone() async throws {
        let onslaught = try await Onslaught(against: .landlockAlone, wallTime: .seconds(2))
        print(onslaught.describe(.landlockAlone))
        #expect(onslaught.touched.isEmpty)
        #expect(onslaught.doings?.opened.isEmpty ?? true)
    }

    @Test("Attack files open a canary and a socket when all defences are off, so the test can detect both")
    func nothing() async throws {
        let onslaught = try await Onslaught(against: .none, wallTime: .seconds(2))
        print(onslaught.describe(.none))
        #expect(onslaught.touched.contains("clip.ts"))
        #expect(onslaught.visits > 0)
        if let doings = onslaught.doings {
            #expect(doings.opened.contains { $0.arguments.contains("canary/clip.ts") })
            #expect(!doings.sockets.isEmpty)
        }
        let neighbours = try await Onslaught(against: .neighboursAlone, wallTime: .seconds(2))
        print(neighbours.describe(.neighboursAlone))
    }

    @Test("The command `clipcheck probe` opens no file and no socket for an attack file, according to strace")
    func wholeProgram() async throws {
        guard let strace = SystemCallTrace.program else {
            print("skipped: no strace, or the system forbids tracing")
            return
        }
        let trap = try LoopbackTrap()
        defer { trap.stop() }
        let set = try AttackSet(port: trap.port)
        let watch = try FolderWatch(set.canaries)
        let trace = try await Self.trace(strace, [Binary.path, "probe"] + set.paths, in: set.folder)
        let doings = Doings(trace.calls(of: trace.workers))
        print("clipcheck probe of \(set.attacks.count) attacks, \(trace.workers.count) workers: \(doings)")
        #expect(trace.zygotes.count == 1)
        // The first worker reads the program's own clip to try the lockdown, so there is one worker more than attacks.
        #expect(trace.workers.count == set.attacks.count + 1)
        #expect(doings.opened.isEmpty, "\(doings.opened.prefix(5))")
        #expect(doings.sockets.isEmpty, "\(doings.sockets.prefix(5))")
        #expect(doings.started.isEmpty, "\(doings.started.prefix(5))")
        #expect(!trace.calls.contains { $0.opensFile && $0.succeeded && $0.arguments.contains("canary/") })
        #expect(!trace.calls.contains { $0.reachesOut })
        #expect(watch.touched().isEmpty)
        #expect(trap.count == 0)
    }

    @Test("ffprobe opens the canary and a socket of an attack file, so strace can detect both")
    func control() async throws {
        guard let strace = SystemCallTrace.program, let player = Self.player else {
            print("skipped: no strace or no ffprobe")
            return
        }
        let trap = try LoopbackTrap()
        defer { trap.stop() }
        let set = try AttackSet(port: trap.port)
        let concat = try #require(set.paths.first { $0.hasSuffix("-concat-plain-absolute.mp4") })
        let local = try await Self.trace(strace, [player, "-v", "quiet", "-safe", "0", concat], in: set.folder)
        let lured = local.calls.filter { $0.opensFile && $0.succeeded && $0.arguments.contains("canary/clip.ts") }
        let remote = try await Self.trace(
            strace, [player, "-v", "quiet", "tcp://127.0.0.1:\(trap.port)"], in: set.folder)
        print(
            "ffprobe: files opened: \(lured.count) canaries, sockets made: \(Doings(remote.calls).sockets.count), "
                + "visits on the loopback: \(trap.count)")
        #expect(!lured.isEmpty)
        #expect(remote.calls.contains { $0.makesSocket && $0.succeeded })
        #expect(remote.calls.contains { $0.reachesOut })
    }

    private func expectClean(_ defence: Defence) async throws {
        let onslaught = try await Onslaught(against: defence)
        print(onslaught.describe(defence))
        // When seccomp ends a worker, its zygote is replaced, and the last lines of that zygote's strace are lost.
        #expect(onslaught.killed > 0 || onslaught.workers == onslaught.outcomes.count)
        #expect(onslaught.workers > onslaught.outcomes.count / 2)
        #expect(onslaught.touched.isEmpty)
        #expect(onslaught.visits == 0)
        #expect(onslaught.doings?.opened.isEmpty ?? true, "\(onslaught.doings?.opened.prefix(5) ?? [])")
        #expect(onslaught.doings?.sockets.isEmpty ?? true, "\(onslaught.doings?.sockets.prefix(5) ?? [])")
        #expect(onslaught.doings?.started.isEmpty ?? true, "\(onslaught.doings?.started.prefix(5) ?? [])")
    }

    private static let player: String? = {
        let folders = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
        return folders.map { "\($0)/ffprobe" }.first(where: FileManager.default.isExecutableFile)
    }()

    /// Runs a program under strace in `folder` and waits for its end.
    private static func trace(
        _ strace: String, _ command: [String], in folder: TemporaryFolder
    ) async throws -> SystemCallTrace {
        let log = folder.path("\(UUID().uuidString).log")
        let process = try ChildProcess(
            strace, SystemCallTrace.options(log: log) + command, environment: [:], folder: folder.url.path,
            output: SystemCallTrace.null, errors: SystemCallTrace.null)
        let hasEnded = await eventually(within: 120) { !process.isRunning }
        if !hasEnded { process.signal(SIGTERM) }
        #expect(hasEnded)
        return try SystemCallTrace(log)
    }
}
