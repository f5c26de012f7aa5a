/* Messages that stay until their cause is gone: the host's own and the add-in's. A toast can be missed; these cannot. */
#ifndef REFERENCE_HOST_NOTICES_H
#define REFERENCE_HOST_NOTICES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum notice_owner { NOTICE_OF_HOST, NOTICE_OF_ADDIN } notice_owner;

typedef struct notice {
  struct notice *next;
  notice_owner owner;
  char *id;       /* one notice an id and owner: a new one replaces it */
  char *severity; /* info, warning, error */
  char *message;  /* French */
  char *action;   /* title of its button, may be null */
  char *command;  /* what the button does: a command of the add-in, or restart-addin; null without action */
} notice;

typedef struct notices {
  notice *first;
} notices;

/* Every text is copied. Prints the event "notice". */
void notices_put(notices *self, notice_owner owner, const char *id, const char *severity, const char *message, const char *action, const char *command);
bool notices_remove(notices *self, notice_owner owner, const char *id); /* prints "notice-gone"; false when there is none */
void notices_remove_all(notices *self, notice_owner owner);
void notices_print(const notices *self);                              /* the event "notices" */
void notices_free(notices *self);

#endif
