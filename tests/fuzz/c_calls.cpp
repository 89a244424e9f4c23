// SPDX-License-Identifier: BSL-1.0
// tests/fuzz/c_calls.cpp: any bytes as a sequence of calls of the C functions, with handles of
// every kind, stale ones and made-up ones. Whatever is called, a failure gives nothing, and at the
// end nothing is left.
#include <quytrinh/base/unicode.hpp>
#include <quytrinh/codec/json_tree.hpp>
#include <quytrinh/quytrinh.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

void must(bool holds, const char* what) {
    if (holds) return;
    std::cerr << "must hold: " << what << '\n';
    std::abort();
}

/// The input, read byte by byte; zeros after its end.
class tape {
public:
    tape(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
    [[nodiscard]] bool ended() const { return at_ >= size_; }
    std::uint8_t byte() { return ended() ? std::uint8_t{0} : data_[at_++]; }
    /// Up to 255 bytes as they stand, or a text that means something.
    std::string text() {
        static constexpr std::string_view known[] = {
            R"({"command":"open","procedure":"QT.HTKH.03","by":"ĐVYC/nv01","id":"o"})",
            R"({"command":"open","procedure":"QT.HTKH.02","by":"ĐVYC/nv01"})",
            R"({"command":"complete","case":"CASE","task":"1","by":"ĐVYC/nv01",)"
            R"("confirmed":{"all":true}})",
            R"({"command":"comment","case":"CASE","by":"ĐVYC/nv01","text":"x"})",
            R"([{"command":"cancel","case":"CASE","by":"ĐVYC/nv01","reason":"y"},)"
            R"({"command":"open"}])",
            R"({"query":"tasks","limit":2})",
            R"({"query":"cases"})",
            R"({"query":"case","case":"CASE"})",
            R"({"query":"options","case":"CASE","unit":"ĐVYC","person":"nv01"})",
            R"({"query":"history","case":"CASE","limit":1,"cursor":"1"})",
            R"({"query":"export","case":"CASE"})",
            R"({"query":"procedure","code":"QT.HTKH.03"})",
            R"({"query":"store"})",
            R"({"limit":"chậm nhất 03 ngày làm việc","from":"2024-04-26"})",
            "QT.HTKH.03",
            "HC.VN",
            "NGAY.VH",
            "memory:",
            "ngôn ngữ quy trình 1, tiếng Việt\nquy trình X \"X\"\n",
            "CASE",
            R"({"do":"fix"})",
            R"({"do":"format"})",
            R"({"do":"translate","to":"en"})",
            R"({"do":"mend"})",
            R"({"do":"run","coverage":true,"lines":50,"timers":50,"rows":5,"years":2})",
            R"({"do":"generate","procedure":"QT.HTKH.03","tries":2,"moves":8})",
            R"({"do":"explore","procedure":"QT.HTKH.03","steps":20,"moves":9})",
            R"({"ask":"working_day","day":"2024-04-29"})",
            R"({"ask":"drawing","procedure":"QT.HTKH.03","steps":[{"step":"2","mark":"done"}]})",
            R"({"ask":"chain","store":"2e9a12d0361d733b9aefad2f4414c7ff","tenant":"main",)"
            R"("case":"CASE","definition":"","events":[]})",
            R"({"ask":"lunar_year","year":2023})",
            "ngôn ngữ quy trình 1, tiếng Việt\nkịch bản \"K\" cho quy trình QT.HTKH.03\n"
            "  khi ĐVYC mở hồ sơ\n  thì bước 1 ở ĐVTH\n",
            ""};
        const std::uint8_t which = byte();
        std::string out;
        if (which < std::size(known))
            out = known[which];
        else
            for (std::size_t left = which; left > 0 && !ended(); --left)
                out += static_cast<char>(byte());
        if (const auto at = out.find("CASE"); at != std::string::npos && !of.empty())
            out.replace(at, 4, of);
        return out;
    }

    std::string of;  ///< the last case opened

private:
    const std::uint8_t* data_;
    std::size_t size_;
    std::size_t at_ = 0;
};

/// Handles of a sequence: the last sixteen, whatever became of them.
class handles {
public:
    void keep(void* one) {
        if (one == nullptr) return;
        all_.push_back(one);
        made_[next_++ % made_.size()] = one;
    }
    template <class T>
    T* pick(std::uint8_t which) const {
        void* found = made_[which % made_.size()];
        if (which >= 240)  // one that nobody gave: a bit of it is wrong
            found = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(found) ^
                                            (std::uintptr_t{1} << (which % 64)));
        return static_cast<T*>(found);
    }
    ~handles() {
        for (void* one : all_) quytrinh_release(one);
    }

private:
    std::array<void*, 16> made_{};
    std::size_t next_ = 0;
    std::vector<void*> all_;
};

