internal import Foundation

extension ZygoteProcess {
    /// Starts the executable as a zygote; nil when it cannot be started.
    ///
    /// The zygote has the control socket on `controlDescriptor`, an empty standard input, no standard output, and the
    /// environment below. It shares the parent's standard error.
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
        // The Swift runtime blocks signals in its threads, and a spawned process inherits the mask. The mask is
        // cleared, so that signals can end the zygote and its children.
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
    /// - `LD_BIND_NOW`: the zygote resolves every symbol at its start, so that its children need not.
    /// - `SWIFT_BACKTRACE`: a child that crashes ends at once. The Swift runtime would otherwise start another program
    ///   to print a backtrace, which a locked process cannot do.
    /// - `LD_LIBRARY_PATH`, if the parent has it: libraries in other folders (an FFmpeg in /opt) must be found again.
    private static var environment: [String] {
        let inherited = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=" + String(cString: $0)] } ?? []
        return ["LD_BIND_NOW=1", "SWIFT_BACKTRACE=enable=no"] + inherited
    }
}
