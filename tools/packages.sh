# What tools/lab, tools/test and tools/bench share: the packages they need, how those are installed, how a preset is built.
# Bash; sourced, not run. Everything it prints goes to standard error.

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

# Debian 12. g++ is version 12 there.
lab_packages=(g++ cmake ninja-build pkg-config libboost1.81-dev libboost-json1.81-dev libboost-program-options1.81-dev
    libssl-dev libspdlog-dev libfmt-dev libfyaml-dev libpugixml-dev)
test_packages=("${lab_packages[@]}" ccache libboost-test1.81-dev clang-format-14 openssl python3)
clang_packages=(clang-14 libclang-rt-14-dev)

say() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

# Those of the named packages that are not installed, one a line.
missing_packages() {
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk -v all="$*" '$2 == "installed" { have[$1] }
            END { n = split(all, p, " "); for (i = 1; i <= n; ++i) if (!(p[i] in have)) print p[i] }'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@" >&2
    else
        sudo -n "$@" >&2
    fi
}

# What apt would do for the named packages; fails when it cannot.
simulated() {
    LC_ALL=C apt-get -s -q install --no-install-recommends "$@" 2>&1
}

# Installs what is missing of the named packages. Fails, with the reason said, when that is not possible without asking.
ensure_packages() {
    local missing plan removed
    if ! command -v dpkg-query >/dev/null; then
        say "this is not Debian; going on in the hope that these are there in some form: $*"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} = 0 ] && return 0
    say "installing ${missing[*]}"
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        say "that needs root, and sudo would ask for a password; please run: apt-get install ${missing[*]}"
        return 1
    fi
    local environment=(env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1)
    local apt=("${environment[@]}" apt-get -q -o DPkg::Lock::Timeout=300)
    # A fresh machine has no package lists; an old one has lists of what is gone.
    local install=("${apt[@]}" -y --no-remove install --no-install-recommends "${missing[@]}")
    for attempt in with_these_lists with_new_lists; do
        if [ $attempt = with_new_lists ]; then
            as_root "${apt[@]}" update || return 1
        fi
        plan=$(simulated "${missing[@]}") || continue
        removed=$(awk '$1 == "Remv" { print $2 }' <<<"$plan" | tr '\n' ' ')
        if [ -n "$removed" ]; then
            say "refused: apt would remove ${removed% }"
            return 1
        fi
        as_root "${install[@]}" && return 0
    done
    say "apt cannot install ${missing[*]}:"
    printf '%s\n' "$plan" >&2
    return 1
}

# Passes on what ninja prints, less what it says when nothing is to do; on a terminal progress stays on one line.
show_progress() {
    local line on_line=
    while IFS= read -r line; do
        case $line in
        'ninja: '*'no work to do.' | 'ninja: Entering directory '* | *'Re-checking globbed directories...' | '-- '* | '') ;;
        '['*/*']'*)
            if [ -t 2 ]; then
                printf '\r%.*s\033[K' "$((${COLUMNS:-80} - 1))" "$line" >&2
                on_line=yes
            else
                printf '%s\n' "$line" >&2
            fi
            ;;
        *)
            [ -n "$on_line" ] && printf '\n' >&2
            on_line=
            printf '%s\n' "$line" >&2
            ;;
        esac
    done
    if [ -n "$on_line" ]; then
        printf '\r\033[K' >&2
    fi
}

# build_preset PRESET TARGET…: configures if that was not yet done, and builds. One build at a time in a folder.
build_preset() {
    local preset=$1 folder=$root/build/$1
    shift
    mkdir -p "$folder"
    {
        if ! flock -n 9; then
            say "waiting for another build in $folder"
            flock 9
        fi
        if [ ! -e "$folder/build.ninja" ] || [ "$root/CMakePresets.json" -nt "$folder/build.ninja" ]; then
            say "configuring $folder"
            (cd "$root" && cmake --preset "$preset") >"$folder/configure.log" 2>&1 9>&- || {
                cat "$folder/configure.log" >&2
                return 1
            }
        fi
        ninja -C "$folder" -j "$(nproc)" "$@" 2>&1 9>&- | show_progress
        return "${PIPESTATUS[0]}"
    } 9>"$folder/.lock"
}
