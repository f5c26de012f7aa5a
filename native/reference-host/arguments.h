/* The beginning and the end of the reference host, whatever its face. */
#ifndef REFERENCE_HOST_ARGUMENTS_H
#define REFERENCE_HOST_ARGUMENTS_H

#include "reference_host.h"

/* Reads the command line, the manifest and the spool; starts nothing. False with *problem (static text); host_release frees in any case. */
bool host_prepare(reference_host *self, int count, char **values, const char **problem);
void host_release(reference_host *self);

#endif