struct script {
    tape from;
    handles made;
    std::uint8_t mood = 0;

    static std::int32_t tell(void* user, const char* json, std::size_t size) {
        auto& self = *static_cast<script*>(user);
        must(quytrinh::read_json({json, size}).has_value(), "a notification is JSON");
        switch (self.mood % 5) {
        case 1: return 1;
        case 2: throw std::runtime_error("the host's");
        case 3:
            quytrinh_on_notification(self.made.pick<quytrinh_office>(self.mood), nullptr, nullptr,
                                     nullptr, QUYTRINH_VI, nullptr);
            return 0;
        case 4: return quytrinh_release(self.made.pick<void>(self.mood));
        default: return 0;
        }
    }
    static std::int32_t give(void* user, const char* name, std::size_t size,
                             quytrinh_reply* reply) {
        auto& self = *static_cast<script*>(user);
        self.made.keep(reply);
        return self.mood % 2 == 0 ? quytrinh_reply_text(reply, name, size)
                                  : quytrinh_reply_member(reply, name, size, 1, self.mood);
    }
    static std::int32_t watch(void* user, std::uint64_t, std::uint64_t) {
        switch (static_cast<script*>(user)->mood % 4) {
        case 2: return 1;
        case 3: throw std::runtime_error("the host's");
        default: return 0;
        }
    }
    void open() {
        // As a newer caller has them: a size beyond what is known here has its bytes, too.
        struct {
            quytrinh_open_options known{};
            unsigned char more[256]{};
        } given;
        quytrinh_open_options& options = given.known;
        options.size = from.byte() == 1 ? from.byte() : sizeof options;
        options.flags = QUYTRINH_MANUAL_CLOCK | QUYTRINH_SEEDED;
        options.clock_us = 1'702'256'400'000'000;
        options.seed = 1;
        const std::uint8_t how = from.byte();
        if (how == 1) options.flags = from.byte();
        const std::string limits = how == 2 ? from.text() : std::string{};
        options.limits = limits.data();
        options.limits_size = limits.size();
        if (how == 3) {
            options.members = give;
            options.members_user = this;
        }
        std::string uri = how == 4 ? from.text() : "memory:";
        if (uri.starts_with("sqlite:")) uri = "memory:";  // no files here
        quytrinh_office* office = nullptr;
        quytrinh_error* error = nullptr;
        const auto code = quytrinh_open(uri.data(), uri.size(), &options, &error, &office);
        finish(code, error, office);
    }
    void finish(std::int32_t code, quytrinh_error* error, void* out) {
        must(code >= 0 && code < 1000, "a number of the table");
        must((code == 0) == (error == nullptr), "an error object comes with a failure");
        must(code == 0 || out == nullptr, "a failure gives nothing");
        made.keep(error);
        made.keep(out);
    }
    /// A text that came of a call: UTF-8, and where it is JSON, JSON.
    void look(quytrinh_text* text) {
        const char* data = nullptr;
        std::size_t size = 0;
        if (quytrinh_text_get(text, &data, &size) != QUYTRINH_OK) return;
        must(!quytrinh::first_ill_formed({data, size}), "what is given is UTF-8");
        if (size > 0 && (data[0] == '{' || data[0] == '['))
            must(quytrinh::read_json({data, size}).has_value() || size > (8u << 20), "and JSON");
        const std::string_view all{data, size};
        if (const auto at = all.find("\"case\":\""); at != std::string_view::npos)
            from.of = all.substr(at + 8, 26);
    }
    /// Only what is bounded: how long a test runs is for its caller to say.
    std::int32_t test(quytrinh_office* office, const std::string& text, std::int32_t words,
                      quytrinh_error** e, quytrinh_text** t) {
        const std::string how = from.text();
        const bool bounded = how.find("generate") == std::string::npos ||
                             how.find("\"tries\":2,") != std::string::npos;
        const bool short_walk = how.find("explore") == std::string::npos ||
                                how.find("\"steps\":20,") != std::string::npos;
        if (!bounded || !short_walk) return 0;
        return quytrinh_test(office, nullptr, 0, text.data(), text.size(), nullptr, nullptr,
                             how.data(), how.size(), watch, this, words, e, t);
    }
    void step();
};

