#ifdef __linux__
#define _GNU_SOURCE
#include "CLockdown.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define CLD_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CLD_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no system call list for this architecture"
#endif

static int seccomp(unsigned operation, unsigned flags, void *argument) {
    return (int)syscall(SYS_seccomp, operation, flags, argument);
}

int cld_available_layers(void) {
    int layers = 0;
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1) layers |= CLD_LANDLOCK;
    uint32_t action = SECCOMP_RET_KILL_PROCESS;
    if (seccomp(SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0) layers |= CLD_SECCOMP;
    return layers;
}

// Applies a Landlock ruleset that handles every kind of access to files (and to TCP, where the kernel supports that)
// and allows none of them.
static int forbid_files(void) {
    const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return -ENOSYS;
    // This struct is `struct landlock_ruleset_attr` with the field and the rights that newer kernels added, because the
    // headers that this file is compiled with may be older.
    struct {
        uint64_t files, network;
    } handled = {.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    if (version >= 2) handled.files |= 1ULL << 13;  // link and rename between folders
    if (version >= 3) handled.files |= 1ULL << 14;  // truncate
    if (version >= 5) handled.files |= 1ULL << 15;  // ioctl on devices
    if (version >= 4) handled.network = 1 | 2;      // bind and connect TCP
    const size_t size = version >= 4 ? sizeof handled : sizeof handled.files;
    const int set = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (set < 0) return -errno;
    const int result = syscall(SYS_landlock_restrict_self, set, 0) == 0 ? 0 : -errno;
    close(set);
    return result;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ARGUMENT(number) LOAD(args[number])  // the low half, on a little-endian machine
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define FAIL(code) ANSWER(SECCOMP_RET_ERRNO | (code))
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), ANSWER(SECCOMP_RET_ALLOW)
#define REFUSE(call, code) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), FAIL(code)
// Allows the call when the argument equals the value; otherwise the process ends.
#define ALLOW_IF_EQUAL(call, number, value) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), ARGUMENT(number), \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), ANSWER(SECCOMP_RET_ALLOW), \
        ANSWER(SECCOMP_RET_KILL_PROCESS)
// Allows the call when none of the bits is set in the argument; otherwise the process ends.
#define ALLOW_WITHOUT(call, number, bits) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), ARGUMENT(number), \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 1, 0), ANSWER(SECCOMP_RET_ALLOW), \
        ANSWER(SECCOMP_RET_KILL_PROCESS)

// Applies a seccomp filter that allows positioned reads, writes, memory, clocks and the end of the process. Any other
// call ends the process.
static int forbid_calls(void) {
    const uint32_t self = (uint32_t)getpid();
    struct sock_filter rules[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CLD_ARCHITECTURE, 1, 0),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        ALLOW(pread64),
        ALLOW(write),
        ALLOW(futex),
        ALLOW(brk),
        ALLOW(munmap),
        ALLOW(mremap),
        ALLOW(madvise),
        ALLOW(close),
        ALLOW(exit),
        ALLOW(exit_group),
        ALLOW(clock_gettime),
        ALLOW(clock_nanosleep),
        ALLOW(gettimeofday),
        ALLOW(getrandom),
        ALLOW(sysinfo),  // glibc's qsort(3) asks for the size of the memory before it sorts more than 1 KiB
        ALLOW(getpid),
        ALLOW(gettid),
        ALLOW(sched_yield),
        ALLOW(sched_getaffinity),
        ALLOW(restart_syscall),
        ALLOW(rt_sigreturn),
        ALLOW(rt_sigprocmask),
        ALLOW(rt_sigaction),
        // abort(3) sends a signal to the calling process.
        ALLOW_IF_EQUAL(tgkill, 0, self),
        ALLOW_WITHOUT(mmap, 2, PROT_EXEC),
        ALLOW_WITHOUT(mprotect, 2, PROT_EXEC),
        // glibc handles these errors where it makes these calls.
        REFUSE(clone3, ENOSYS),
        REFUSE(openat, EACCES),
        REFUSE(newfstatat, EACCES),
        REFUSE(ioctl, ENOTTY),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
    };
    struct sock_fprog program = {.len = sizeof rules / sizeof *rules, .filter = rules};
    return seccomp(SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? 0 : -errno;
}

static int limit(int resource, uint64_t most) {
    // The soft limit of CPU time is one second below the hard one, so that a process over it ends with SIGXCPU. The
    // hard limit would end the process with SIGKILL, which has other causes too.
    const struct rlimit value = {.rlim_cur = most, .rlim_max = resource == RLIMIT_CPU ? most + 1 : most};
    return setrlimit(resource, &value) == 0 ? 0 : -errno;
}

int cld_close_range(unsigned first, unsigned last) {
    if (syscall(SYS_close_range, first, last, 0) == 0) return 0;
    // ENOSYS: Linux before 5.9. EPERM: a container runtime that does not know the call yet (Docker before 20.10.10).
    if (errno != ENOSYS && errno != EPERM) return -errno;
    // The kernel assigns the lowest free number, so a process that opens few files has no descriptor above this limit.
    for (unsigned descriptor = first; descriptor <= last && descriptor < 1 << 16; descriptor++) close((int)descriptor);
    return 0;
}

// Closes every descriptor that is not in `keep`: sorts the list, then closes the ranges between its members.
static int close_others(const int *keep, int count) {
    int sorted[8];
    if (count < 0 || count > 8) return -EINVAL;
    for (int index = 0; index < count; index++) {
        int place = index;
        for (; place > 0 && sorted[place - 1] > keep[index]; place--) sorted[place] = sorted[place - 1];
        sorted[place] = keep[index];
    }
    unsigned from = 0;
    for (int index = 0; index <= count; index++) {
        const unsigned next = index < count ? (unsigned)sorted[index] : ~0U;
        const int result = next > from ? cld_close_range(from, next - 1) : 0;
        if (result != 0) return result;
        from = next + 1;
    }
    return 0;
}

int cld_lock_down(const struct cld_limits *limits, int layers, pid_t parent, const int *keep, int count) {
    int result = close_others(keep, count);
    if (result == 0) result = limit(RLIMIT_CORE, 0);
    if (result == 0 && limits->cpu_seconds) result = limit(RLIMIT_CPU, limits->cpu_seconds);
    if (result == 0 && limits->address_space_bytes) result = limit(RLIMIT_AS, limits->address_space_bytes);
    if (result == 0 && limits->descriptors) result = limit(RLIMIT_NOFILE, limits->descriptors);
    if (result == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) result = -errno;
    if (result == 0 && getppid() != parent) result = -ESRCH;  // the parent ended before PR_SET_PDEATHSIG took effect
    if (result == 0 && prctl(PR_SET_DUMPABLE, 0) != 0) result = -errno;
    if (result == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) result = -errno;
    if (result == 0 && layers & CLD_LANDLOCK) result = forbid_files();
    if (result == 0 && layers & CLD_SECCOMP) result = forbid_calls();
    return result;
}
#endif
