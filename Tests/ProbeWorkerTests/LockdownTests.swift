import CLockdown
import Foundation
import Testing

/// A system call that a locked process tries, and its result under seccomp.
private struct Attempt: Sendable, CustomTestStringConvertible {
    enum Fate: Sendable, Hashable {
        /// The kernel ends the process.
        case killed
        /// The call fails with this errno.
        case refused(Int32)
        /// Workers need the call, and it succeeds.
        case done
    }

    let testDescription: String
    let fate: Fate
    let number: Int
    var arguments: [Int] = []

    init(_ name: String, _ fate: Fate = .killed, _ arguments: Int..., number: (x86: Int, arm: Int)) {
        testDescription = name
        self.fate = fate
        self.arguments = arguments
        #if arch(x86_64)
            self.number = number.x86
        #else
            self.number = number.arm
        #endif
    }

    private static let anonymous = Int(MAP_PRIVATE | MAP_ANONYMOUS)

    /// Call numbers of `asm/unistd_64.h` (x86) and `asm-generic/unistd.h` (ARM). A similar call stands where ARM lacks
    /// one.
    static let all: [Attempt] = [
        Attempt("openat", .refused(EACCES), Int(AT_FDCWD), 0, 0, number: (257, 56)),
        Attempt("newfstatat", .refused(EACCES), Int(AT_FDCWD), 0, 0, 0, number: (262, 79)),
        Attempt("clone3", .refused(ENOSYS), 0, 0, number: (435, 435)),
        Attempt("ioctl", .refused(ENOTTY), 0, 0x5401, 0, number: (16, 29)),
        Attempt("open", number: (2, 437)), Attempt("openat2", number: (437, 437)),
        Attempt("open_by_handle_at", number: (304, 265)), Attempt("creat", number: (85, 437)),
        Attempt("unlinkat", number: (263, 35)), Attempt("renameat2", number: (316, 276)),
        Attempt("mkdirat", number: (258, 34)), Attempt("linkat", number: (265, 37)),
        Attempt("truncate", number: (76, 45)), Attempt("fchmod", number: (91, 52)),
        Attempt("chdir", number: (80, 49)), Attempt("chroot", number: (161, 51)), Attempt("mount", number: (165, 40)),
        Attempt("read", number: (0, 63)), Attempt("sendfile", number: (40, 71)),
        Attempt("memfd_create", number: (319, 279)), Attempt("fcntl", number: (72, 25)),
        Attempt("dup", number: (32, 23)), Attempt("pipe2", number: (293, 59)),
        Attempt("socket", .killed, 2, 1, 0, number: (41, 198)), Attempt("socketpair", number: (53, 199)),
        Attempt("connect", number: (42, 203)), Attempt("bind", number: (49, 200)), Attempt("sendto", number: (44, 206)),
        Attempt("sendmsg", number: (46, 211)), Attempt("recvmsg", number: (47, 212)),
        Attempt("io_uring_setup", number: (425, 425)), Attempt("fork", number: (57, 220)),
        Attempt("vfork", number: (58, 220)), Attempt("clone", .killed, 17, 0, 0, 0, 0, number: (56, 220)),
        Attempt("execve", number: (59, 221)), Attempt("execveat", number: (322, 281)),
        Attempt("ptrace", number: (101, 117)), Attempt("process_vm_readv", number: (310, 270)),
        Attempt("process_vm_writev", number: (311, 271)), Attempt("pidfd_open", number: (434, 434)),
        Attempt("pidfd_getfd", number: (438, 438)), Attempt("pidfd_send_signal", number: (424, 424)),
        Attempt("kill of its parent", .killed, Int(getppid()), 0, number: (62, 129)),
        Attempt("tgkill of its parent", .killed, Int(getppid()), Int(getppid()), 0, number: (234, 131)),
        Attempt("tgkill of every process", .killed, -1, 1, 0, number: (234, 131)),
        Attempt("tkill", .killed, 1, 0, number: (200, 130)), Attempt("rt_sigqueueinfo", number: (129, 138)),
        Attempt("prctl", number: (157, 167)), Attempt("prlimit64", number: (302, 261)),
        Attempt("setrlimit", number: (160, 164)), Attempt("setuid", number: (105, 146)),
        Attempt("capset", number: (126, 91)), Attempt("personality", number: (135, 92)),
        Attempt("unshare", number: (272, 97)), Attempt("setns", number: (308, 268)),
        Attempt("bpf", number: (321, 280)), Attempt("seccomp", number: (317, 277)),
        Attempt("perf_event_open", number: (298, 241)), Attempt("userfaultfd", number: (323, 282)),
        Attempt("keyctl", number: (250, 219)), Attempt("shmget", number: (29, 194)),
        Attempt("shmat", number: (30, 196)),
        Attempt("pkey_mprotect", number: (329, 288)), Attempt("remap_file_pages", number: (216, 234)),
        Attempt("modify_ldt or its kin", number: (154, 92)), Attempt("arch_prctl or its kin", number: (158, 167)),
        Attempt("a call that does not exist", number: (9999, 9999)),
        Attempt("openat of the x32 kind", number: (0x4000_0101, 9999)),
        Attempt("mmap of executable memory", .killed, 0, 4096, 5, anonymous, -1, 0, number: (9, 222)),
        Attempt("mmap of memory for everything", .killed, 0, 4096, 7, anonymous, -1, 0, number: (9, 222)),
        Attempt("mprotect to executable", .killed, 0, 4096, 4, number: (10, 226)),
        Attempt("mmap of memory", .done, 0, 4096, 3, anonymous, -1, 0, number: (9, 222)),
        Attempt("getpid", .done, number: (39, 172)), Attempt("sched_yield", .done, number: (24, 124)),
    ]
}

