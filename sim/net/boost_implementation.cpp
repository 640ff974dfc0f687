// The one place where Asio, asio::ssl and Beast are compiled (separate compilation keeps every other file
// cheap).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
