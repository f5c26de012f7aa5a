/* Where an installed add-in is: `module.json` in the folder a practice installed into (docs/HOST-ABI.md). */
#ifndef REFERENCE_HOST_INSTALLED_H
#define REFERENCE_HOST_INSTALLED_H

#include <stdbool.h>

/* Paths of the version that runs, for free(). */
typedef struct installed_addin {
  char *addin; /* the folder of its manifest */
  char *node;
} installed_addin;

/* False when nothing is installed in the folder, or not by an installer we know. */
bool installed_find(installed_addin *self, const char *folder);
void installed_free(installed_addin *self);

#endif
