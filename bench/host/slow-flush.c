/*
 * A disk that takes longer to flush: loaded before the C library (LD_PRELOAD), it makes each fsync and fdatasync last FLUSH_US microseconds more than they do.
 * Disks of practices take some milliseconds; those of servers answer at once, because their memory survives a power cut.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int then_wait(int result)
{
	const char *text = getenv("FLUSH_US");
	long us = text == NULL ? 0 : atol(text);
	struct timespec more = { .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
	if (us > 0)
		nanosleep(&more, NULL);
	return result;
}

typedef int flush_fn(int);

int fsync(int fd)
{
	return then_wait(((flush_fn *)dlsym(RTLD_NEXT, "fsync"))(fd));
}

int fdatasync(int fd)
{
	return then_wait(((flush_fn *)dlsym(RTLD_NEXT, "fdatasync"))(fd));
}
