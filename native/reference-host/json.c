#include "json.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

typedef struct parser {
  json_doc *doc;
  size_t size;
  size_t at;
  int depth;
} parser;

static uint32_t parse_value(parser *self);

static void skip_blanks(parser *self) {
  while (self->at < self->size && strchr(" \t\r\n", self->doc->text[self->at]) != NULL && self->doc->text[self->at] != '\0') self->at++;
}

static bool take(parser *self, char wanted) {
  skip_blanks(self);
  if (self->at >= self->size || self->doc->text[self->at] != wanted) return false;
  self->at++;
  return true;
}

static uint32_t add_node(parser *self, json_type type, size_t start) {
  json_doc *doc = self->doc;
  if (doc->count == doc->room) {
    const uint32_t room = doc->room == 0 ? 64 : doc->room * 2;
    json_node *nodes = room < doc->room ? NULL : realloc(doc->nodes, (size_t)room * sizeof *nodes);
    if (nodes == NULL) return JSON_NONE;
    doc->nodes = nodes;
    doc->room = room;
  }
  doc->nodes[doc->count] = (json_node){.type = type, .start = start, .end = start, .first = JSON_NONE, .next = JSON_NONE};
  return doc->count++;
}

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool scan_string(parser *self) {
  const char *text = self->doc->text;
  self->at++;
  while (self->at < self->size) {
    const char c = text[self->at++];
    if (c == '"') return true;
    if ((unsigned char)c < 0x20) return false;
    if (c != '\\') continue;
    if (self->at >= self->size) return false;
    const char escaped = text[self->at++];
    if (escaped == 'u') {
      for (int i = 0; i < 4; i++) {
        if (self->at >= self->size || !is_hex(text[self->at])) return false;
        self->at++;
      }
    } else if (escaped == '\0' || strchr("\"\\/bfnrt", escaped) == NULL) {
      return false;
    }
  }
  return false;
}

static size_t scan_digits(parser *self) {
  const size_t start = self->at;
  while (self->at < self->size && self->doc->text[self->at] >= '0' && self->doc->text[self->at] <= '9') self->at++;
  return self->at - start;
}

static bool scan_number(parser *self) {
  const char *text = self->doc->text;
  size_t digits;
  if (self->at < self->size && text[self->at] == '-') self->at++;
  const bool zero = self->at < self->size && text[self->at] == '0';
  digits = scan_digits(self);
  if (digits == 0 || (zero && digits > 1)) return false;
  if (self->at < self->size && text[self->at] == '.') {
    self->at++;
    if (scan_digits(self) == 0) return false;
  }
  if (self->at < self->size && (text[self->at] == 'e' || text[self->at] == 'E')) {
    self->at++;
    if (self->at < self->size && (text[self->at] == '+' || text[self->at] == '-')) self->at++;
    if (scan_digits(self) == 0) return false;
  }
  return true;
}

static bool scan_word(parser *self, const char *word) {
  const size_t length = strlen(word);
  if (self->size - self->at < length || memcmp(self->doc->text + self->at, word, length) != 0) return false;
  self->at += length;
  return true;
}

static void append(parser *self, uint32_t parent, uint32_t *last, uint32_t child) {
  if (*last == JSON_NONE) {
    self->doc->nodes[parent].first = child;
  } else {
    self->doc->nodes[*last].next = child;
  }
  *last = child;
}

static bool parse_members(parser *self, uint32_t node, bool object) {
  const char close = object ? '}' : ']';
  uint32_t last = JSON_NONE;
  self->at++;
  if (take(self, close)) return true;
  do {
    uint32_t child = parse_value(self);
    if (child == JSON_NONE) return false;
    append(self, node, &last, child);
    if (!object) continue;
    if (self->doc->nodes[child].type != JSON_STRING || !take(self, ':')) return false;
    child = parse_value(self);
    if (child == JSON_NONE) return false;
    append(self, node, &last, child);
  } while (take(self, ','));
  return take(self, close);
}

static json_type type_of(char first) {
  switch (first) {
    case '{': return JSON_OBJECT;
    case '[': return JSON_ARRAY;
    case '"': return JSON_STRING;
    case 't': return JSON_TRUE;
    case 'f': return JSON_FALSE;
    case 'n': return JSON_NULL;
    default: return JSON_NUMBER;
  }
}

