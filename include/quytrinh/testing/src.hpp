// SPDX-License-Identifier: BSL-1.0
// quytrinh/testing/src.hpp: every body of the module testing, for header-only use: the one source
// file that includes quytrinh/src.hpp includes this too where the program tests procedures.
#pragma once

#include <quytrinh/testing/impl/course.ipp>
#include <quytrinh/testing/impl/course_ways.ipp>
#include <quytrinh/testing/impl/coverage.ipp>
#include <quytrinh/testing/impl/coverage_report.ipp>
#include <quytrinh/testing/impl/explore.ipp>
#include <quytrinh/testing/impl/generate.ipp>
#include <quytrinh/testing/impl/player.ipp>
#include <quytrinh/testing/impl/solver.ipp>
#include <quytrinh/testing/impl/tale.ipp>
#include <quytrinh/testing/impl/tale_text.ipp>
#include <quytrinh/testing/impl/scenario.ipp>
#include <quytrinh/testing/impl/scenario_report.ipp>
#include <quytrinh/testing/impl/scenario_seen.ipp>
#include <quytrinh/testing/impl/scenario_seen_case.ipp>
#include <quytrinh/testing/impl/world.ipp>
#include <quytrinh/testing/impl/world_people.ipp>
