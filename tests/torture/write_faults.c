/* Counts the calls by which a process changes files below a folder, and does something at the n-th of them: kills the
   process before it, or lets it fail as on a full disk or a broken one. Preloaded, so that the calls of Python, DuckDB,
   Polars and SQLite all pass here. What goes round the C library is not seen. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KILL = 9 };
static char below[PATH_MAX];
static size_t below_length;
static atomic_long calls;
static long at_call;
static int action;
static atomic_int is_full;

void faults_arm(const char *folder, long at, int what) {
    strncpy(below, folder, sizeof below - 1);
    below_length = strlen(below);
    calls = 0;
    is_full = 0;
    at_call = at;
    action = what;
}

long faults_calls(void) { return calls; }

static int concerns(int directory, const char *path) {
    char named[PATH_MAX], link[64];
    if (!below_length) return 0;
    if (path != NULL && path[0] == '/') return strncmp(path, below, below_length) == 0;
    if (path != NULL && directory == AT_FDCWD) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, named, sizeof named - 1);
    if (length < 0) return 0;
    named[length] = 0;
    return strncmp(named, below, below_length) == 0;
}

/* Whether the call is to fail; `takes_space` says that it would on a full disk, which stays full. */
static int fails(int directory, const char *path, int takes_space) {
    int kept = errno;
    if (!concerns(directory, path)) { errno = kept; return 0; }
    long number = ++calls;
    if (number == at_call) {
        if (action == KILL) kill(getpid(), SIGKILL);
        if (action != ENOSPC && action != 0) { errno = action; return 1; }
        if (action == ENOSPC) is_full = 1;
    }
    if (is_full && takes_space) { errno = ENOSPC; return 1; }
    errno = kept;
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define WRAP(type, name, parameters, arguments, directory, path, takes_space) \
    type name parameters { \
        static __typeof__(&name) real; \
        if (!real) real = REAL(name); \
        return fails(directory, path, takes_space) ? (type)-1 : real arguments; \
    }
#define WRITES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))
#define OPENS(name, parameters, arguments, directory) \
    int name parameters { \
        static __typeof__(&name) real; \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if (!real) real = REAL(name); \
        return WRITES(flags) && fails(directory, path, flags & O_CREAT) ? -1 : real arguments; \
    }

OPENS(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(openat, (int directory, const char *path, int flags, ...), (directory, path, flags, mode), directory)
OPENS(openat64, (int directory, const char *path, int flags, ...), (directory, path, flags, mode), directory)
WRAP(ssize_t, write, (int file, const void *bytes, size_t length), (file, bytes, length), file, NULL, 1)
WRAP(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), file, NULL, 1)
WRAP(ssize_t, pwrite, (int file, const void *bytes, size_t length, off_t place), (file, bytes, length, place), file, NULL, 1)
WRAP(ssize_t, pwrite64, (int file, const void *bytes, size_t length, off64_t place), (file, bytes, length, place), file, NULL, 1)
WRAP(ssize_t, copy_file_range, (int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags),
     (in, from, out, to, length, flags), out, NULL, 1)
WRAP(ssize_t, sendfile, (int out, int in, off_t *from, size_t length), (out, in, from, length), out, NULL, 1)
WRAP(ssize_t, sendfile64, (int out, int in, off64_t *from, size_t length), (out, in, from, length), out, NULL, 1)
WRAP(int, fsync, (int file), (file), file, NULL, 1)
WRAP(int, fdatasync, (int file), (file), file, NULL, 1)
WRAP(int, ftruncate, (int file, off_t length), (file, length), file, NULL, 0)
WRAP(int, ftruncate64, (int file, off64_t length), (file, length), file, NULL, 0)

int posix_fallocate(int file, off_t place, off_t length) {
    static __typeof__(&posix_fallocate) real;
    if (!real) real = REAL(posix_fallocate);
    return fails(file, NULL, 1) ? errno : real(file, place, length); /* it answers with the error itself */
}

WRAP(int, fchmod, (int file, mode_t mode), (file, mode), file, NULL, 0)
WRAP(int, chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 0)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, 1)
WRAP(int, symlink, (const char *to, const char *path), (to, path), AT_FDCWD, path, 1)
WRAP(int, link, (const char *to, const char *path), (to, path), AT_FDCWD, path, 1)
WRAP(int, rename, (const char *from, const char *to), (from, to), AT_FDCWD, to, 0)
WRAP(int, unlink, (const char *path), (path), AT_FDCWD, path, 0)
WRAP(int, unlinkat, (int directory, const char *path, int flags), (directory, path, flags), directory, path, 0)
WRAP(int, rmdir, (const char *path), (path), AT_FDCWD, path, 0)
