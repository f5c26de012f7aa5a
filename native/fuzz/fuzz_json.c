/* libFuzzer target: the JSON reader of the reference host, which reads whatever an add-in sends. Run by make -C native fuzz. */
#include <stdlib.h>
#include <string.h>

#include "../reference-host/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  json_doc doc;
  char *text = malloc(size + 1);
  if (text == NULL) return 0;
  if (size > 0) memcpy(text, data, size);
  text[size] = '\0';
  if (json_parse(&doc, text, size)) {
    for (uint32_t at = 0; at < doc.count; at++) {
      const json_node *node = &doc.nodes[at];
      if (node->start > node->end || node->end > size) abort();
      /* Children come after their parent: no walk can go round in circles. */
      if (node->first != JSON_NONE && node->first <= at) abort();
      if (node->next != JSON_NONE && node->next <= at) abort();
      char *found = json_text(&doc, at);
      if (found != NULL && node->type != JSON_STRING) abort();
      free(found);
      json_get(&doc, at, "code");
      json_equals(&doc, at, "code");
    }
    json_free(&doc);
  }
  free(text);
  return 0;
}
