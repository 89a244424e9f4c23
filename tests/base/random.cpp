// SPDX-License-Identifier: BSL-1.0
// tests/base/random.cpp: bytes that differ, in every process; and none rather than weak ones.
#include <quytrinh/base/random.hpp>

#include <doctest/doctest.h>

#include <quytrinh/store/memory.hpp>
#include <quytrinh/store/store.hpp>

#define OPENSSL_SUPPRESS_DEPRECATED  // a generator that fails can only be put in the old way
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace quytrinh;

namespace {

using sixteen = std::array<std::uint8_t, 16>;

/// While one lives the system gives nothing.
class drought {
public:
    drought() : before_(RAND_get_rand_method()) {
        method_.bytes = [](unsigned char*, int) { return 0; };
        method_.pseudorand = method_.bytes;
        method_.status = [] { return 0; };
        REQUIRE_EQ(RAND_set_rand_method(&method_), 1);
    }
    ~drought() { RAND_set_rand_method(before_); }
    drought(const drought&) = delete;
    drought& operator=(const drought&) = delete;

private:
    const RAND_METHOD* before_;
    RAND_METHOD method_{};
};

/// What a forked child draws.
template <class Draw>
sixteen in_a_child(Draw draw) {
    int ends[2];
    REQUIRE_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    REQUIRE_GE(child, 0);
    if (child == 0) {
        const sixteen bytes = draw();
        ::_exit(::write(ends[1], bytes.data(), bytes.size()) == 16 ? 0 : 1);
    }
    sixteen out{};
    CHECK_EQ(::read(ends[0], out.data(), out.size()), 16);
    ::close(ends[0]);
    ::close(ends[1]);
    int status = 0;
    REQUIRE_EQ(::waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
    return out;
}

}  // namespace

TEST_CASE("no two draws are the same, and every byte takes part") {
    std::set<sixteen> drawn;
    sixteen ones{}, zeros;
    zeros.fill(0xFF);
    for (int i = 0; i < 1000; ++i) {
        sixteen bytes{};
        REQUIRE(random_bytes(bytes));
        CHECK(drawn.insert(bytes).second);
        for (std::size_t k = 0; k < 16; ++k) {
            ones[k] |= bytes[k];
            zeros[k] &= bytes[k];
        }
    }
    // A byte that was never written, or a bit that stands still, would show.
    for (std::size_t k = 0; k < 16; ++k) {
        CHECK_EQ(ones[k], 0xFF);
        CHECK_EQ(zeros[k], 0);
    }
}

TEST_CASE("nothing, and more than is asked for at once, are filled to the end") {
    CHECK(random_bytes({}));
    std::vector<std::uint8_t> many((std::size_t{3} << 20) + 5);
    REQUIRE(random_bytes(many));
    CHECK(std::any_of(many.end() - 16, many.end(), [](std::uint8_t b) { return b != 0; }));
    CHECK_FALSE(std::equal(many.begin(), many.begin() + (1 << 20), many.begin() + (1 << 20)));
}

// Once a child went on with the key of its parent, told apart by the nanosecond alone.
TEST_CASE("a forked child and its parent draw different bytes") {
    sixteen first{};
    REQUIRE(random_bytes(first));
    const auto draw = [] {
        sixteen bytes{};
        (void)random_bytes(bytes).has_value();
        return bytes;
    };
    const sixteen one = in_a_child(draw), two = in_a_child(draw), here = draw();
    CHECK(std::set<sixteen>{one, two, here, sixteen{}}.size() == 4);
    auto keep = open_memory();
    const auto of_store = [&] {
        sixteen bytes{};
        (void)keep->entropy(bytes).has_value();
        return bytes;
    };
    const sixteen there = in_a_child(of_store), mine = of_store();
    CHECK(std::set<sixteen>{there, mine, sixteen{}}.size() == 3);
}

TEST_CASE("where the system gives nothing there is an error, and no byte") {
    auto keep = open_memory();
    sixteen bytes{};
    bytes.fill(7);
    ERR_clear_error();
    {
        const drought now;
        const auto drawn = random_bytes(bytes);
        REQUIRE_FALSE(drawn);
        CHECK(drawn.error().code == errc::no_entropy);
        CHECK_FALSE(drawn.error().text(language::vi).empty());
        CHECK(bytes == sixteen{});
        const auto of_store = keep->entropy(bytes);
        REQUIRE_FALSE(of_store);
        CHECK(of_store.error().code == errc::no_entropy);
        CHECK_THROWS_AS((void)open_memory(), quytrinh::exception);
        // A seed asks nobody.
        CHECK(open_memory({.manual_clock = instant{}, .seed = 1})->entropy(bytes));
    }
    CHECK_EQ(ERR_peek_error(), 0);
    CHECK(keep->entropy(bytes));
}