static bool scan(parser *self, json_type type, uint32_t node) {
  switch (type) {
    case JSON_OBJECT: return parse_members(self, node, true);
    case JSON_ARRAY: return parse_members(self, node, false);
    case JSON_STRING: return scan_string(self);
    case JSON_TRUE: return scan_word(self, "true");
    case JSON_FALSE: return scan_word(self, "false");
    case JSON_NULL: return scan_word(self, "null");
    case JSON_NUMBER: return scan_number(self);
  }
  return false;
}

static uint32_t parse_value(parser *self) {
  uint32_t node;
  bool good;
  skip_blanks(self);
  if (self->at >= self->size || self->depth >= MAX_DEPTH) return JSON_NONE;
  node = add_node(self, type_of(self->doc->text[self->at]), self->at);
  if (node == JSON_NONE) return JSON_NONE;
  self->depth++;
  good = scan(self, self->doc->nodes[node].type, node);
  self->depth--;
  if (!good) return JSON_NONE;
  self->doc->nodes[node].end = self->at;
  return node;
}

bool json_parse(json_doc *doc, const char *text, size_t size) {
  parser self = {.doc = doc, .size = size, .at = 0, .depth = 0};
  *doc = (json_doc){.text = text};
  if (parse_value(&self) != JSON_NONE) {
    skip_blanks(&self);
    if (self.at == size) return true;
  }
  json_free(doc);
  return false;
}

void json_free(json_doc *doc) {
  free(doc->nodes);
  *doc = (json_doc){.text = NULL};
}

bool json_is(const json_doc *doc, uint32_t node, json_type type) {
  return node < doc->count && doc->nodes[node].type == type;
}

uint32_t json_get(const json_doc *doc, uint32_t node, const char *key) {
  if (!json_is(doc, node, JSON_OBJECT)) return JSON_NONE;
  for (uint32_t name = doc->nodes[node].first; name != JSON_NONE;) {
    const uint32_t value = doc->nodes[name].next;
    if (json_equals(doc, name, key)) return value;
    name = doc->nodes[value].next;
  }
  return JSON_NONE;
}

static unsigned hex4(const char *digits) {
  unsigned value = 0;
  for (int i = 0; i < 4; i++) {
    const char c = digits[i];
    value = value * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

static char *put_utf8(char *out, unsigned point) {
  if (point < 0x80) {
    *out++ = (char)point;
  } else if (point < 0x800) {
    *out++ = (char)(0xC0 | (point >> 6));
    *out++ = (char)(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    *out++ = (char)(0xE0 | (point >> 12));
    *out++ = (char)(0x80 | ((point >> 6) & 0x3F));
    *out++ = (char)(0x80 | (point & 0x3F));
  } else {
    *out++ = (char)(0xF0 | (point >> 18));
    *out++ = (char)(0x80 | ((point >> 12) & 0x3F));
    *out++ = (char)(0x80 | ((point >> 6) & 0x3F));
    *out++ = (char)(0x80 | (point & 0x3F));
  }
  return out;
}

/* One \uXXXX, or a surrogate pair of them; a lone surrogate becomes U+FFFD. */
static unsigned unescape_point(const char **from, const char *end) {
  const unsigned high = hex4(*from);
  *from += 4;
  if (high < 0xD800 || high > 0xDFFF) return high;
  if (high > 0xDBFF || end - *from < 6 || (*from)[0] != '\\' || (*from)[1] != 'u') return 0xFFFD;
  const unsigned low = hex4(*from + 2);
  if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  *from += 6;
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

char *json_text(const json_doc *doc, uint32_t node) {
  static const char names[] = "bfnrt";
  static const char values[] = "\b\f\n\r\t";
  if (!json_is(doc, node, JSON_STRING)) return NULL;
  const char *from = doc->text + doc->nodes[node].start + 1;
  const char *end = doc->text + doc->nodes[node].end - 1;
  char *result = malloc((size_t)(end - from) + 1);
  char *out = result;
  while (result != NULL && from < end) {
    if (*from != '\\') {
      *out++ = *from++;
      continue;
    }
    const char escaped = from[1];
    from += 2;
    if (escaped == 'u') {
      const unsigned point = unescape_point(&from, end);
      if (point == 0) {
        free(result);
        return NULL;
      }
      out = put_utf8(out, point);
    } else {
      const char *name = strchr(names, escaped);
      *out++ = name == NULL ? escaped : values[name - names];
    }
  }
  if (result != NULL) *out = '\0';
  return result;
}

bool json_equals(const json_doc *doc, uint32_t node, const char *text) {
  char *found = json_text(doc, node);
  const bool same = found != NULL && strcmp(found, text) == 0;
  free(found);
  return same;
}
