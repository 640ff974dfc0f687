// The openssl command, as a reader that is not ours.
#pragma once

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace connlab::certs::test {

/// A folder of its own, gone with the test.
class scratch_folder {
  public:
    scratch_folder() {
        std::string name = std::filesystem::temp_directory_path() / "connlab-certs-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }

    /// What `openssl ARGUMENTS`, run in this folder, writes, and behind it what it complains of.
    std::string openssl(const std::string& arguments) const {
        const auto command =
            "cd '" + path_.string() + "' && openssl " + arguments + " 2>complaints; cat complaints";
        std::FILE* pipe = popen(command.c_str(), "r");
        BOOST_REQUIRE(pipe != nullptr);
        std::string out;
        std::array<char, 4096> buffer{};
        for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
            out.append(buffer.data(), n);
        pclose(pipe);
        return out;
    }

  private:
    std::filesystem::path path_;
};

} // namespace connlab::certs::test
