# end PROCESS SECONDS: tells a child of this shell to end, and kills it where it has not by then. Gives its exit code.
end() {
    kill "$1" 2>/dev/null
    for ((tenths = $2 * 10; tenths > 0; tenths--)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.1
    done
    [ "$tenths" -gt 0 ] || kill -9 "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}
