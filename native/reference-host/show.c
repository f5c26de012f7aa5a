/* What a person asks to see: the toolbar, the state, what came. */
#include <string.h>

#include "output.h"
#include "reference_host.h"

void show_toolbar(const reference_host *self) {
  out_begin("toolbar");
  out_text("addin", self->manifest.name);
  out_text("version", self->manifest.version);
  out_list("commands");
  for (size_t i = 0; i < self->manifest.command_count; i++) {
    const manifest_command *command = &self->manifest.commands[i];
    if (!command->in_toolbar || !command->visible) continue;
    out_item();
    out_text("command", command->id);
    out_text("title", command->title);
    out_text("icon", command->icon);
    out_flag("enabled", command->enabled);
    if (command->reason != NULL) out_text("reason", command->reason);
    out_raw("badge", command->badge == NULL ? "null" : command->badge, command->badge == NULL ? 4 : strlen(command->badge));
    out_item_end();
  }
  out_list_end();
  out_end();
}

void show_status(const reference_host *self) {
  static const char *const names[] = {"stopped", "starting", "ready", "active", "failed"};
  logosw_host_status status = {.struct_size = sizeof status};
  if (self->running != NULL) logosw_host_get_status(self->running, &status);
  out_begin("status");
  out_text("state", names[self->phase]);
  out_number("pid", (int64_t)status.process_id);
  out_number("restarts", self->restart_count);
  out_number("unacknowledged", (int64_t)self->spool.count);
  out_number("refusedMessages", status.refused_messages);
  out_end();
}

void show_events(const reference_host *self) {
  out_begin("events");
  out_number("seen", (int64_t)self->events_seen);
  out_number("unacknowledged", (int64_t)self->spool.count);
  out_list("badges");
  for (size_t i = 0; i < self->manifest.command_count; i++) {
    const manifest_command *command = &self->manifest.commands[i];
    if (command->badge == NULL) continue;
    out_item();
    out_text("command", command->id);
    out_raw("badge", command->badge, strlen(command->badge));
    out_item_end();
  }
  out_list_end();
  out_end();
}
