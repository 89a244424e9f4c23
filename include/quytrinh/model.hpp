// SPDX-License-Identifier: BSL-1.0
// quytrinh/model.hpp: everything of the module `model`.
#pragma once

#include <quytrinh/model/condition.hpp>
#include <quytrinh/model/form.hpp>
#include <quytrinh/model/graph.hpp>
#include <quytrinh/model/party.hpp>
#include <quytrinh/model/procedure.hpp>
#include <quytrinh/model/step.hpp>
