#include "sim/base/culture.hpp"

#include "sim/base/ascii.hpp"
#include "sim/base/diagnostic.hpp"

#include <fmt/format.h>

namespace connlab {

namespace {

const culture cultures[] = {
    {"en-US", "M/d/yyyy", "h:mm:ss tt", '.'},  {"en-GB", "dd/MM/yyyy", "HH:mm:ss", '.'},
    {"en-AU", "d/MM/yyyy", "h:mm:ss tt", '.'}, {"en-CA", "yyyy-MM-dd", "h:mm:ss tt", '.'},
    {"de-DE", "dd.MM.yyyy", "HH:mm:ss", ','},  {"de-AT", "dd.MM.yyyy", "HH:mm:ss", ','},
    {"de-CH", "dd.MM.yyyy", "HH:mm:ss", '.'},  {"fr-FR", "dd/MM/yyyy", "HH:mm:ss", ','},
    {"it-IT", "dd/MM/yyyy", "HH:mm:ss", ','},  {"es-ES", "dd/MM/yyyy", "H:mm:ss", ','},
    {"nl-NL", "d-M-yyyy", "HH:mm:ss", ','},    {"pl-PL", "dd.MM.yyyy", "HH:mm:ss", ','},
    {"sv-SE", "yyyy-MM-dd", "HH:mm:ss", ','},  {"da-DK", "dd-MM-yyyy", "HH:mm:ss", ','},
    {"fi-FI", "d.M.yyyy", "H.mm.ss", ','},     {"cs-CZ", "dd.MM.yyyy", "H:mm:ss", ','},
    {"pt-BR", "dd/MM/yyyy", "HH:mm:ss", ','},  {"ru-RU", "dd.MM.yyyy", "H:mm:ss", ','},
    {"ja-JP", "yyyy/MM/dd", "H:mm:ss", '.'},
};

} // namespace

parsed<culture> parse_culture(std::string_view text) {
    for (const auto& c : cultures)
        if (ascii_iequal(c.name, text))
            return parsed<culture>::ok(c);
    const auto near = nearest_word(text, known_cultures());
    return parsed<culture>::fail(
        fmt::format("`{}` is not a culture that the lab knows, like en-US or de-DE{}", text,
                    near.empty() ? std::string{} : fmt::format("; did you mean `{}`?", near)));
}

const std::vector<std::string>& known_cultures() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const auto& c : cultures)
            out.push_back(c.name);
        return out;
    }();
    return names;
}

} // namespace connlab
