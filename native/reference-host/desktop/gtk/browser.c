#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desktop.h"

enum { PAGE_LIFE_S = 60 };

static gboolean forget_page(gpointer path) {
  unlink(path);
  g_free(path);
  return G_SOURCE_REMOVE;
}

/* The address opens the window once and only for whoever knows it: it goes through a page that only this user can read, never through an argument. */
static char *write_page(const char *url) {
  char *path = g_build_filename(g_get_user_runtime_dir(), "logosw-page-XXXXXX.html", NULL);
  const int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
  char *safe = g_markup_escape_text(url, -1);
  FILE *page = fd < 0 ? NULL : fdopen(fd, "w");
  bool good = page != NULL && fprintf(page, "<!doctype html><meta charset=\"utf-8\"><title>LOGOSw</title><meta http-equiv=\"refresh\" content=\"0;url=%s\">", safe) > 0;
  if (page != NULL && fclose(page) != 0) good = false;
  g_free(safe);
  if (good) return path;
  if (fd >= 0) unlink(path);
  g_free(path);
  return NULL;
}

bool browser_open(const char *browser, const char *url) {
  char *path = write_page(url);
  char *words = NULL;
  char **arguments = NULL;
  bool good = false;
  if (path == NULL) return false;
  words = g_strconcat(browser, " file://", path, NULL);
  good = g_shell_parse_argv(words, NULL, &arguments, NULL) &&
         g_spawn_async(NULL, arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL);
  g_strfreev(arguments);
  g_free(words);
  g_timeout_add_seconds(PAGE_LIFE_S, forget_page, path);
  return good;
}
