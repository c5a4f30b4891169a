// A disk that tells what it was asked to do: every change below FAULTS_ROOT goes, in order and with its data, into the
// log FAULTS_LOG, and so does every fsync. `disk.py` computes from it what a power cut after any event leaves behind.
//
//   FAULTS_CONTROL        a page shared with the driver (struct control)
//   FAULTS_IGNORE         fsyncs that are left out of the log: any of the words media, folders, database, other
//   FAULTS_SYNC_MICROSECONDS   how long an fsync takes at most
//
// Changes that are not modelled (mmap, sendfile, dup) make the driver's comparison of the log with the folder fail.
#include "below.h"

// Kinds of events; `disk.py` has the same list.
enum { OPEN = 1, WRITE, TRUNCATE, TRUNCATE_NAME, ALLOCATE, RENAME, LINK, UNLINK, MKDIR, SYNC, SYNC_ALL };

struct event {
    uint32_t kind, handle;
    int64_t offset, nanoseconds;
    uint32_t flags, path, second, data;  // the last three are lengths of what follows
};

// `events`: how many are in the log. The disk stands still once there are `cut`; `busy` is 1 during an operation.
struct control {
    _Atomic uint64_t events, cut;
    _Atomic uint32_t busy;
};

static struct control *control;
static int log_descriptor = -1;
static uint32_t last_handle;
static long most_sync_microseconds;
static pthread_mutex_t disk = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
    if (getenv("FAULTS_ROOT") == NULL) return;
    control = shared_page("FAULTS_CONTROL");
    log_descriptor = open_to_append("FAULTS_LOG");
    const char *longest = getenv("FAULTS_SYNC_MICROSECONDS");
    most_sync_microseconds = longest ? atol(longest) : 0;
    look_below_root();
}

// One operation at a time, so that the log has the order of the disk. After the cut nobody comes back from here.
static void begin(void) {
    pthread_mutex_lock(&disk);
    atomic_store(&control->busy, 1);
    if (atomic_load(&control->events) < atomic_load(&control->cut)) return;
    atomic_store(&control->busy, 0);
    for (;;) pause();
}

static long end(long result) {
    int code = errno;
    atomic_store(&control->busy, 0);
    pthread_mutex_unlock(&disk);
    errno = code;
    return result;
}

static void note(
    int kind, uint32_t handle, int64_t offset, uint32_t flags, const char *path, const char *second,
    const struct iovec *data, int pieces, size_t bytes
) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct event event = {
        kind, handle, offset, now.tv_sec * 1000000000LL + now.tv_nsec, flags, path ? strlen(path) : 0,
        second ? strlen(second) : 0, (uint32_t)bytes};
    struct iovec parts[3] = {{&event, sizeof event}, {(char *)path, event.path}, {(char *)second, event.second}};
    syscall(SYS_writev, log_descriptor, parts, 3);
    for (int i = 0; i < pieces && bytes > 0; i++) {
        size_t part = data[i].iov_len < bytes ? data[i].iov_len : bytes;
        syscall(SYS_write, log_descriptor, data[i].iov_base, part);
        bytes -= part;
    }
    atomic_fetch_add(&control->events, 1);
}

static void note_names(int kind, const char *path, const char *second) {
    note(kind, 0, 0, 0, path, second, NULL, 0, 0);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char relative[PATH_MAX];
    if (!below(folder, path, relative)) {
        int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
        set_handle(descriptor, 0);
        return descriptor;
    }
    begin();
    int made = (flags & O_CREAT) && !exists(folder, path);
    int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (descriptor >= 0) {
        set_handle(descriptor, ++last_handle);
        note(OPEN, last_handle, 0, (made ? 1 : 0) | (flags & O_TRUNC ? 2 : 0), relative, NULL, NULL, 0, 0);
    }
    return (int)end(descriptor);
}

// `offset` -1: at the descriptor's own position, which has moved on when the call returns.
static ssize_t written(int descriptor, const struct iovec *data, int pieces, int64_t offset, uint32_t handle) {
    begin();
    ssize_t count = offset < 0 ? syscall(SYS_writev, descriptor, data, pieces)
                               : syscall(SYS_pwritev, descriptor, data, pieces, (long)offset, 0L);
    if (count > 0) {
        int64_t at = offset < 0 ? syscall(SYS_lseek, descriptor, 0L, SEEK_CUR) - count : offset;
        note(WRITE, handle, at, 0, NULL, NULL, data, pieces, (size_t)count);
    }
    return end(count);
}

ssize_t write(int descriptor, const void *data, size_t count) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return syscall(SYS_write, descriptor, data, count);
    return written(descriptor, &(struct iovec){(void *)data, count}, 1, -1, handle);
}

ssize_t pwrite(int descriptor, const void *data, size_t count, off_t offset) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return syscall(SYS_pwrite64, descriptor, data, count, offset);
    return written(descriptor, &(struct iovec){(void *)data, count}, 1, offset, handle);
}

ssize_t writev(int descriptor, const struct iovec *data, int pieces) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return syscall(SYS_writev, descriptor, data, pieces);
    return written(descriptor, data, pieces, -1, handle);
}

ssize_t pwritev(int descriptor, const struct iovec *data, int pieces, off_t offset) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return syscall(SYS_pwritev, descriptor, data, pieces, offset, 0L);
    return written(descriptor, data, pieces, offset, handle);
}
ALSO(pwrite, pwrite64);
ALSO(pwritev, pwritev64);

