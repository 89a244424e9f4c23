<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * Room for what a call gives: an error, a text, and its bytes.
 *
 * @internal
 */
final class Slots
{
    public readonly \FFI\CData $error;
    public readonly \FFI\CData $out;
    public readonly \FFI\CData $data;
    public readonly \FFI\CData $size;

    public function __construct(\FFI $functions)
    {
        $this->error = $functions->new('uintptr_t[1]');
        $this->out = $functions->new('uintptr_t[1]');
        $this->data = $functions->new('char*[1]');
        $this->size = $functions->new('size_t[1]');
    }
}
