<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** An office of the parent process was used in a forked child: open it anew there. */
final class ForkedException extends StoreException
{
}
