/* The other sides the bridge check plays against: an honest add-in, and raw bytes in both directions. */
#ifndef BRIDGE_CHECK_PEERS_H
#define BRIDGE_CHECK_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct start_line {
  char endpoint[256];
  char token[80];
} start_line;

bool read_start_line(start_line *line);

/* A small generator of its own, so that a seed always gives the same bytes. */
uint32_t next_random(uint32_t *state);

/* Valid frames in a row, some of their bytes changed, cut or doubled. Returns their size, at most room. */
size_t mutated_frames(uint32_t *state, uint8_t *out, size_t room);

int play_addin(void);                     /* answers echo, flood, silent, die; until the host closes */
int play_raw_addin(uint32_t seed);        /* an honest greeting, then mutated frames */
bool check_against_raw_host(uint32_t seed); /* the add-in face against a host of mutated frames */

#endif
