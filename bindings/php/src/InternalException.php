<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 9xx otherwise: the library's own. */
final class InternalException extends QuytrinhException
{
}
