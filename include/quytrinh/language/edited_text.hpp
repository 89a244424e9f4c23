// SPDX-License-Identifier: BSL-1.0
// quytrinh/language/edited_text.hpp: a text that somebody is writing: read once, and after each
// edit only where the edit touches it.
#pragma once

#include <quytrinh/base/config.hpp>
#include <quytrinh/base/limits.hpp>
#include <quytrinh/base/result.hpp>
#include <quytrinh/base/source.hpp>
#include <quytrinh/language/imports.hpp>
#include <quytrinh/language/parse.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace quytrinh {

/// For editors. At every moment `reading()` is what `parse` gives for the same text: the same
/// diagnostics, procedure, places and hash. An edit inside steps that leaves their numbers and
/// order as they were reads those steps alone; what lies below is moved. Any other edit, and one
/// whose effect on other lines cannot be told (a line that ended with a comma, a mistake that was
/// counted past what is kept, a text with scenarios of its own), reads the whole text again.
///
/// Imports are asked for when the whole is read. One thread at a time; a definition taken from
/// `reading()` is never changed while somebody holds it, and may be read from any thread.
class QUYTRINH_DECL edited_text {
public:
    explicit edited_text(std::string name, std::string text, import_resolver imports = {},
                         const limits& bounds = {});
    ~edited_text();
    edited_text(edited_text&&) noexcept;
    edited_text& operator=(edited_text&&) noexcept;

    /// Valid until the next edit.
    [[nodiscard]] const parsed& reading() const noexcept;
    [[nodiscard]] std::string_view text() const noexcept;

    /// Puts `with` in the place of these bytes. errc::invalid_argument, and nothing is changed,
    /// when they do not lie in the text. Of an edit that ran out of memory (std::bad_alloc) the
    /// text may have been taken in and not be read yet; the next edit reads the whole.
    result<void> edit(span where, std::string_view with);

    /// Lines that say something and were read by the latest edit, or at first: of the whole text,
    /// unless a part was enough.
    [[nodiscard]] std::size_t lines_read() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace quytrinh
