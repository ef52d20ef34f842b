/* ALSA's sequencer for a kernel that has none: whoever opens it gets one that takes everything and hears nothing. To be loaded
   before libasound (LD_PRELOAD), for hosts that do not start without one, though their plugins' notes never go there. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <unistd.h>

static char sequencer;
static int pipe_[2] = {-1, -1}; /* which nobody writes to */
static int ports;

int snd_seq_open(void** made, const char* name, int streams, int mode) {
  (void)name, (void)streams, (void)mode;
  if (pipe_[0] < 0 && pipe(pipe_) != 0) return -errno;
  *made = &sequencer;
  return 0;
}
int snd_seq_client_id(void* s) { return (void)s, 128; }
int snd_seq_create_simple_port(void* s, const char* name, unsigned caps, unsigned type) {
  return (void)s, (void)name, (void)caps, (void)type, ports++;
}
int snd_seq_poll_descriptors_count(void* s, short events) { return (void)s, (void)events, 1; }
int snd_seq_poll_descriptors(void* s, struct pollfd* fds, unsigned space, short events) {
  (void)s;
  if (space < 1) return 0;
  fds->fd = pipe_[0], fds->events = events, fds->revents = 0;
  return 1;
}
int snd_seq_event_input(void* s, void** event) {
  (void)s;
  *event = NULL;
  return -EAGAIN;
}

#define TAKES(name) int name(void* s, ...) { return (void)s, 0; }
TAKES(snd_seq_close)
TAKES(snd_seq_set_client_name)
TAKES(snd_seq_alloc_queue)
TAKES(snd_seq_free_queue)
TAKES(snd_seq_get_queue_tempo)
TAKES(snd_seq_set_queue_tempo)
TAKES(snd_seq_set_queue_timer)
TAKES(snd_seq_get_queue_status)
TAKES(snd_seq_control_queue)
TAKES(snd_seq_delete_simple_port)
TAKES(snd_seq_get_port_info)
TAKES(snd_seq_set_port_info)
TAKES(snd_seq_subscribe_port)
TAKES(snd_seq_unsubscribe_port)
TAKES(snd_seq_event_input_pending)
TAKES(snd_seq_event_output)
TAKES(snd_seq_event_output_direct)
TAKES(snd_seq_drain_output)
TAKES(snd_seq_drop_output)
TAKES(snd_seq_drop_input)
TAKES(snd_seq_remove_events)

#define HAS_NONE(name) int name(void* s, ...) { return (void)s, -ENOENT; }
HAS_NONE(snd_seq_get_any_client_info)
HAS_NONE(snd_seq_get_any_port_info)
HAS_NONE(snd_seq_query_next_client)
HAS_NONE(snd_seq_query_next_port)
HAS_NONE(snd_seq_query_port_subscribers)
