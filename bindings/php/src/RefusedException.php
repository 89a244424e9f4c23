<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 2xx: the rules of the procedure do not allow it now, or not to this person. */
final class RefusedException extends QuytrinhException
{
}
