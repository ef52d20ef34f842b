/* The core of the plugin, behind a C interface: adapters for plugin formats and the tests in Java call this and nothing else.

   Every function says on which thread it may be called:
     [main]   one thread that owns the shim; never while [audio] runs the same shim, unless it says so
     [audio]  the thread that calls process; real-time: no memory, lock, wait or system call
     [link]   the one thread that speaks with the engine: the shim's own after continuo_shim_link_start, else the caller's
     [settings] main, or another thread that may wait, such as the link's; never the audio thread
     [any]    any thread at any time
   No function throws. A null shim is a mistake of the caller and is not looked for. */
#ifndef CONTINUO_SHIM_H
#define CONTINUO_SHIM_H

#include <stdint.h>

#if defined(_WIN32)
#define CONTINUO_API __declspec(dllexport)
#elif defined(__GNUC__)
#define CONTINUO_API __attribute__((visibility("default")))
#else
#define CONTINUO_API
#endif

/* Real-time functions carry this: clang 20 and newer check it (-Wfunction-effects, -fsanitize=realtime). */
#if defined(__cplusplus) && defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::nonblocking)
#define CONTINUO_NONBLOCKING noexcept [[clang::nonblocking]]
#else
#define CONTINUO_NONBLOCKING noexcept
#endif
#elif defined(__cplusplus)
#define CONTINUO_NONBLOCKING noexcept
#else
#define CONTINUO_NONBLOCKING
#endif