void script::step() {
    const std::uint8_t what = from.byte() % 31;
    auto* const office = made.pick<quytrinh_office>(from.byte());
    const std::int32_t words = from.byte() % 3;
    const std::string a = what >= 2 ? from.text() : std::string{};
    quytrinh_error* e = nullptr;
    quytrinh_text* t = nullptr;
    std::int64_t now = 0;
    std::int32_t code = 0;
    switch (what) {
    case 0: return open();
    case 1: quytrinh_release(office); return;
    case 2:
    case 3: code = quytrinh_execute(office, a.data(), a.size(), &e, &t); break;
    case 4: code = quytrinh_execute_all(office, a.data(), a.size(), words, &e, &t); break;
    case 5:
    case 6: code = quytrinh_query(office, a.data(), a.size(), words, &e, &t); break;
    case 7: code = quytrinh_verify(office, a.data(), a.size(), &e); break;
    case 8: code = quytrinh_run_due(office, from.byte(), words, &e, &t); break;
    case 29: {
        const std::uint32_t many = from.byte(), lease = from.byte();
        code = quytrinh_take(office, many, lease * 1'000'000u, words, &e, &t);
        break;
    }
    case 30: code = quytrinh_settle(office, a.data(), a.size(), &e, &t); break;
    case 9: code = quytrinh_pull(office, from.byte(), words, &e, &t); break;
    case 10:
        mood = from.byte();
        code = quytrinh_on_notification(office, tell, this, nullptr, words, &e);
        break;
    case 11: code = quytrinh_now(office, &e, &now); break;
    case 12:
        code =
            quytrinh_set_clock(office, 1'702'256'400'000'000 + from.byte() * 86'400'000'000ll, &e);
        break;
    case 13:
    case 14:
        code = (what == 13 ? quytrinh_add : quytrinh_check)(office, nullptr, 0, a.data(), a.size(),
                                                            mood % 3 == 0 ? give : nullptr, this,
                                                            words, &e, &t);
        break;
    case 15: code = quytrinh_draw(office, a.data(), a.size(), words, words % 2, &e, &t); break;
    case 16: code = quytrinh_add_calendars(office, nullptr, 0, a.data(), a.size(), &e, &t); break;
    case 17: code = quytrinh_default_calendar(office, a.data(), a.size(), &e); break;
    case 18:
        code = quytrinh_switch_calendar(office, "HC.VN", 5, a.data(), a.size(), words, &e);
        break;
    case 19: code = quytrinh_due(office, a.data(), a.size(), words, &e, &t); break;
    case 20: code = quytrinh_set_table(office, a.data(), a.size(), tell, this, nullptr, &e); break;
    case 21:
        look(made.pick<quytrinh_text>(from.byte()));
        quytrinh_error_json(made.pick<quytrinh_error>(from.byte()), words, &t);
        break;
    case 22: quytrinh_error_message(made.pick<quytrinh_error>(from.byte()), words, &t); break;
    case 23: quytrinh_reply_text(made.pick<quytrinh_reply>(from.byte()), a.data(), a.size()); break;
    case 24:
        code = quytrinh_ask(words == 1 ? nullptr : office, a.data(), a.size(), words % 2, &e, &t);
        break;
    case 25: {
        const std::string how = from.text();
        code = quytrinh_rewrite(office, nullptr, 0, a.data(), a.size(), nullptr, nullptr,
                                how.data(), how.size(), words, &e, &t);
        break;
    }
    case 26: code = test(office, a, words, &e, &t); break;
    case 27:
        code = quytrinh_pass_to(office, 1'702'256'400'000'000 + from.byte() * 86'400'000'000ll,
                                words, &e, &t);
        break;
    case 28: {
        std::uint64_t count = 1;
        code = quytrinh_offer_again(office, a.data(), a.size(), &e, &count);
        must(code == 0 || count == 0, "a failure counts nothing");
        break;
    }
    default: break;
    }
    if (t != nullptr) look(t);
    finish(code, e, t);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr int most = 64;
    {
        script run{tape{data, size}, {}};
        for (int i = 0; i < most && !run.from.ended(); ++i) run.step();
    }
    std::uint64_t left = 1;
    must(quytrinh_live_handles(&left) == QUYTRINH_OK && left == 0, "everything was let go");
    return 0;
}