int ftruncate(int descriptor, off_t size) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return (int)syscall(SYS_ftruncate, descriptor, size);
    begin();
    long result = syscall(SYS_ftruncate, descriptor, size);
    if (result == 0) note(TRUNCATE, handle, size, 0, NULL, NULL, NULL, 0, 0);
    return (int)end(result);
}

int truncate(const char *path, off_t size) {
    char relative[PATH_MAX];
    if (!below(AT_FDCWD, path, relative)) return (int)syscall(SYS_truncate, path, size);
    begin();
    long result = syscall(SYS_truncate, path, size);
    if (result == 0) note(TRUNCATE_NAME, 0, size, 0, relative, NULL, NULL, 0, 0);
    return (int)end(result);
}
ALSO(ftruncate, ftruncate64);
ALSO(truncate, truncate64);

// Only plain growth is modelled.
int fallocate(int descriptor, int mode, off_t offset, off_t length) {
    uint32_t handle = handle_of(descriptor);
    if (!handle) return (int)syscall(SYS_fallocate, descriptor, mode, offset, length);
    begin();
    long result = syscall(SYS_fallocate, descriptor, mode, offset, length);
    if (result == 0 && mode == 0) note(ALLOCATE, handle, offset + length, 0, NULL, NULL, NULL, 0, 0);
    return (int)end(result);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
    return fallocate(descriptor, 0, offset, length) == 0 ? 0 : errno;
}
ALSO(fallocate, fallocate64);
ALSO(posix_fallocate, posix_fallocate64);

// A call with two names.
static int moved(int kind, int from, const char *path, int to, const char *target, unsigned flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int ours = below(from, path, old) & below(to, target, new);
    long call = kind == RENAME ? SYS_renameat2 : SYS_linkat;
    if (!ours) return (int)syscall(call, from, path, to, target, flags);
    begin();
    long result = syscall(call, from, path, to, target, flags);
    if (result == 0) note_names(kind, old, new);
    return (int)end(result);
}

int rename(const char *path, const char *target) { return moved(RENAME, AT_FDCWD, path, AT_FDCWD, target, 0); }
int renameat(int from, const char *path, int to, const char *target) {
    return moved(RENAME, from, path, to, target, 0);
}
int renameat2(int from, const char *path, int to, const char *target, unsigned flags) {
    return moved(RENAME, from, path, to, target, flags);
}
int link(const char *path, const char *target) { return moved(LINK, AT_FDCWD, path, AT_FDCWD, target, 0); }
int linkat(int from, const char *path, int to, const char *target, int flags) {
    return moved(LINK, from, path, to, target, (unsigned)flags);
}

int unlinkat(int folder, const char *path, int flags) {
    char relative[PATH_MAX];
    if (!below(folder, path, relative)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    begin();
    long result = syscall(SYS_unlinkat, folder, path, flags);
    if (result == 0) note_names(UNLINK, relative, NULL);
    return (int)end(result);
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    return unlink(path) == 0 ? 0 : errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

int mkdirat(int folder, const char *path, mode_t mode) {
    char relative[PATH_MAX];
    if (!below(folder, path, relative)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    begin();
    long result = syscall(SYS_mkdirat, folder, path, mode);
    if (result == 0) note_names(MKDIR, relative, NULL);
    return (int)end(result);
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

// Whether FAULTS_IGNORE names what this descriptor is.
static int is_ignored(int descriptor) {
    const char *ignored = getenv("FAULTS_IGNORE");
    if (ignored == NULL) return 0;
    struct stat status;
    char path[PATH_MAX] = "";
    if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) return strstr(ignored, "folders") != NULL;
    if (!starting_folder(descriptor, path)) return 0;
    int is_media = strstr(path, "/incoming/") != NULL || strstr(path, "/media/") != NULL;
    return strstr(ignored, is_media ? "media" : strstr(path, ".sqlite") ? "database" : "other") != NULL;
}

// Nothing is written to the real disk: the log is the disk. Only what was written before the call is promised.
static int synced(int descriptor, uint32_t handle) {
    begin();
    if (!is_ignored(descriptor)) note(SYNC, handle, 0, 0, NULL, NULL, NULL, 0, 0);
    end(0);
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (most_sync_microseconds > 0) usleep((useconds_t)(now.tv_nsec % most_sync_microseconds));
    return 0;
}

int fsync(int descriptor) {
    uint32_t handle = handle_of(descriptor);
    return handle ? synced(descriptor, handle) : (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
    uint32_t handle = handle_of(descriptor);
    return handle ? synced(descriptor, handle) : (int)syscall(SYS_fdatasync, descriptor);
}

// Promises nothing about names or sizes, so it makes nothing durable here.
int sync_file_range(int descriptor, off64_t offset, off64_t count, unsigned flags) {
    return handle_of(descriptor) ? 0 : (int)syscall(SYS_sync_file_range, descriptor, offset, count, flags);
}

int syncfs(int descriptor) {
    if (!handle_of(descriptor)) return (int)syscall(SYS_syncfs, descriptor);
    begin();
    if (!is_ignored(descriptor)) note_names(SYNC_ALL, NULL, NULL);
    return (int)end(0);
}
