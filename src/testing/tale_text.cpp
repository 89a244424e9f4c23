// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/testing/impl/tale_text.ipp>
