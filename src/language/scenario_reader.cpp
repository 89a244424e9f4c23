// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/language/impl/scenario_reader.ipp>
