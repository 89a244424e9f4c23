// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/language/impl/builder_unread.ipp>
