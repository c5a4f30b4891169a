internal import Foundation

/// Makes the kernel refuse one system call, as a container runtime with an old list of calls does.
public enum SystemCallRefusal {
    private typealias SystemCall = @convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int

    /// Number of close_range(2) on x86-64 and aarch64.
    public static let closeRange = 436
    /// Number of landlock_restrict_self(2) on x86-64 and aarch64.
    public static let landlockRestrictSelf = 446
    /// Number of seccomp(2). Source: `asm/unistd_64.h` and `asm-generic/unistd.h`.
    public static var seccomp: Int {
        #if arch(x86_64)
            317
        #else
            277
        #endif
    }
    private static var prctl: Int {
        #if arch(x86_64)
            157
        #else
            167
        #endif
    }

    /// Refuses a call with EPERM in this process and in those that it starts.
    ///
    /// - Parameters:
    ///   - number: number of the call.
    ///   - argument: value of the first argument for which the call is refused; nil refuses every call.
    /// - Returns: `false` when the filter could not be installed.
    public static func install(_ number: Int, whenFirstArgumentIs argument: UInt32? = nil) -> Bool {
        guard let symbol = dlsym(nil, "syscall") else { return false }
        let call = unsafeBitCast(symbol, to: SystemCall.self)
        var filter = [load(offset: 0), skipUnlessEqual(UInt32(number), by: argument == nil ? 1 : 3)]
        if let argument { filter += [load(offset: 16), skipUnlessEqual(argument, by: 1)] }
        filter += [result(0x0005_0000 | UInt32(EPERM)), result(0x7fff_0000)]
        return filter.withUnsafeBufferPointer { code in
            // The layout of struct sock_fprog: the count, then the address, aligned to eight bytes.
            let program = [UInt64(code.count), UInt64(UInt(bitPattern: code.baseAddress))]
            return program.withUnsafeBufferPointer { program in
                let (noNewPrivileges, filterMode, allThreads) = (38, 1, 1)
                return call(prctl, noNewPrivileges, 1, 0, 0, 0, 0) == 0
                    && call(seccomp, filterMode, allThreads, Int(bitPattern: program.baseAddress), 0, 0, 0) == 0
            }
        }
    }

    /// A struct sock_filter as one number: code, jump if true, jump if false, value. Source: linux/filter.h.
    private static func instruction(_ code: UInt64, ifFalse: UInt64 = 0, _ value: UInt32) -> UInt64 {
        code | ifFalse << 24 | UInt64(value) << 32
    }

    private static func load(offset: UInt32) -> UInt64 { instruction(0x20, offset) }

    private static func skipUnlessEqual(_ value: UInt32, by count: UInt64) -> UInt64 {
        instruction(0x15, ifFalse: count, value)
    }

    private static func result(_ action: UInt32) -> UInt64 { instruction(0x06, action) }
}
