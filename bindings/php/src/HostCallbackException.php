<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 903: a closure of yours (`members`, a table, `progress`) failed; the previous says why. */
final class HostCallbackException extends QuytrinhException
{
}
