// SPDX-License-Identifier: BSL-1.0
// quytrinh/base/impl/result.ipp: errors on their way into a result.
#pragma once

#include <quytrinh/base/result.hpp>

#include <utility>

namespace quytrinh {

unexpected::unexpected(error reason) : reason_(new error(std::move(reason))) {}
unexpected::unexpected(const unexpected& other)
    : reason_(other.reason_ != nullptr ? new error(*other.reason_) : nullptr) {}
unexpected::~unexpected() { delete reason_; }

const error& unexpected::held() const {
    QUYTRINH_ASSERT(reason_ != nullptr);
    return *reason_;
}

void unexpected::raise() const {
    QUYTRINH_ASSERT(reason_ != nullptr);
    throw exception(*reason_);
}

unexpected fail(error reason) { return unexpected(std::move(reason)); }

unexpected fail(errc code, std::initializer_list<std::string> args) {
    error reason;
    reason.code = code;
    reason.args.assign(args.begin(), args.end());
    return unexpected(std::move(reason));
}

}  // namespace quytrinh