#ifdef __cplusplus
#define CONTINUO_NOEXCEPT noexcept
extern "C" {
#else
#define CONTINUO_NOEXCEPT
#endif

typedef struct continuo_shim continuo_shim;

/* What a host says of its transport; the same bits travel to the engine. A figure without its flag is not looked at. */
enum {
  CONTINUO_PLAYING = 1 << 0,
  CONTINUO_RECORDING = 1 << 1,
  CONTINUO_LOOPING = 1 << 2, /* loop_start and loop_end hold, and the host will jump from the end to the start */
  CONTINUO_HAS_TEMPO = 1 << 3,
  CONTINUO_HAS_METER = 1 << 4,
  CONTINUO_HAS_BEAT = 1 << 5, /* without it the host has no timeline: the shim keeps one of its own, always playing */
  CONTINUO_HAS_BAR_START = 1 << 6
};

/* The transport at the first frame of a block. Positions are in quarter notes on the host's timeline and may be negative.
   Figures that are not finite or out of range count as not said (counter "poisoned"). */
typedef struct continuo_transport {
  uint32_t flags;
  int32_t numerator;   /* 1..255 */
  int32_t denominator; /* 1, 2, 4 .. 64 */
  int32_t reserved;
  double beat;
  double tempo; /* quarter notes a minute, above 0 to 1000; held to 5..999 */
  double bar_start;
  double loop_start;
  double loop_end;
} continuo_transport;

/* One MIDI channel message at a frame of the block. Frames rise within an array; one past the block counts as its last. */
typedef struct continuo_event {
  uint32_t frame;
  uint8_t status;
  uint8_t data1;
  uint8_t data2;
  uint8_t reserved;
} continuo_event;

/* Which channels events go by. All zero, as at first: nothing passes, channels are the band's. */
typedef struct continuo_routing {
  uint16_t notes;      /* a bit for each channel on which the musician's notes pass to the output; they sound there first, the
                          engine's plan yields to a key that is held */
  uint8_t others;      /* 1: controllers, pitch bend, pressure and program changes pass, as they are */
  uint8_t single;      /* 1: this shim plays one part, `part`, whatever channel the musician's events come in by */
  uint8_t part;        /* channel of the band, 0..15 */
  uint8_t out_channel; /* of the output, 0..15, for the notes of that part */
} continuo_routing;

/* What sounded, as the audio thread saw it; see continuo_shim_performed. */
typedef enum continuo_performed_kind {
  continuo_performed_pass = 1,  /* the host is at `beat` and plays on from there */
  continuo_performed_on = 2,    /* a planned note began at `beat` */
  continuo_performed_off = 3,   /* the note ended, at `performance` */
  continuo_performed_until = 4, /* the pass has come to `beat` */
} continuo_performed_kind;

typedef struct continuo_performed {
  uint8_t what;
  uint8_t channel; /* of the output */
  uint8_t pitch;
  uint8_t velocity;
  int32_t note;
  double beat;        /* the host's, quarter notes */
  double performance; /* the shim's own time, which no loop turns back: lengths are measured in it */
} continuo_performed;

/* A note of a take: on the host's timeline, on a channel of the output. */
typedef struct continuo_take_note {
  double beat;
  double length; /* quarter notes, above 0 */
  uint8_t channel;
  uint8_t pitch;
  uint8_t velocity;
  uint8_t reserved;
} continuo_take_note;

/* Calls from the link's thread while it runs, or from continuo_shim_take_packet (`turn`); each may be null. They may wait,
   allocate, and call what is [link], [any] or [settings], but neither start nor stop the link. */
typedef struct continuo_listener {
  void* context;
  void (*turn)(void* context); /* before each look at what there is to carry: every 1 to 10 ms, with an engine or without */
  void (*refused)(void* context, const char* address, const char* reason); /* the engine refused a message */
  void (*say)(void* context, int trouble, const char* line); /* one line for people; `trouble` 1: something is wrong */
} continuo_listener;

/* [main] A new shim, or null if there is no memory (about 800 KiB, all that it will ever ask for but for the link). */
CONTINUO_API continuo_shim* continuo_shim_create(void) CONTINUO_NOEXCEPT;

/* [main] Stops the link and forgets everything. Null is allowed. */
CONTINUO_API void continuo_shim_destroy(continuo_shim*) CONTINUO_NOEXCEPT;

/* [main] Before the first block, and after every change of rate. `sample_rate` in Hz, 1000..10000000, else 0 is returned and
   nothing changes. `max_frames` is what the host promises; longer blocks work too. Counts as a break of the timeline. */
CONTINUO_API int continuo_shim_activate(continuo_shim*, double sample_rate, uint32_t max_frames) CONTINUO_NOEXCEPT;

/* [main] The host stops calling process. Notes that sound are ended in the first block after; to end them before, call
   continuo_shim_release from the last block. For the engine the musician lets go of all keys and pedals. */
CONTINUO_API void continuo_shim_deactivate(continuo_shim*) CONTINUO_NOEXCEPT;

/* [audio] One block of `frames` (0 is allowed): looks once at the transport (null: the host says nothing), takes what the
   engine planned, writes the events due into `out` in order of frame, each at its exact sample, and hands the musician's
   events, breaks of the transport and reports on. Returns the number of events written. What finds no room in `out` waits
   for the next block. A host whose transport changes inside a block calls this once for each part of it. */
CONTINUO_API uint32_t continuo_shim_process(continuo_shim*, const continuo_transport*, const continuo_event* in, uint32_t n,
                                            uint32_t frames, continuo_event* out, uint32_t capacity) CONTINUO_NONBLOCKING;

/* [audio] Ends every note that sounds, at frame 0, and drops what is planned; the number of events written. The next block
   breaks, so that the engine plans anew. For it the musician lets go of all keys and pedals. */
CONTINUO_API uint32_t continuo_shim_release(continuo_shim*, continuo_event* out, uint32_t capacity) CONTINUO_NONBLOCKING;

/* [any] From the next block on. What sounds and would come out otherwise is ended; for the engine the musician lets go of the
   keys and pedals where it is told them by another channel from then on. */
CONTINUO_API void continuo_shim_route(continuo_shim*, const continuo_routing*) CONTINUO_NONBLOCKING;

/* [any] Everything that sounds ends at the start of the next block, a new epoch begins, and the engine rests until the
   musician plays or the host starts. */
CONTINUO_API void continuo_shim_panic(continuo_shim*) CONTINUO_NONBLOCKING;

/* [any, but one thread at a time] The next of what sounded; 0 if there is none. What is not fetched in time is lost and
   counted ("take_lost"): the ring holds 4,096. A host without beats performs no take. */
CONTINUO_API int continuo_shim_performed(continuo_shim*, continuo_performed*) CONTINUO_NOEXCEPT;

/* [main, or another that takes turns with it] Lays in a take: `count` notes in order of `beat`, which are copied. Returns 0, and
   the former take stays, if there is no memory or a note is out of order or out of range. */
CONTINUO_API int continuo_shim_take(continuo_shim*, const continuo_take_note* notes, uint32_t count) CONTINUO_NOEXCEPT;

/* Why a take is played; while there is any reason, nothing is played that an engine plans. */
enum {
  CONTINUO_REPLAY = 1 << 0,   /* the musician wants it; the engine goes on hearing transport and musician */
  CONTINUO_OFFLINE = 1 << 1,  /* the host renders, maybe faster than real time: the engine is told that it stands, and that no
                               key or pedal is down */
  CONTINUO_FREEWHEEL = 1 << 2 /* the same, for hosts that say so on the audio thread */
};

/* [any] From the next block on the take is played at its places on the host's timeline, for this reason too, or no longer. */
CONTINUO_API void continuo_shim_replay(continuo_shim*, uint32_t reason, int on) CONTINUO_NONBLOCKING;

/* [any] 1 if the host played in the last block. */
CONTINUO_API int continuo_shim_plays(const continuo_shim*) CONTINUO_NOEXCEPT;

/* [link] Without the shim's own link: a session with an engine begins; what was planned before is void. */
CONTINUO_API void continuo_shim_connected(continuo_shim*) CONTINUO_NOEXCEPT;

/* [link] The engine is gone: the next block ends every note. */
CONTINUO_API void continuo_shim_disconnected(continuo_shim*) CONTINUO_NOEXCEPT;

/* [link] The next OSC packet for the engine (part, set, transport, note/on, note/off, control, sounded, missed), without length prefix.
   Its size, or 0 if there is none or `size` is under 1024. */
CONTINUO_API uint32_t continuo_shim_take_packet(continuo_shim*, void* packet, uint32_t size) CONTINUO_NOEXCEPT;

/* [link] An OSC packet from the engine. Returns the number of messages accepted; bad ones are refused and counted
   ("refused", "unknown"), the good ones of the same packet still count. A plan that finds no room in the ring is refused as a
   whole ("ring_in_full"): what sounds ends, and the engine is told of a break. */
CONTINUO_API uint32_t continuo_shim_give_packet(continuo_shim*, const void* packet, uint32_t size) CONTINUO_NOEXCEPT;

/* [settings] Who plays channel 0..15: `instrument` is one of the ten ("bass"), `player` "musician", "model", "nobody" or "held".
   Told to the engine at once and at every new session. 0 if a string is too long. May be called while process runs. */
CONTINUO_API int continuo_shim_part(continuo_shim*, int channel, const char* instrument, const char* player) CONTINUO_NOEXCEPT;

/* [settings] The pitches, 0..127, that the model may play on a channel; told as continuo_shim_part. 0 if one is out of range. */
CONTINUO_API int continuo_shim_register(continuo_shim*, int channel, int low, int high) CONTINUO_NOEXCEPT;

/* [settings] Asks the engine, if there is one, to let its plan stand, or to make another. */
CONTINUO_API void continuo_shim_keep(continuo_shim*) CONTINUO_NOEXCEPT;
CONTINUO_API void continuo_shim_discard(continuo_shim*) CONTINUO_NOEXCEPT;

/* [settings] Asks the engine, if there is one, to keep what the band has played as a take. Where it is, the listener is told. */
CONTINUO_API void continuo_shim_capture(continuo_shim*) CONTINUO_NOEXCEPT;

/* [settings] Asks the engine for its panel and opens the page in the system's browser, on the link's thread. The listener is told
   of the address, or why there is none. */
CONTINUO_API void continuo_shim_open_panel(continuo_shim*) CONTINUO_NOEXCEPT;

/* [settings] This shim has channel 0..15 no longer: nobody plays it, which is told once if it had been told before, and its
   register is lifted. */
CONTINUO_API void continuo_shim_leave_part(continuo_shim*, int channel) CONTINUO_NOEXCEPT;

/* [settings] Sets what has a name, such as mode "accompany" or temperature 0.9; as continuo_shim_part. */
CONTINUO_API int continuo_shim_set_text(continuo_shim*, const char* name, const char* value) CONTINUO_NOEXCEPT;
CONTINUO_API int continuo_shim_set_number(continuo_shim*, const char* name, double value) CONTINUO_NOEXCEPT;

/* [main] Before the link starts: who listens to it. Null: nobody. */
CONTINUO_API void continuo_shim_listen(continuo_shim*, const continuo_listener*) CONTINUO_NOEXCEPT;

/* [main] Before the link starts: the program that is run, as `launcher serve --leave --no-osc --socket SOCKET`, where nobody
   listens at the socket. Null or empty, as at first: none. Whatever number of shims and processes asks, one is run. */
CONTINUO_API void continuo_shim_launcher(continuo_shim*, const char* launcher) CONTINUO_NOEXCEPT;

/* [main] Starts the thread that owns the socket: connects, says hello, and connects again whenever the engine went away.
   `socket` null: $CONTINUO_SOCKET, else $XDG_RUNTIME_DIR/continuo/engine.sock, else ~/.continuo/run/engine.sock. `band` names
   whom this shim plays with; null: the process. 0 if it could not be started. */
CONTINUO_API int continuo_shim_link_start(continuo_shim*, const char* socket, const char* band) CONTINUO_NOEXCEPT;

/* [main] Says goodbye and ends the thread; waits for it, at most half a second. */
CONTINUO_API void continuo_shim_link_stop(continuo_shim*) CONTINUO_NOEXCEPT;

/* [any] 1 while a session with an engine is open. */
CONTINUO_API int continuo_shim_is_connected(const continuo_shim*) CONTINUO_NOEXCEPT;

/* [any] Performance time at the start of the last block, in quarter notes. */
CONTINUO_API double continuo_shim_performance(const continuo_shim*) CONTINUO_NOEXCEPT;

/* [any] The epoch of the last block. */
CONTINUO_API int32_t continuo_shim_epoch(const continuo_shim*) CONTINUO_NOEXCEPT;

/* [any] Planned notes that sound now, after the last block. */
CONTINUO_API uint32_t continuo_shim_held(const continuo_shim*) CONTINUO_NOEXCEPT;

/* [any] Name of counter `index`, from 0; null past the last. Names never change their meaning. */
CONTINUO_API const char* continuo_shim_counter_name(uint32_t index) CONTINUO_NOEXCEPT;

/* [any] Value of counter `index`; 0 past the last. Counters rise only. */
CONTINUO_API uint64_t continuo_shim_counter(const continuo_shim*, uint32_t index) CONTINUO_NONBLOCKING;

#ifdef __cplusplus
}
#endif

#endif
