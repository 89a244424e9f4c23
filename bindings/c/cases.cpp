// SPDX-License-Identifier: BSL-1.0
// bindings/c/cases.cpp: commands, due work, notifications.
#include "office.hpp"
#include "views.hpp"

#include <quytrinh/codec/json.hpp>
#include <quytrinh/codec/json_tree.hpp>

namespace quytrinh::c_abi {

namespace {

using notification_callback = callback<quytrinh_notification_fn>;

std::string execute_all(runtime& office, std::string_view text, language words) {
    constexpr std::size_t most = 1'000;
    const json_tree tree = must(read_json(text));
    const auto* items = tree.get_if<json_tree::list>();
    if (items == nullptr) refuse(errc::bad_json, {"/: must be a list"});
    if (items->size() > most) refuse(errc::limit_exceeded, {"command", std::to_string(most)});
    std::vector<case_command> batch;
    for (std::size_t i = 0; i < items->size(); ++i) {
        auto one = command_from_json(to_json((*items)[i]));
        if (!one && !one.error().args.empty())
            refuse(one.error().code, {"/" + std::to_string(i) + one.error().args.front()});
        batch.push_back(must(std::move(one)));
    }
    json_array out;
    for (const auto& done : office.execute_all(std::move(batch)))
        out.raw(done ? json_object().raw("result", to_json(*done)).str()
                     : json_object().raw("error", to_json(done.error(), words)).str());
    return out.str();
}

/// Keeps who is told of notifications; an earlier callback is let go after the lock.
void tell(const std::shared_ptr<office_object>& in,
          const std::shared_ptr<notification_callback>& whom, language words) {
    const bool somebody = whom->tell != nullptr;
    {
        const std::lock_guard hold(in->guard);
        if (in->who == told::pulling) refuse(errc::store_busy);
        in->who = somebody ? told::callback : told::nobody;
    }
    if (!somebody) return in->office.on_notification({});
    const auto offset = in->office.offset();
    in->office.on_notification([whom, offset, words](const notification& n) {
        const std::string json = view_of(n, offset, words);
        const std::int32_t said = whom->tell(whom->user, json.data(), json.size());
        if (said != 0) refuse(errc::host_callback_failed, {std::to_string(said)});
    });
}

/// Taking is telling a list. Whatever another thread's command delivers meanwhile is in it, too.
class taking {
public:
    taking(std::shared_ptr<office_object> in, language words) : in_(std::move(in)) {
        {
            const std::lock_guard hold(in_->guard);
            if (in_->who != told::nobody) refuse(errc::store_busy);
            in_->who = told::pulling;
        }
        const auto offset = in_->office.offset();
        // Not the handle's own count: the office must not keep itself alive.
        office_object* const to = in_.get();
        in_->office.on_notification([to, offset, words](const notification& n) {
            std::string json = view_of(n, offset, words);
            const std::lock_guard hold(to->guard);
            to->pulled.push_back(std::move(json));
        });
    }
    ~taking() {
        in_->office.on_notification({});
        const std::lock_guard hold(in_->guard);
        in_->who = told::nobody;
    }
    taking(const taking&) = delete;
    taking& operator=(const taking&) = delete;

private:
    std::shared_ptr<office_object> in_;
};

std::string pull(const std::shared_ptr<office_object>& in, std::size_t batch, language words) {
    due_report report;
    {
        const taking now{in, words};
        report = must(in->office.run_due(batch));
    }
    std::vector<std::string> taken;
    {
        const std::lock_guard hold(in->guard);
        taken.swap(in->pulled);
    }
    try {
        json_array notifications;
        for (const auto& one : taken) notifications.raw(one);
        return json_object()
            .raw("report", view_of(report, words))
            .raw("notifications", notifications.str())
            .str();
    } catch (...) {
        const std::lock_guard hold(in->guard);
        taken.swap(in->pulled);
        throw;
    }
}

}  // namespace

}  // namespace quytrinh::c_abi

using namespace quytrinh::c_abi;
namespace qt = quytrinh;

std::int32_t quytrinh_execute(quytrinh_office* office, const char* command,
                              std::size_t command_size, quytrinh_error** error,
                              quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        auto what = must(qt::command_from_json(given(command, command_size, "command")));
        give_text(json, qt::to_json(must(in->office.execute(std::move(what)))));
    });
}

std::int32_t quytrinh_execute_all(quytrinh_office* office, const char* commands,
                                  std::size_t commands_size, std::int32_t words,
                                  quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, execute_all(in->office, given(commands, commands_size, "command"), as));
    });
}

std::int32_t quytrinh_verify(quytrinh_office* office, const char* case_id, std::size_t case_id_size,
                             quytrinh_error** error) {
    return call(error, [&] {
        const auto in = object_of<office_object>(office);
        must(in->office.verify(qt::case_id{named(case_id, case_id_size, "target")}));
    });
}

std::int32_t quytrinh_run_due(quytrinh_office* office, std::uint32_t batch, std::int32_t words,
                              quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        const auto as = language_of(words);
        give_text(json, view_of(must(in->office.run_due(batch)), as));
    });
}

std::int32_t quytrinh_on_notification(quytrinh_office* office, quytrinh_notification_fn function,
                                      void* user, quytrinh_destroy_fn destroy, std::int32_t words,
                                      quytrinh_error** error) {
    return call(error, [&] {
        const auto whom = keep(function, user, destroy);
        tell(object_of<office_object>(office), whom, language_of(words));
    });
}

std::int32_t quytrinh_pull(quytrinh_office* office, std::uint32_t batch, std::int32_t words,
                           quytrinh_error** error, quytrinh_text** json) {
    return call(error, [&] {
        clear(json);
        const auto in = object_of<office_object>(office);
        give_text(json, pull(in, batch, language_of(words)));
    });
}
