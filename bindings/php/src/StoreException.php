<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 3xx: the store. */
class StoreException extends QuytrinhException
{
}
