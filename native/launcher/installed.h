/* Which version runs: `module.json` of the folder a practice installed into. */
#ifndef LAUNCHER_INSTALLED_H
#define LAUNCHER_INSTALLED_H

#include <stdbool.h>
#include <wchar.h>

/* Adds the folder of the version that runs to `folder`, which ends with a backslash and still does afterwards. `room` counts characters.
 * True where there is no `module.json` too: then the program lies in `folder` itself. False when the file cannot be used. */
bool enter_version(wchar_t *folder, size_t room);

#endif
