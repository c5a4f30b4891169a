// Systems other than Linux: no layer is available, no zygote serves, and every other function fails with ENOSYS.
#ifndef __linux__
#include "CLockdown.h"

#include <errno.h>
#include <unistd.h>

int cld_available_layers(void) { return 0; }

int cld_lock_down(const struct cld_limits *limits, int layers, pid_t parent, const int *keep, int count) {
    return -ENOSYS;
}

void cld_serve(int control, struct cld_job *job, int descriptors[2], pid_t *zygote) { _exit(70); }

void cld_keep_freed_memory(int threshold, int trim, int pad) {}

int cld_close_range(unsigned first, unsigned last) { return -ENOSYS; }

int cld_socket_pair(int sockets[2]) { return -ENOSYS; }

int cld_memory_file(const void *bytes, size_t count) { return -ENOSYS; }

int cld_stream_pair(int sockets[2]) { return -ENOSYS; }

int cld_send(int socket, const void *bytes, size_t size, const int *descriptors, int count) { return -ENOSYS; }

int cld_try_send(int socket, const void *bytes, size_t size, const int *descriptors, int count) { return -ENOSYS; }

ssize_t cld_receive(int socket, void *bytes, size_t size, int *descriptors, int *count) { return -ENOSYS; }

int cld_process_descriptor(pid_t process) { return -ENOSYS; }

int cld_kill(int process_descriptor) { return -ENOSYS; }

_Noreturn void cld_exit(int status) { _exit(status); }
#endif
