// Locks a process down before it reads untrusted bytes, forks such processes from a zygote, and passes descriptors
// between processes. This module does not depend on the work that a locked process does.
//
// Linux only. Elsewhere every function of `elsewhere.c` fails with -ENOSYS, and no layer is available.
//
// Functions that return an int return 0 (or a descriptor) on success and -errno on failure, unless said otherwise.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Layers of the lockdown, as bits.
enum {
    CLD_LANDLOCK = 1,  // No file can be opened, created or removed. Linux 5.13 or newer.
    CLD_SECCOMP = 2,   // Only the system calls on a list are allowed; any other call ends the process with SIGSYS.
};

// Resource limits of a locked process. Zero means no limit.
struct cld_limits {
    uint64_t cpu_seconds;
    uint64_t address_space_bytes;
    uint64_t descriptors;
};

// The layers that the kernel says it offers. A container runtime may still refuse one when it is applied.
int cld_available_layers(void);

// Locks the calling process down for good: resource limits, no core file, not dumpable, death with its parent process
// `parent`, no new privileges, then `layers`. Closes every descriptor other than `keep[0..<count]` (at most 8).
// Afterwards the process may read with pread(2) and answer with write(2) on the descriptors that it kept.
//
// On failure some of the limits may already hold: the caller must end the process at once.
int cld_lock_down(const struct cld_limits *limits, int layers, pid_t parent, const int *keep, int count);

// Most bytes of a job's payload, which CLockdown passes to the code that runs in the child.
enum { CLD_PAYLOAD_BYTES = 1024 };

// A request to a zygote for one child. Travels with two descriptors: the input file, and the socket for the reply.
struct cld_job {
    uint64_t number;  // chosen by the parent; every notice about this job repeats it
    uint32_t layers;  // layers of the lockdown for this child
    uint32_t payload_bytes;
    struct cld_limits limits;
    uint8_t payload[CLD_PAYLOAD_BYTES];  // passed to the child unchanged; CLockdown never reads it
};

// A message from a zygote to its parent about one job. A child never holds the socket that notices travel on.
struct cld_notice {
    uint64_t job;
    uint32_t kind;    // one of the values below
    int32_t process;  // process id of the child
    int32_t status;   // CLD_ENDED: the status of wait(2). CLD_FAILED: an errno.
};
enum {
    CLD_READY = 1,    // the zygote waits for jobs
    CLD_STARTED = 2,  // a child runs; its process descriptor comes along, if the kernel has such descriptors
    CLD_ENDED = 3,    // a child has ended, and the zygote has reaped it
    CLD_FAILED = 4,   // the zygote could not start a child
};

// Serves jobs from `control` in a process with one thread. Ends the process when the parent closes its side, and when a
// notice cannot be sent: the parent would wait for that notice.
//
// Returns in every forked child, once, with its job, the two descriptors and the process id of the zygote. The child
// is not locked down yet.
void cld_serve(int control, struct cld_job *job, int descriptors[2], pid_t *zygote);

// Makes malloc keep freed memory instead of returning it to the kernel, which is faster for a process that reads one
// file and ends: allocations below `threshold` bytes come from the heap, and the heap shrinks only beyond `trim` free
// bytes and grows by `pad` bytes at a time. Without effect where the C library is not glibc.
void cld_keep_freed_memory(int threshold, int trim, int pad);

// Ends the calling process at once, without running its atexit(3) functions.
_Noreturn void cld_exit(int status);

// Closes the descriptors from `first` to `last`, both included.
int cld_close_range(unsigned first, unsigned last);

// Makes a pair of connected sockets that preserve message boundaries and are closed on exec.
int cld_socket_pair(int sockets[2]);

// Makes a pair of connected byte streams that are closed on exec.
int cld_stream_pair(int sockets[2]);

// Returns the descriptor of a file in memory that holds these bytes and is closed on exec.
int cld_memory_file(const void *bytes, size_t count);

// Sends one message with at most four descriptors. Fails with EPIPE instead of raising SIGPIPE.
int cld_send(int socket, const void *bytes, size_t size, const int *descriptors, int count);

// Sends as `cld_send` does, but fails with EAGAIN instead of waiting for space in the socket.
int cld_try_send(int socket, const void *bytes, size_t size, const int *descriptors, int count);

// Receives one message into `bytes` and at most four descriptors, which are closed on exec. Returns the number of bytes,
// 0 at the end of the stream, or -errno. `*count` becomes the number of descriptors.
ssize_t cld_receive(int socket, void *bytes, size_t size, int *descriptors, int *count);

// Returns a descriptor of a process (pidfd), which stays valid when the process id is used again. Linux 5.3 or newer.
int cld_process_descriptor(pid_t process);

// Kills the process of a process descriptor.
int cld_kill(int process_descriptor);
