// SPDX-License-Identifier: BSL-1.0
// tests/store/sqlite.cpp
#include <quytrinh/store/sqlite.hpp>

#include <doctest/doctest.h>

#include "store/conformance.hpp"
#include "store/folder.hpp"

using namespace quytrinh_tests;

namespace {

class sqlite_maker final : public store_maker {
public:
    using store_maker::trial;
    std::shared_ptr<store> trial(instant start) override {
        options_ = sqlite_options{.manual_clock = start, .seed = 1};
        return fresh();
    }
    std::shared_ptr<store> real() override {
        options_ = sqlite_options{};
        return fresh();
    }
    std::shared_ptr<store> another() override { return open_sqlite(path_, options_).value(); }

private:
    std::shared_ptr<store> fresh() {
        path_ = folder_.file("s" + std::to_string(++made_) + ".db");
        return open_sqlite(path_, options_).value();
    }

    folder folder_;
    std::string path_;
    sqlite_options options_;
    int made_ = 0;
};

}  // namespace

TEST_CASE("the SQLite store does what every store must") {
    sqlite_maker make;
    CHECK_GE(run_conformance(make), 100);
}
