#include "sim/net/loopback.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>

namespace connlab::net {

namespace {

using asio::ip::tcp;
using boost::system::error_code;

asio::ip::address_v4 v4(const ip_address& a) {
    return asio::ip::address_v4({a.bytes[0], a.bytes[1], a.bytes[2], a.bytes[3]});
}

/// Lets the kernel choose the port at connect, by the whole connection and not by the address alone.
void bind_late(tcp::socket& s) {
    const int on = 1;
    ::setsockopt(s.native_handle(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
}

} // namespace

tcp::acceptor& loopback::listener(const endpoint& declared) {
    const auto found = listeners_.find(declared);
    if (found != listeners_.end())
        return found->second;
    const tcp::endpoint where(v4(plan_.real(declared.address)), 0);
    return listeners_.emplace(declared, tcp::acceptor(io_, where)).first->second;
}

/// An endpoint of the declared server where nobody listens: bound for a moment, then free again.
tcp::endpoint loopback::unused_port(const endpoint& declared) {
    tcp::socket reserved(io_);
    reserved.open(tcp::v4());
    reserved.bind({v4(plan_.real(declared.address)), 0});
    return reserved.local_endpoint();
}

socket_pair loopback::connect_sockets(const ip_address& from, const endpoint& to, bool listening) {
    socket_pair out{tcp::socket(io_), tcp::socket(io_)};
    out.client.open(tcp::v4());
    bind_late(out.client);
    out.client.bind({v4(plan_.real(from)), 0});
    error_code failed;
    if (!listening) {
        out.client.connect(unused_port(to), failed);
        if (!failed)
            throw std::runtime_error("a port that nobody listens on took a connection");
        out.client.close();
        return out;
    }
    auto& acceptor = listener(to);
    // Loopback completes the handshake of TCP into the listener's queue; accepting it cannot block.
    out.client.connect(acceptor.local_endpoint(), failed);
    if (failed)
        throw boost::system::system_error(failed, "connecting over loopback");
    out.server = acceptor.accept();
    out.client.non_blocking(true);
    out.server.non_blocking(true);
    return out;
}

connect_result loopback::connect(const ip_address& from, const endpoint& to, bool listening) {
    connect_result out;
    auto ends = connect_sockets(from, to, listening);
    if (!listening) {
        out.failure = connect_failure::refused;
        return out;
    }
    out.ends.client = std::make_unique<stream>(std::move(ends.client));
    out.ends.server = std::make_unique<stream>(std::move(ends.server));
    return out;
}

connect_result loopback::connect_external(const endpoint& address) {
    if (address.address.v6 || address.address.bytes[0] != 127)
        throw std::invalid_argument("an External server must be on 127.0.0.0/8, not at " +
                                    to_string(address));
    connect_result out;
    tcp::socket client(io_);
    error_code failed;
    client.connect({v4(address.address), address.port}, failed);
    if (failed) {
        out.failure =
            failed == asio::error::connection_refused ? connect_failure::refused : connect_failure::timed_out;
        return out;
    }
    client.non_blocking(true);
    out.ends.client = std::make_unique<stream>(std::move(client));
    return out;
}

void loopback::run(const std::function<bool()>& over, const std::function<bool()>& quiet,
                   const std::function<void()>& idle, std::optional<std::chrono::milliseconds> patience) {
    while (!over()) {
        io_.restart();
        if (io_.poll() > 0)
            continue;
        if (patience) {
            if (io_.run_one_for(*patience) == 0)
                idle();
        } else if (!quiet()) {
            io_.run_one_for(
                std::chrono::milliseconds(50)); // bytes are under way: wait for the kernel, not for time
        } else {
            idle();
        }
    }
    io_.restart();
    io_.poll();
}

} // namespace connlab::net
