# Real programs for tests: Debian packages, unpacked into a cache folder and run from there; nothing is installed.
# To be sourced. `unpacked PACKAGE…` prints the folder that holds them, or ends the test as not run (77).

unpacked() {
    local cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/connlab/peers" package
    for package in "$@"; do
        [ -e "$cache/$package.unpacked" ] && continue
        mkdir -p "$cache/download"
        if ! (cd "$cache/download" && apt-get -q download "$package" >/dev/null 2>&1); then
            echo "the package $package cannot be downloaded (apt-get update?)" >&2
            exit 77
        fi
        dpkg -x "$cache/download/$package"_*.deb "$cache/root" && touch "$cache/$package.unpacked" || exit 77
    done
    echo "$cache/root"
}

# A port of 127.0.0.1 that nobody listens on at this moment.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
