// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing.hpp: what a test of a procedure includes; link quytrinh::testing.
#pragma once

#include <quytrinh/base/error.hpp>
#include <quytrinh/base/value.hpp>
#include <quytrinh/testing/coverage.hpp>
#include <quytrinh/testing/scenario.hpp>
#include <quytrinh/testing/world.hpp>
