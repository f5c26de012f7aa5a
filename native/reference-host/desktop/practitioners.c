#include <stdlib.h>
#include <string.h>

#include "../json.h"
#include "desk.h"

char *practitioner_name(const reference_host *host, const char *billing_number) {
  json_doc doc = {.text = NULL};
  char *name = NULL;
  if (host->practitioners == NULL || billing_number == NULL || !json_parse(&doc, host->practitioners, strlen(host->practitioners))) return NULL;
  for (uint32_t at = doc.nodes[0].first; at != JSON_NONE && name == NULL; at = doc.nodes[at].next) {
    if (json_equals(&doc, json_get(&doc, at, "billingNumber"), billing_number)) name = json_text(&doc, json_get(&doc, at, "name"));
  }
  json_free(&doc);
  return name;
}

char *practitioners_line(const reference_host *host) {
  json_doc doc = {.text = NULL};
  char *line = NULL;
  if (host->practitioners == NULL || !json_parse(&doc, host->practitioners, strlen(host->practitioners))) return NULL;
  for (uint32_t at = doc.nodes[0].first; at != JSON_NONE; at = doc.nodes[at].next) {
    char *name = json_text(&doc, json_get(&doc, at, "name"));
    if (name == NULL) continue;
    char *longer = line == NULL ? text_of("Praticiens : %s", name) : text_of("%s, %s", line, name);
    free(line);
    free(name);
    line = longer;
  }
  json_free(&doc);
  return line;
}
