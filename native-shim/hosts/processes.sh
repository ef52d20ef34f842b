# What the scripts of this folder run beside themselves, and its end with them, also when they are interrupted. They source it, with
# `here` set; start_jack, start_engine and start_tap want `python` too, start_engine `engine`.
. "$here/end.sh"
name=hosts/${0##*/}
made=$(mktemp -d)
processes=()
finish() {
    # Whoever is told again goes on with it.
    trap '' INT TERM HUP
    # A client of JACK whose fellows were killed may wait for long.
    for ((i = ${#processes[@]} - 1; i >= 0; i--)); do end "${processes[i]}" 10 || true; done
    # Behind all who play on it.
    [ -z "${jack:-}" ] || { exec 7>&-; wait "$jack" || true; }
    rm -rf "$made"
}
trap finish EXIT
# When no command of this shell's own is under way: bash loses children whose end it hears of in the midst of one.
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

beside() { # LOG COMMAND...
    local log=$made/$1
    shift
    # Without a word about its input a command beside the shell would have none.
    "$@" <&0 >"$log" 2>&1 &
    processes+=($!)
}
attend() { # COMMAND...; as any other, but that an interrupted script ends it
    "$@" &
    processes+=($!)
    local code=0
    wait $! || code=$?
    unset 'processes[-1]'
    return $code
}
wait_for() { # SECONDS WHAT COMMAND...
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || { echo "$name: $what did not come up" >&2; tail -n 5 "$made"/*.log >&2; exit 1; }
        sleep 0.1
    done
}
start_jack() { # a server of its own, beside any that runs
    export JACK_DEFAULT_SERVER=continuo-$$ JACK_NO_START_SERVER=1 JACK_NO_AUDIO_RESERVATION=1
    mkfifo "$made/jack"
    # Opened for both directions it waits for nobody, wherever a signal comes between.
    exec 7<>"$made/jack"
    "$here/jack_server" <"$made/jack" >"$made/jackd.log" 2>&1 7>&- &
    jack=$!
    wait_for 10 jackd "$python" -c 'import jack; jack.Client("probe")'
}
start_engine() { # SECONDS that it may take
    if [ "$engine" = scripted ]; then
        beside engine.log "$python" "$here/scripted_engine.py" "$made/engine.sock"
    else
        # shellcheck disable=SC2086
        beside engine.log ${engine//\{socket\}/$made/engine.sock}
    fi
    wait_for "$1" "the engine" test -S "$made/engine.sock"
}
start_tap() { # LOG: what plugin and engine say to one another
    beside tap.log "$python" "$here/tap.py" "$made/tap.sock" "$made/engine.sock" "$made/$1"
    wait_for 5 "the tap" test -S "$made/tap.sock"
}
