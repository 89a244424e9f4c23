<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 5xx: a date that cannot be counted. */
final class CountingException extends QuytrinhException
{
}
