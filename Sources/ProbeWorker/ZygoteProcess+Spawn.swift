internal import Foundation

extension ZygoteProcess {
    /// Starts the executable as a zygote; nil when it cannot be started.
    ///
    /// The zygote has the control socket on `controlDescriptor`, no input, no output, and the environment below.
    static func spawn(_ executable: String, control: Int32) -> pid_t? {
        #if canImport(Darwin)
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
        #else
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, control, controlDescriptor)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The Swift runtime blocks signals in its threads, and a spawned process inherits the mask. The zygote and its
        // children must end by signals as other processes do.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = [strdup(executable), strdup(argument), nil]
        defer { for argument in arguments { free(argument) } }
        var variables = environment.map { strdup($0) } + [nil]
        defer { for variable in variables { free(variable) } }
        var process = pid_t()
        return posix_spawn(&process, executable, &actions, &attributes, &arguments, &variables) == 0 ? process : nil
    }

    /// The environment of a zygote.
    ///
    /// - `LD_BIND_NOW`: the zygote looks every symbol up once, so that its children need not.
    /// - `SWIFT_BACKTRACE`: a child that crashes ends at once. The Swift runtime would start another program to print a
    ///   backtrace, which a locked process cannot do.
    /// - `LD_LIBRARY_PATH`, if the parent has it: libraries in other folders (an FFmpeg in /opt) must be found again.
    private static var environment: [String] {
        let inherited = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=" + String(cString: $0)] } ?? []
        return ["LD_BIND_NOW=1", "SWIFT_BACKTRACE=enable=no"] + inherited
    }
}
