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

enum {
    most_children = 1024,  // the parent has fewer jobs at a time
    cannot_serve = 70,     // exit status of a zygote when a system call that it needs fails
};

// The running children. The table maps the process id of an ended child to the number of its job.
static struct {
    pid_t process;  // 0 when the entry is free
    uint64_t job;
} children[most_children];

// Sends a notice. If the descriptor cannot be sent (too many in flight), the notice is sent without it; the parent
// works without descriptors.
//
// A notice that cannot be sent at all ends the zygote. Its parent then sees the socket close and starts another one;
// without the notice the parent would wait forever.
static void notify(int control, uint64_t job, uint32_t kind, pid_t process, int status, int descriptor) {
    const struct cld_notice notice = {.job = job, .kind = kind, .process = process, .status = status};
    if (descriptor >= 0 && cld_send(control, &notice, sizeof notice, &descriptor, 1) == 0) return;
    if (cld_send(control, &notice, sizeof notice, NULL, 0) != 0) _exit(cannot_serve);
}

// Reaps every child that has ended, and reports each.
static void reap(int control) {
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int index = 0; index < most_children; index++) {
            if (children[index].process != ended) continue;
            children[index].process = 0;
            notify(control, children[index].job, CLD_ENDED, ended, status, -1);
            break;
        }
    }
}

// Forks a child for a job. Returns 0 in the child and 1 in the zygote, also when the fork failed.
static int start(int control, const struct cld_job *job, int signals) {
    int slot = 0;
    while (slot < most_children && children[slot].process) slot++;
    const pid_t child = slot < most_children ? fork() : -1;
    if (child < 0) {
        notify(control, job->number, CLD_FAILED, 0, slot < most_children ? errno : EAGAIN, -1);
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
    notify(control, job->number, CLD_STARTED, child, 0, descriptor);
    if (descriptor >= 0) close(descriptor);
    return 1;
}

// Returns a descriptor that becomes readable when a child has ended.
//
// SIGINT is ignored: an interrupt at the terminal reaches the parent too, and the parent decides what ends. The zygote
// does not set PR_SET_PDEATHSIG, because that signal is sent when the *thread* that started the zygote ends. The
// control socket shows the end of the parent process.
static int watch_children(void) {
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
}

void cld_keep_freed_memory(int threshold, int trim, int pad) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, threshold);
    mallopt(M_TRIM_THRESHOLD, trim);
    mallopt(M_TOP_PAD, pad);
#endif
}

// Receives one job and forks its child. Returns 0 in the child, with both descriptors, and 1 in the zygote.
static int receive_job(int control, struct cld_job *job, int descriptors[2], int signals) {
    int received[4], count;
    const ssize_t size = cld_receive(control, job, sizeof *job, received, &count);
    if (size <= 0) _exit(0);  // the parent has closed its side
    const int is_whole = size == (ssize_t)sizeof *job;
    if (is_whole && count == 2 && start(control, job, signals) == 0) {
        descriptors[0] = received[0];
        descriptors[1] = received[1];
        return 0;
    }
    // The kernel drops received descriptors when the zygote has no free descriptor number.
    if (is_whole && count != 2) notify(control, job->number, CLD_FAILED, 0, EMFILE, -1);
    while (count > 0) close(received[--count]);
    return 1;
}

void cld_serve(int control, struct cld_job *job, int descriptors[2], pid_t *zygote) {
    // Descriptors that the parent did not mark close-on-exec must not reach the children.
    cld_close_range((unsigned)control + 1, ~0U);
    // The children are not dumpable, so a /proc mounted with hidepid hides them from the parent. The zygote makes
    // itself not dumpable too: the parent reads the zygote's memory at start and so finds out at once that it could not
    // enforce memory limits.
    prctl(PR_SET_DUMPABLE, 0);
    const int signals = watch_children();
    if (signals < 0) _exit(cannot_serve);
    *zygote = getpid();
    notify(control, 0, CLD_READY, *zygote, 0, -1);
    struct pollfd waits[2] = {{.fd = control, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        if (poll(waits, 2, -1) < 0) {
            if (errno != EINTR) _exit(cannot_serve);
            continue;
        }
        if (waits[1].revents) {
            struct signalfd_siginfo ignored;
            while (read(signals, &ignored, sizeof ignored) > 0) continue;
            reap(control);
        }
        if (waits[0].revents && receive_job(control, job, descriptors, signals) == 0) return;
    }
}
#endif
