#ifdef __linux__
#define _GNU_SOURCE
#include "CLockdown.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { most_descriptors = 4 };

int cld_socket_pair(int sockets[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0 ? 0 : -errno;
}

int cld_stream_pair(int sockets[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) == 0 ? 0 : -errno;
}

int cld_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("clip", MFD_CLOEXEC);
    if (file < 0) return -errno;
    if (write(file, bytes, count) == (ssize_t)count) return file;
    close(file);
    return -EIO;
}

static int send_message(
    int socket, const void *bytes, size_t size, const int *descriptors, int count, int flags) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * most_descriptors)];
    } control;
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count < 0 || count > most_descriptors) return -EINVAL;
    if (count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
        memcpy(CMSG_DATA(header), descriptors, sizeof(int) * (size_t)count);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL | flags);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

int cld_send(int socket, const void *bytes, size_t size, const int *descriptors, int count) {
    return send_message(socket, bytes, size, descriptors, count, 0);
}

int cld_try_send(int socket, const void *bytes, size_t size, const int *descriptors, int count) {
    return send_message(socket, bytes, size, descriptors, count, MSG_DONTWAIT);
}

// Copies the descriptors out of a received message, and closes those beyond the first four.
static void copy_descriptors(struct msghdr *message, int *descriptors, int *count) {
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        const size_t received = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < received; index++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof(int));
            if (*count < most_descriptors) descriptors[(*count)++] = descriptor;
            else close(descriptor);
        }
    }
}

ssize_t cld_receive(int socket, void *bytes, size_t size, int *descriptors, int *count) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * most_descriptors)];
    } control;
    struct iovec part = {.iov_base = bytes, .iov_len = size};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *count = 0;
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    copy_descriptors(&message, descriptors, count);
    return message.msg_flags & MSG_TRUNC ? -EMSGSIZE : received;
}

int cld_process_descriptor(pid_t process) {
    const long descriptor = syscall(SYS_pidfd_open, process, 0);
    return descriptor < 0 ? -errno : (int)descriptor;
}

int cld_kill(int process_descriptor) {
    return syscall(SYS_pidfd_send_signal, process_descriptor, SIGKILL, NULL, 0) < 0 ? -errno : 0;
}

_Noreturn void cld_exit(int status) { _exit(status); }
#endif
