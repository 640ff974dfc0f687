# Read in this order: the table of layers, the rules for third-party headers, then the sources. See tests/house/layers.

function complain(where, what) {
    print where ": " what
    bad = 1
}

# Does one of the blank-separated words of `list` equal `word`?
function among(word, list) {
    return index(" " list " ", " " word " ") > 0
}

# The folder of the table that a path lies in: its first two parts below sim and tools, its first part elsewhere.
function folder_of(path,    part, n) {
    n = split(path, part, "/")
    return n > 2 && (part[1] == "sim" || part[1] == "tools") ? part[1] "/" part[2] : part[1]
}

FNR == 1 { ++file }

/^#/ && file <= 2 { next }

file == 1 && NF {
    name = substr($1, 1, length($1) - 1)
    for (i = 2; i <= NF; ++i)
        if (!($i in allowed))
            complain(FILENAME ":" FNR, name " may include " $i ", which is not a layer above it in the table")
    allowed[name] = substr($0, length($1) + 2)
    everything = everything " " name
    next
}

file == 2 && NF {
    prefix = substr($1, 1, length($1) - 1)
    users[prefix] = substr($0, length($1) + 2)
    next
}

FNR == 1 {
    mine = folder_of(FILENAME)
    tool = mine ~ /^tools/
    if (!tool && !(mine in allowed))
        complain(FILENAME ":1", mine " is not in the table of layers")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    theirs = folder_of(quoted[2])
    if (!(theirs in allowed) && theirs !~ /^tools\//)
        complain(FILENAME ":" FNR, "\"" quoted[2] "\" does not begin at the project's root")
    else if (theirs != mine && !among(theirs, tool ? everything : allowed[mine]))
        complain(FILENAME ":" FNR, mine " may not include " theirs " (\"" quoted[2] "\")")
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, angled, /[<>]/)
    for (prefix in users)
        if (index(angled[2], prefix) == 1 && !among(mine, users[prefix]))
            complain(FILENAME ":" FNR, mine " may not include <" angled[2] ">")
    if (folder_of(angled[2]) in allowed)
        complain(FILENAME ":" FNR, "<" angled[2] "> is ours and is included with quotes")
    # One source knows the YAML library; the others see our own values.
    if (index(angled[2], "libfyaml") == 1) {
        if (FILENAME !~ /\.cpp$/ || (yaml != "" && yaml != FILENAME))
            complain(FILENAME ":" FNR, "<" angled[2] "> belongs in one .cpp" (yaml == "" ? "" : ", which is " yaml))
        else
            yaml = FILENAME
    }
}

# Only the lab owns the clock: everything else is told the time.
/^[^\/]*_clock::now/ && mine != "sim/lab" && !tool { complain(FILENAME ":" FNR, mine " may not read a clock") }

END { exit bad }
