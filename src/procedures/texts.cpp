// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/procedures/impl/texts.ipp>
