<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 1xx: the request itself is wrong. */
final class RequestException extends QuytrinhException
{
}
