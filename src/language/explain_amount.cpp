// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/language/impl/explain_amount.ipp>
