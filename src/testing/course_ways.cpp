// SPDX-License-Identifier: BSL-1.0
#include <quytrinh/testing/impl/course_ways.ipp>
