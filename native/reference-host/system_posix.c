#include "system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

char **system_begin(int count, char **values) {
  (void)count;
  return values;
}

FILE *system_open_to_read(const char *path) {
  return fopen(path, "rb");
}

FILE *system_open_to_write(const char *path) {
  return fopen(path, "wb");
}

bool system_make_folder(const char *path) {
  return mkdir(path, 0700) == 0 || errno == EEXIST;
}

bool system_remove(const char *path) {
  return unlink(path) == 0;
}

static bool sync_folder(const char *folder) {
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  return good;
}

static bool write_all(int fd, const char *from, size_t size) {
  while (size > 0) {
    const ssize_t count = write(fd, from, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    from += count;
    size -= (size_t)count;
  }
  return true;
}

bool system_store(const char *folder, const char *path, const char *beside, const char *bytes, size_t size) {
  const int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool good = fd >= 0 && write_all(fd, bytes, size) && fsync(fd) == 0;
  if (fd >= 0 && close(fd) != 0) good = false;
  return good && rename(beside, path) == 0 && sync_folder(folder);
}

bool system_each_name(const char *folder, system_visitor visit, void *context) {
  DIR *opened = opendir(folder);
  bool good = opened != NULL;
  for (const struct dirent *found = good ? readdir(opened) : NULL; good && found != NULL; found = readdir(opened)) good = visit(context, found->d_name);
  if (opened != NULL) closedir(opened);
  return good;
}

int64_t system_now(int *ms) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *ms = (int)(now.tv_nsec / 1000000);
  return now.tv_sec;
}

bool system_local_time(int64_t at, struct tm *parts, int *minutes_ahead) {
  const time_t seconds = (time_t)at;
  if (localtime_r(&seconds, parts) == NULL) return false;
  *minutes_ahead = (int)(parts->tm_gmtoff / 60);
  return true;
}
