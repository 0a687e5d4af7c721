// Stands between a program and the system calls by which it writes a book: counts them, notes them,
// and makes one of them the last, or fail. The tests compile it and preload it.
//
//   TONNE_FAULT_BOOK   the absolute path of the book; '-wal' and '-shm' behind it name its other files
//   TONNE_FAULT_TRACE  a file to which every operation is appended
//   TONNE_FAULT_KILL   the number of the operation within which the process is killed, from 1: half
//                      of what it writes is written, anything else is not done
//   TONNE_FAULT_FULL   the number of the operation from which on the disk takes no more bytes
//   TONNE_FAULT_ERRNO  what is then said instead of ENOSPC; of fsync, too
//
// A line of the trace is 'KIND FILE OFFSET COUNT'. KIND: W write and O output, each followed by
// COUNT bytes, T truncate to COUNT, S sync, U unlink. FILE: book, wal, shm, folder or output.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum verdict { GO, HALF, FAIL };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long operations;
static int isFull;

static ssize_t (*realWrite)(int, const void *, size_t);
static ssize_t (*realPwrite)(int, const void *, size_t, off_t);
static int (*realTruncate)(int, off_t);
static int (*realSync)(int);
static int (*realDataSync)(int);
static int (*realUnlink)(const char *);

__attribute__((constructor)) static void begin(void) {
    realWrite = dlsym(RTLD_NEXT, "write");
    realPwrite = dlsym(RTLD_NEXT, "pwrite");
    realTruncate = dlsym(RTLD_NEXT, "ftruncate");
    realSync = dlsym(RTLD_NEXT, "fsync");
    realDataSync = dlsym(RTLD_NEXT, "fdatasync");
    realUnlink = dlsym(RTLD_NEXT, "unlink");
}

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

// What the tests call a file; NULL for one that is not theirs.
static const char *fileAt(const char *path) {
    const char *book = getenv("TONNE_FAULT_BOOK");
    if (!book) return NULL;
    size_t length = strlen(book);
    if (strncmp(path, book, length) == 0) {
        if (path[length] == '\0') return "book";
        if (strcmp(path + length, "-wal") == 0) return "wal";
        if (strcmp(path + length, "-shm") == 0) return "shm";
        return NULL;
    }
    size_t folder = strrchr(book, '/') - book;
    return strlen(path) == folder && strncmp(path, book, folder) == 0 ? "folder" : NULL;
}

static const char *fileOf(int descriptor) {
    if (descriptor == STDOUT_FILENO) return "output";
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return NULL;
    path[length] = '\0';
    return fileAt(path);
}

static void note(char kind, const char *file, off_t offset, const void *bytes, size_t count) {
    const char *path = getenv("TONNE_FAULT_TRACE");
    if (!path) return;
    int trace = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    char line[128];
    int length = snprintf(line, sizeof line, "%c %s %lld %zu\n", kind, file, (long long)offset, count);
    realWrite(trace, line, length);
    if (bytes) realWrite(trace, bytes, count);
    close(trace);
}

// Counts an operation and says what becomes of it. A write of which half is to be done returns here;
// any other operation that is the last one does not.
static enum verdict
judge(char kind, const char *file, off_t offset, const void *bytes, size_t count) {
    pthread_mutex_lock(&lock);
    operations++;
    note(kind, file, offset, bytes, count);
    enum verdict verdict = GO;
    if (operations == number("TONNE_FAULT_KILL")) {
        if (!bytes) kill(getpid(), SIGKILL);
        verdict = HALF;
    } else if (operations >= number("TONNE_FAULT_FULL") && number("TONNE_FAULT_FULL")) {
        int takesSpace = kind == 'W' || (kind == 'S' && number("TONNE_FAULT_ERRNO"));
        // A disk that runs full takes the beginning of a write.
        if (takesSpace) verdict = kind == 'W' && !isFull && count > 1 ? HALF : FAIL;
        if (takesSpace) isFull = 1;
    }
    pthread_mutex_unlock(&lock);
    return verdict;
}

static int refused(void) {
    long code = number("TONNE_FAULT_ERRNO");
    errno = code ? code : ENOSPC;
    return -1;
}

static ssize_t halfDone(ssize_t count) {
    if (number("TONNE_FAULT_KILL")) kill(getpid(), SIGKILL);
    return count;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    const char *file = fileOf(descriptor);
    if (file) {
        switch (judge('W', file, offset, bytes, count)) {
        case GO: break;
        case HALF: return halfDone(realPwrite(descriptor, bytes, count / 2, offset));
        case FAIL: return refused();
        }
    }
    return realPwrite(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
    return pwrite(descriptor, bytes, count, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    const char *file = fileOf(descriptor);
    if (file) {
        int isOutput = descriptor == STDOUT_FILENO;
        off_t offset = isOutput ? 0 : lseek(descriptor, 0, SEEK_CUR);
        switch (judge(isOutput ? 'O' : 'W', file, offset, bytes, count)) {
        case GO: break;
        case HALF: return halfDone(realWrite(descriptor, bytes, count / 2));
        case FAIL: return refused();
        }
    }
    return realWrite(descriptor, bytes, count);
}

int ftruncate(int descriptor, off_t length) {
    const char *file = fileOf(descriptor);
    if (file) judge('T', file, 0, NULL, length);
    return realTruncate(descriptor, length);
}

int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

int fsync(int descriptor) {
    const char *file = fileOf(descriptor);
    if (file && judge('S', file, 0, NULL, 0) == FAIL) return refused();
    return realSync(descriptor);
}

int fdatasync(int descriptor) {
    const char *file = fileOf(descriptor);
    if (file && judge('S', file, 0, NULL, 0) == FAIL) return refused();
    return realDataSync(descriptor);
}

int unlink(const char *path) {
    const char *file = fileAt(path);
    if (file) judge('U', file, 0, NULL, 0);
    return realUnlink(path);
}
