// What both shims share: which files lie below FAULTS_ROOT, and a handle for each of their descriptors. LD_PRELOAD puts
// the shims before glibc, so that its functions are found here first.
//
// Raw system calls are used throughout: nothing has to be looked up, and nothing comes back to us.
#pragma once
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// An absolute path without symbolic links; empty until the environment was read.
static char root[PATH_MAX];
static size_t root_length;

// By descriptor: a number that is never used twice, so that a reused descriptor is told from what it was. 0: not ours.
#define MOST_DESCRIPTORS 65536
static _Atomic uint32_t handles[MOST_DESCRIPTORS];

static uint32_t handle_of(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? atomic_load(&handles[descriptor]) : 0;
}

static void set_handle(int descriptor, uint32_t handle) {
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) atomic_store(&handles[descriptor], handle);
}

// Writes the folder that a relative path begins at.
static int starting_folder(int folder, char start[PATH_MAX]) {
    if (folder == AT_FDCWD) return syscall(SYS_getcwd, start, PATH_MAX) > 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, start, PATH_MAX - 1);
    if (length < 0) return 0;
    start[length] = 0;
    return 1;
}

// Writes `path` without ".", ".." and doubled slashes, relative to the root ("" is the root). False: not below it.
static int below(int folder, const char *path, char relative[PATH_MAX]) {
    if (root_length == 0 || path == NULL) return 0;
    char whole[2 * PATH_MAX], clean[PATH_MAX];
    if (path[0] == '/') {
        snprintf(whole, sizeof whole, "%s", path);
    } else {
        if (!starting_folder(folder, clean)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", clean, path);
    }
    size_t length = 0;
    char *rest = NULL;
    for (char *name = strtok_r(whole, "/", &rest); name != NULL; name = strtok_r(NULL, "/", &rest)) {
        if (strcmp(name, ".") == 0) continue;
        if (strcmp(name, "..") == 0) {
            while (length > 0 && clean[--length] != '/') {}
            continue;
        }
        int added = snprintf(clean + length, sizeof clean - length, "/%s", name);
        if (added < 0 || (length += (size_t)added) >= sizeof clean) return 0;
    }
    clean[length] = 0;
    if (strncmp(clean, root, root_length) != 0) return 0;
    if (clean[root_length] != 0 && clean[root_length] != '/') return 0;
    snprintf(relative, PATH_MAX, "%s", clean + root_length + (clean[root_length] == '/'));
    return 1;
}

static int exists(int folder, const char *path) {
    struct stat status;
    return fstatat(folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
}


// Maps the page that the driver and the shim share.
static void *shared_page(const char *variable) {
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, getenv(variable), O_RDWR | O_CLOEXEC, 0);
    void *page = descriptor < 0 ? MAP_FAILED : mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (page == MAP_FAILED) {
        fprintf(stderr, "faults: %s names no page to share\n", variable);
        _exit(99);
    }
    syscall(SYS_close, descriptor);
    return page;
}

static int open_to_append(const char *variable) {
    return (int)syscall(SYS_openat, AT_FDCWD, getenv(variable), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

// Reads FAULTS_ROOT; the last step of a shim's own constructor, because from here on its calls are looked at.
static void look_below_root(void) {
    if (realpath(getenv("FAULTS_ROOT"), root) == NULL) {
        fprintf(stderr, "faults: FAULTS_ROOT names no folder\n");
        _exit(99);
    }
    root_length = strlen(root);
}

// The names under which glibc exports one function, `body` being called by each.
#define ALSO(name, other) extern __typeof__(name) other __attribute__((alias(#name)))

// Opens a file; each shim has its own.
static int opened(int folder, const char *path, int flags, mode_t mode);

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
ALSO(open, open64);
ALSO(openat, openat64);
ALSO(creat, creat64);
ALSO(__open_2, __open64_2);
ALSO(__openat_2, __openat64_2);

int close(int descriptor) {
    set_handle(descriptor, 0);  // before another thread gets the same number
    return (int)syscall(SYS_close, descriptor);
}
