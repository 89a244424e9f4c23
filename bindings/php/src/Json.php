<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** @internal */
final class Json
{
    /** Deeper than the library reads (20), so that it refuses in its own words. */
    private const DEEPEST = 100;

    /** Of the library's own bytes. */
    public static function read(string $text): mixed
    {
        return \json_decode($text, true, 512, \JSON_THROW_ON_ERROR | \JSON_BIGINT_AS_STRING);
    }

    public static function write(mixed $value): string
    {
        try {
            return \json_encode($value, \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES
                | \JSON_UNESCAPED_LINE_TERMINATORS | \JSON_THROW_ON_ERROR, self::DEEPEST);
        } catch (\JsonException $e) {
            if ($e->getCode() === \JSON_ERROR_UTF8) {
                throw new RequestException(Code::InvalidUtf8->value, ['name' => 'invalid_utf8',
                    'message' => 'a string is no UTF-8'], $e);
            }
            throw new \InvalidArgumentException($e->getMessage(), 0, $e);
        }
    }
}
