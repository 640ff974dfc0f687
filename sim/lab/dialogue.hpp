// What a session leaves behind: its lines as they arrive, and each side's protocol log of what it said, read
// and noted.
#pragma once

#include "sim/smtp/turn.hpp"
#include "sim/trace/run_record.hpp"

#include <string>
#include <string_view>

namespace connlab::lab {

class dialogue {
  public:
    /// `now` is the flow's virtual time, as it goes on.
    dialogue(trace::session_record& record, const instant& now) : record_(record), now_(now) {}

    /// Lines as they arrive at the other side; what is secret has been masked.
    void add(trace::direction way, std::string_view bytes, bool encrypted);
    /// Instead of a message's content: how long it is on the wire.
    void add_content(trace::direction way, std::size_t bytes, bool encrypted);
    /// A turn of one side: what arrives of it (`wire`), and what the side's own log has of it.
    void add_turn(trace::direction way, const smtp::turn& t, const std::string& wire, bool encrypted);

    /// One row of the log of the side that speaks `way`; nothing where it keeps none.
    void log(trace::direction way, char event, std::string data, std::string context = {});
    /// What a session has noted since the last time.
    template <class Session>
    void take_notes(Session& session, trace::direction way) {
        for (auto& note : session.log().notes)
            log(way, note.event, std::move(note.data), std::move(note.context));
        session.log().notes.clear();
    }

  private:
    void add_line(trace::direction way, std::string text, bool encrypted, bool content);
    trace::protocol_log& log_of(trace::direction way);

    trace::session_record& record_;
    const instant& now_;
};

} // namespace connlab::lab
