<?php
// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

declare(strict_types=1);

namespace Quytrinh;

/** What `draw` draws. */
enum Drawing: int
{
    case Svg = 0;
    case Dot = 1;
    case Mermaid = 2;
}
