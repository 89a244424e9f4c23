<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** What `pull` did, and the notifications that were handed over by it. */
final readonly class Pulled
{
    /** @param list<Notification> $notifications */
    public function __construct(public Report $report, public array $notifications)
    {
    }
}
