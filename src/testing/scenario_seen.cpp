// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/testing/impl/scenario_seen.ipp>
