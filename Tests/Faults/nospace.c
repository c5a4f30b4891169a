// A disk that can be full: of the calls below FAULTS_ROOT that may need space, all fail with ENOSPC from a chosen one
// on, until the driver gives the space back.
//
//   FAULTS_CONTROL   a page shared with the driver (struct control)
//   FAULTS_LOG       one line for each such call: its name, its path and a $
#include "below.h"

// A call is looked at as the text "name path$". The disk is full from the `nth` call on that contains `pattern` (0:
// never); `matching_only`: for such calls alone. `first` is the first that failed; `partial` lets it write one half.
struct control {
    _Atomic uint64_t nth, matched, failed;
    _Atomic uint32_t partial, matching_only;
    char pattern[64], first[256];
};

static struct control *control;
static int log_descriptor = -1;
static uint32_t last_handle;
static char paths[MOST_DESCRIPTORS][128];  // by descriptor, while it has a handle
static pthread_mutex_t disk = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void start(void) {
    if (getenv("FAULTS_ROOT") == NULL) return;
    control = shared_page("FAULTS_CONTROL");
    log_descriptor = open_to_append("FAULTS_LOG");
    look_below_root();
}

// Tells the log of a call. 0: there is space; 1: there is none; 2: there is none, and this is the first to notice.
static int refused(const char *call, const char *path) {
    pthread_mutex_lock(&disk);
    char line[256];
    int length = snprintf(line, sizeof line, "%s %.200s$", call, path), result = 0;
    uint64_t nth = atomic_load(&control->nth);
    if (nth != 0) {
        int matches = strstr(line, control->pattern) != NULL;
        if (matches) atomic_fetch_add(&control->matched, 1);
        result = atomic_load(&control->matched) >= nth && (matches || !atomic_load(&control->matching_only));
    }
    if (result && atomic_fetch_add(&control->failed, 1) == 0) {
        memcpy(control->first, line, (size_t)length + 1);
        result = 2;
    }
    line[length] = '\n';
    syscall(SYS_write, log_descriptor, line, length + 1);
    pthread_mutex_unlock(&disk);
    return result;
}

static int no_space(void) {
    errno = ENOSPC;
    return -1;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char relative[PATH_MAX];
    int ours = below(folder, path, relative);
    if (ours && (flags & O_CREAT) && !exists(folder, path) && refused("open", relative)) return no_space();
    int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (ours && descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        snprintf(paths[descriptor], sizeof paths[0], "%.127s", relative);
        set_handle(descriptor, ++last_handle);
    } else {
        set_handle(descriptor, 0);
    }
    return descriptor;
}

// Whether a call on a descriptor fails; `bytes` becomes half when it only comes half way.
static int is_full(const char *call, int descriptor, size_t *bytes) {
    if (!handle_of(descriptor)) return 0;
    int answer = refused(call, paths[descriptor]);
    if (answer == 2 && bytes != NULL && *bytes > 1 && atomic_load(&control->partial)) {
        *bytes /= 2;
        return 0;
    }
    return answer;
}

ssize_t write(int descriptor, const void *data, size_t count) {
    return is_full("write", descriptor, &count) ? no_space() : syscall(SYS_write, descriptor, data, count);
}

ssize_t pwrite(int descriptor, const void *data, size_t count, off_t offset) {
    return is_full("write", descriptor, &count) ? no_space() : syscall(SYS_pwrite64, descriptor, data, count, offset);
}

ssize_t writev(int descriptor, const struct iovec *data, int pieces) {
    return is_full("write", descriptor, NULL) ? no_space() : syscall(SYS_writev, descriptor, data, pieces);
}

ssize_t pwritev(int descriptor, const struct iovec *data, int pieces, off_t offset) {
    if (is_full("write", descriptor, NULL)) return no_space();
    return syscall(SYS_pwritev, descriptor, data, pieces, (long)offset, 0L);
}
ALSO(pwrite, pwrite64);
ALSO(pwritev, pwritev64);

int ftruncate(int descriptor, off_t size) {
    struct stat status;
    int grows = handle_of(descriptor) && fstat(descriptor, &status) == 0 && status.st_size < size;
    return grows && is_full("truncate", descriptor, NULL) ? no_space() : (int)syscall(SYS_ftruncate, descriptor, size);
}
ALSO(ftruncate, ftruncate64);

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
    if (is_full("allocate", descriptor, NULL)) return no_space();
    return (int)syscall(SYS_fallocate, descriptor, mode, offset, length);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
    return fallocate(descriptor, 0, offset, length) == 0 ? 0 : errno;
}
ALSO(fallocate, fallocate64);
ALSO(posix_fallocate, posix_fallocate64);

int renameat2(int from, const char *path, int to, const char *target, unsigned flags) {
    char relative[PATH_MAX];
    if (below(to, target, relative) && refused("rename", relative)) return no_space();
    return (int)syscall(SYS_renameat2, from, path, to, target, flags);
}
int rename(const char *path, const char *target) { return renameat2(AT_FDCWD, path, AT_FDCWD, target, 0); }
int renameat(int from, const char *path, int to, const char *target) { return renameat2(from, path, to, target, 0); }

int linkat(int from, const char *path, int to, const char *target, int flags) {
    char relative[PATH_MAX];
    if (below(to, target, relative) && refused("link", relative)) return no_space();
    return (int)syscall(SYS_linkat, from, path, to, target, flags);
}
int link(const char *path, const char *target) { return linkat(AT_FDCWD, path, AT_FDCWD, target, 0); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char relative[PATH_MAX];
    if (below(folder, path, relative) && !exists(folder, path) && refused("mkdir", relative)) return no_space();
    return (int)syscall(SYS_mkdirat, folder, path, mode);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int fsync(int descriptor) {
    return is_full("fsync", descriptor, NULL) ? no_space() : (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
    return is_full("fsync", descriptor, NULL) ? no_space() : (int)syscall(SYS_fdatasync, descriptor);
}