/// The C library's `syscall`: a number and six arguments.
private typealias SystemCall = @convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int

/// Each system call is tried by a locked-down process of its own.
@Suite("Lockdown", .enabled(if: cld_available_layers() == Int32(CLD_LANDLOCK | CLD_SECCOMP)))
struct LockdownTests {
    private static let sandbox = Int(CLD_LANDLOCK | CLD_SECCOMP)
    /// Exit status of a process whose attempt succeeded.
    private static let success: Int32 = 0
    /// Added to the number of the signal that ended a process, to make a status.
    private static let signalled: Int32 = 128

    /// Runs `body` in a forked process with one thread, like a worker. Returns its exit status, or 128 plus the signal
    /// that ended the process. Use this in exit tests only: forking is safe there, because nothing else runs in the
    /// process.
    private static func forked(_ body: () -> Int32) -> Int32 {
        // Swift marks `fork` as unavailable.
        guard let symbol = dlsym(nil, "fork") else { return 98 }
        let child = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)()
        if child == 0 { cld_exit(body()) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : signalled + status & 0x7f
    }

    /// Locks the calling process down, or ends it with status 99 when that fails.
    private static func lockDown(layers: Int, keeping kept: [Int32] = [0, 1, 2]) {
        var limits = cld_limits(cpu_seconds: 10, address_space_bytes: 0, descriptors: 64)
        guard cld_lock_down(&limits, CInt(layers), getppid(), kept, CInt(kept.count)) == 0 else { cld_exit(99) }
    }

