<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** 4xx: a text, procedure or calendar. */
final class TextException extends QuytrinhException
{
}
