// Locks a process down before it reads a stranger's bytes, and passes descriptors between processes. Knows nothing of
// what it protects. Linux only; elsewhere every layer reports itself absent and
// no zygote serves.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Layers of the lockdown, as bits.
enum {
    CLD_LANDLOCK = 1,  // no file can be opened, made or removed. Linux 5.13
    CLD_SECCOMP = 2,   // no system call but those on a list
};

// What a locked process may take. Zero means no limit.
struct cld_limits {
    uint64_t cpu_seconds;
    uint64_t address_space_bytes;
    uint64_t descriptors;
};

// The layers that this kernel offers.
int cld_available_layers(void);

// Locks the calling process down for good: limits, no core file, not dumpable, dies with `parent`, no new privileges,
// then `layers`. Descriptors other than `keep[0..<count]` are closed. Afterwards it may read with pread and answer
// with write, on what it holds.
//
// Returns 0, or -errno when anything failed: the caller must then end at once.
int cld_lock_down(const struct cld_limits *limits, int layers, pid_t parent, const int *keep, int count);

// What a parent asks of a zygote; sent with two descriptors: the file, and the job's own socket for the answer.
struct cld_job {
    uint64_t number;
    int64_t file_bytes;
    uint32_t measurements;
    uint32_t depth;  // of the examination, unknown here
    double thresholds[5];  // likewise
    uint32_t layers;
    uint32_t guards;  // the reader's own, unknown here
    struct cld_limits limits;
    uint64_t wall_milliseconds;
    uint64_t streams;
    uint64_t pixels;
};

// What a zygote tells its parent of a job. A child never holds the socket that these travel on.
struct cld_notice {
    uint64_t job;
    uint32_t kind;    // one of the values below
    int32_t process;  // number of the child
    int32_t status;   // of an ended child, as wait(2) gives it; of a failure, errno
};
enum {
    CLD_READY = 1,    // the zygote waits for jobs
    CLD_STARTED = 2,  // a child runs; its process descriptor comes along
    CLD_ENDED = 3,    // a child has ended and was reaped
    CLD_FAILED = 4,   // no child could be made
};

// Serves jobs from `control` in a process with one thread, and ends the process when the parent goes.
//
// Returns in every forked child, once, with its job and the two descriptors; the child is not locked down yet, and its
// parent is `*zygote`.
void cld_serve(int control, struct cld_job *job, int descriptors[2], pid_t *zygote);

// Ends the calling process at once, without running anything that was registered for its end.
_Noreturn void cld_exit(int status);

// Closes the descriptors from `first` to `last`, both included. Returns 0 or -errno.
int cld_close_range(unsigned first, unsigned last);

// A pair of connected sockets that keep message borders and are closed on exec. Returns 0 or -errno.
int cld_socket_pair(int sockets[2]);

// A descriptor of a file in memory that holds these bytes, closed on exec; -errno when there is none.
int cld_memory_file(const void *bytes, size_t count);

// A pair of connected byte streams, closed on exec. Returns 0 or -errno.
int cld_stream_pair(int sockets[2]);

// Sends one message with up to four descriptors. Returns 0 or -errno; EPIPE instead of a signal.
int cld_send(int socket, const void *bytes, size_t size, const int *descriptors, int count);

// Receives one message into `bytes` and at most four descriptors, closed on exec. Returns the number of bytes, 0 at the
// end, or -errno; `*count` becomes the number of descriptors.
ssize_t cld_receive(int socket, void *bytes, size_t size, int *descriptors, int *count);

// A descriptor that stands for a process whatever becomes of its number. Returns it or -errno. Linux 5.3.
int cld_process_descriptor(pid_t process);

// Kills the process that a descriptor stands for. Returns 0 or -errno.
int cld_kill(int process_descriptor);
