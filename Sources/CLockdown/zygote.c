#ifdef __linux__
#define _GNU_SOURCE
#include "CLockdown.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

// Children that run, so that an ended one can be told by its job. The parent bounds the jobs in flight far below this.
enum { most_children = 1024 };
static struct {
    pid_t process;
    uint64_t job;
} children[most_children];

static void tell(int control, uint64_t job, uint32_t kind, pid_t process, int status, int descriptor) {
    const struct cld_notice notice = {.job = job, .kind = kind, .process = process, .status = status};
    // When the parent is gone the next receive says so.
    cld_send(control, &notice, sizeof notice, &descriptor, descriptor >= 0 ? 1 : 0);
}

static void reap(int control) {
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int index = 0; index < most_children; index++) {
            if (children[index].process != ended) continue;
            children[index].process = 0;
            tell(control, children[index].job, CLD_ENDED, ended, status, -1);
            break;
        }
    }
}

// Forks for a job. Returns 0 in the child, else 1.
static int start(int control, const struct cld_job *job, int signals) {
    int slot = 0;
    while (slot < most_children && children[slot].process) slot++;
    if (slot == most_children) {
        tell(control, job->number, CLD_FAILED, 0, EAGAIN, -1);
        return 1;
    }
    const pid_t child = fork();
    if (child < 0) {
        tell(control, job->number, CLD_FAILED, 0, errno, -1);
        return 1;
    }
    if (child == 0) {
        close(control);
        close(signals);
        return 0;
    }
    children[slot].process = child;
    children[slot].job = job->number;
    const int descriptor = cld_process_descriptor(child);
    tell(control, job->number, CLD_STARTED, child, 0, descriptor);
    if (descriptor >= 0) close(descriptor);
    return 1;
}

static int prepare_signals(void) {
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    // An interrupt at the terminal is the parent's affair. Its end shows on the control socket; a death signal would
    // come with the end of the thread that started us.
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

void cld_serve(int control, struct cld_job *job, int descriptors[2], pid_t *zygote) {
    // Whatever the parent forgot to mark as its own is not for us, let alone for the children.
    cld_close_range((unsigned)control + 1, ~0U);
    // As its children are: what /proc hides of them from the parent, it then hides of this one, and the parent sees it.
    prctl(PR_SET_DUMPABLE, 0);
    const int signals = prepare_signals();
    if (signals < 0) _exit(70);
    // A child lives for one file: giving memory back to the kernel between two packets only costs it page faults.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    *zygote = getpid();
    tell(control, 0, CLD_READY, *zygote, 0, -1);
    struct pollfd waits[2] = {{.fd = control, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR) _exit(70);
        if (waits[1].revents) {
            struct signalfd_siginfo ignored;
            while (read(signals, &ignored, sizeof ignored) > 0) continue;
            reap(control);
        }
        if (!waits[0].revents) continue;
        int received[4], count;
        const ssize_t size = cld_receive(control, job, sizeof *job, received, &count);
        if (size <= 0) _exit(0);  // the parent has gone
        if (size == (ssize_t)sizeof *job && count == 2 && start(control, job, signals) == 0) {
            descriptors[0] = received[0];
            descriptors[1] = received[1];
            return;
        }
        while (count > 0) close(received[--count]);
    }
}
#endif