    @Test(
        "A locked process is killed for, refused or allowed each system call, as the list of attempts states",
        arguments: Attempt.all.indices)
    func attempt(index: Int) async {
        let attempt = Attempt.all[index]
        let expected =
            switch attempt.fate {
            case .killed: Self.signalled + SIGSYS
            case .refused(let code): code
            case .done: Self.success
            }
        await #expect(processExitsWith: .exitCode(expected), "\(attempt.testDescription)") { [index] in
            _exit(Self.forked { Self.perform(Attempt.all[index]) })
        }
    }

    /// Makes the call under both layers; returns its errno, or 0 when the call succeeds.
    private static func perform(_ attempt: Attempt) -> Int32 {
        guard let symbol = dlsym(nil, "syscall") else { return 98 }
        // The kernel ignores arguments that a call does not take.
        let call = unsafeBitCast(symbol, to: SystemCall.self)
        let words = attempt.arguments + Array(repeating: 0, count: 6 - attempt.arguments.count)
        let number = attempt.number
        lockDown(layers: sandbox)
        let result = call(number, words[0], words[1], words[2], words[3], words[4], words[5])
        return result == -1 ? errno : success
    }

    /// Opens /dev/null under `layers`; returns the errno, or 0 when the call succeeds.
    private static func opening(layers: Int) -> Int32 {
        forked {
            lockDown(layers: layers)
            return open("/dev/null", O_RDONLY) < 0 ? errno : success
        }
    }

    @Test("A locked process cannot open a file under Landlock or seccomp alone, and can without both")
    func layers() async {
        await #expect(processExitsWith: .exitCode(EACCES)) { _exit(Self.opening(layers: Int(CLD_LANDLOCK))) }
        await #expect(processExitsWith: .exitCode(EACCES)) { _exit(Self.opening(layers: Int(CLD_SECCOMP))) }
        await #expect(processExitsWith: .exitCode(Self.success)) { _exit(Self.opening(layers: 0)) }
    }

    @Test("Landlock alone refuses to write, remove, create, list and execute files")
    func landlockAlone() async {
        await #expect(processExitsWith: .exitCode(5)) {
            let path = "\(NSTemporaryDirectory())clipcheck-lockdown-\(getpid())"
            close(open(path, O_CREAT | O_WRONLY | O_EXCL, 0o600))
            let refusals = Self.forked {
                Self.lockDown(layers: Int(CLD_LANDLOCK))
                var refusals: Int32 = 0
                if open(path, O_WRONLY) < 0, errno == EACCES { refusals += 1 }
                if unlink(path) < 0, errno == EACCES { refusals += 1 }
                if mkdir(path + "-folder", 0o700) < 0, errno == EACCES { refusals += 1 }
                if opendir("/") == nil, errno == EACCES { refusals += 1 }
                var words: [UnsafeMutablePointer<CChar>?] = [nil]
                if execve("/bin/true", &words, &words) < 0, errno == EACCES { refusals += 1 }
                return refusals
            }
            unlink(path)
            _exit(refusals)
        }
    }

    @Test("Landlock alone allows a process to make a socket, so seccomp must refuse it")
    func landlockMakesSockets() async {
        await #expect(processExitsWith: .exitCode(Self.success)) {
            _exit(
                Self.forked {
                    Self.lockDown(layers: Int(CLD_LANDLOCK))
                    return socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0 ? Self.success : errno
                })
        }
    }

    @Test("`cld_lock_down` keeps the named descriptors open and closes all others")
    func descriptors() async {
        await #expect(processExitsWith: .exitCode(Self.success)) {
            _exit(
                Self.forked {
                    let (kept, other) = (open("/dev/zero", O_RDONLY), open("/dev/zero", O_RDONLY))
                    var byte: UInt8 = 0
                    Self.lockDown(layers: Self.sandbox, keeping: [kept, 1])
                    guard pread(kept, &byte, 1, 0) == 1 else { return 90 }
                    guard pread(other, &byte, 1, 0) < 0, errno == EBADF else { return 91 }
                    return pread(0, &byte, 1, 0) < 0 && errno == EBADF ? Self.success : 92
                })
        }
    }

    @Test("A locked process can sort more than 1 KiB with qsort(3), which calls sysinfo(2)")
    func sorting() async {
        await #expect(processExitsWith: .exitCode(Self.success)) {
            _exit(
                Self.forked {
                    var numbers = (0..<4096).map { Int32(4096 - $0) }
                    Self.lockDown(layers: Self.sandbox)
                    qsort(&numbers, numbers.count, MemoryLayout<Int32>.size) { left, right in
                        guard let left, let right else { return 0 }
                        return left.load(as: Int32.self) - right.load(as: Int32.self)
                    }
                    return numbers.first == 1 && numbers.last == 4096 ? Self.success : 95
                })
        }
    }

    @Test("abort(3) ends a locked process by SIGABRT")
    func abortWorks() async {
        await #expect(processExitsWith: .exitCode(Self.signalled + SIGABRT)) {
            signal(SIGABRT, SIG_DFL)
            _exit(
                Self.forked {
                    Self.lockDown(layers: Self.sandbox)
                    abort()
                })
        }
    }

    @Test("`cld_lock_down` fails with ESRCH when the parent is another process than the given one")
    func orphan() async {
        await #expect(processExitsWith: .exitCode(ESRCH)) {
            var limits = cld_limits(cpu_seconds: 0, address_space_bytes: 0, descriptors: 0)
            _exit(Self.forked { -cld_lock_down(&limits, 0, getpid(), [1], 1) })
        }
    }

    @Test("`cld_lock_down` fails with EINVAL for nine descriptors to keep")
    func tooManyDescriptors() async {
        await #expect(processExitsWith: .exitCode(EINVAL)) {
            var limits = cld_limits(cpu_seconds: 0, address_space_bytes: 0, descriptors: 0)
            _exit(Self.forked { -cld_lock_down(&limits, 0, getppid(), [0, 1, 2, 3, 4, 5, 6, 7, 8], 9) })
        }
    }

    @Test("A locked process may write no core file and open at most 64 descriptors")
    func limits() async {
        await #expect(processExitsWith: .exitCode(Self.success)) {
            _exit(
                Self.forked {
                    Self.lockDown(layers: 0)
                    var core = rlimit(rlim_cur: 1, rlim_max: 1)
                    var files = core
                    guard getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &core) == 0,
                        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0
                    else { return 96 }
                    return core.rlim_max == 0 && files.rlim_cur == 64 && files.rlim_max == 64 ? Self.success : 94
                })
        }
    }
}
