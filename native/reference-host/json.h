/* A strict JSON reader (RFC 8259): one array of nodes over the caller's text. */
#ifndef REFERENCE_HOST_JSON_H
#define REFERENCE_HOST_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } json_type;

#define JSON_NONE UINT32_MAX

/* start and end delimit the value's own characters in the text (with its quotes or brackets). In an object the first child is a key, its sibling the value ... */
typedef struct json_node {
  json_type type;
  size_t start;
  size_t end;
  uint32_t first;
  uint32_t next;
} json_node;

typedef struct json_doc {
  const char *text;
  json_node *nodes; /* nodes[0] is the root */
  uint32_t count;
  uint32_t room;
} json_doc;

/* False when the text is not one JSON value, nested deeper than 64, or memory is short. The text must outlive the document. */
bool json_parse(json_doc *doc, const char *text, size_t size);
void json_free(json_doc *doc);

/* The value of a key, JSON_NONE when node is no object or has no such key. */
uint32_t json_get(const json_doc *doc, uint32_t node, const char *key);
bool json_is(const json_doc *doc, uint32_t node, json_type type); /* false for JSON_NONE */

/* A string's characters, escapes resolved, for free(); null when node is no string (or holds U+0000). */
char *json_text(const json_doc *doc, uint32_t node);
bool json_equals(const json_doc *doc, uint32_t node, const char *text);

#endif
