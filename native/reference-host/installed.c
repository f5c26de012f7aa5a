#include "installed.h"

#include <stdlib.h>

#include "json.h"
#include "manifest.h"

enum { MAX_POINTER = 64 * 1024 };

static char *path_in(const json_doc *doc, const char *folder, const char *key) {
  char *relative = json_text(doc, json_get(doc, 0, key));
  char *path = relative == NULL ? NULL : join_path(folder, relative);
  free(relative);
  return path;
}

/* Another format is another installer's, whose paths may mean something else. */
static bool is_ours(const json_doc *doc) {
  const uint32_t format = json_get(doc, 0, "format");
  return json_is(doc, format, JSON_NUMBER) && doc->nodes[format].end - doc->nodes[format].start == 1 && doc->text[doc->nodes[format].start] == '1';
}

bool installed_find(installed_addin *self, const char *folder) {
  size_t size = 0;
  json_doc doc = {.text = NULL};
  char *file = join_path(folder, "module.json");
  char *text = file == NULL ? NULL : read_file(file, MAX_POINTER, &size);
  *self = (installed_addin){.addin = NULL};
  if (text != NULL && json_parse(&doc, text, size) && is_ours(&doc)) {
    self->addin = path_in(&doc, folder, "addin");
    self->node = path_in(&doc, folder, "node");
  }
  json_free(&doc);
  free(text);
  free(file);
  if (self->addin != NULL && self->node != NULL) return true;
  installed_free(self);
  return false;
}

void installed_free(installed_addin *self) {
  free(self->addin);
  free(self->node);
  *self = (installed_addin){.addin = NULL};
}
