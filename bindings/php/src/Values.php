<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * What goes in and comes out, as the library's JSON writes it.
 *
 * @internal
 */
final class Values
{
    public static function moment(?string $text): ?\DateTimeImmutable
    {
        return $text === null ? null : new \DateTimeImmutable($text);
    }

    /** A day is midnight in UTC: its format('Y-m-d') is what was written. */
    public static function day(string $text): \DateTimeImmutable
    {
        return new \DateTimeImmutable("$text 00:00:00", new \DateTimeZone('UTC'));
    }

    public static function micros(\DateTimeInterface $at): int
    {
        $seconds = $at->getTimestamp();
        if (\abs($seconds) > \intdiv(\PHP_INT_MAX, 1_000_000) - 1) {
            throw new \InvalidArgumentException('a moment too far away');
        }
        return $seconds * 1_000_000 + (int) $at->format('u');
    }

    public static function atMicros(int $micros): \DateTimeImmutable
    {
        $seconds = \intdiv($micros, 1_000_000);
        $rest = $micros % 1_000_000;
        if ($rest < 0) {
            --$seconds;
            $rest += 1_000_000;
        }
        return \DateTimeImmutable::createFromFormat('U.u', \sprintf('%d.%06d', $seconds, $rest));
    }

    /** For C's uint32_t, into which FFI would cut any number. */
    public static function count(int $number): int
    {
        if ($number < 0 || $number > 0xFFFF_FFFF) {
            throw new \InvalidArgumentException("no such count: $number");
        }
        return $number;
    }

    /** Words of somebody else's exception, which may be no UTF-8. */
    public static function wellFormed(string $words): string
    {
        return \json_decode(\json_encode($words,
            \JSON_INVALID_UTF8_SUBSTITUTE | \JSON_THROW_ON_ERROR));
    }

    /** A value of a field. */
    public static function shown(mixed $value): mixed
    {
        return match (true) {
            $value === null, \is_string($value), \is_bool($value) => $value,
            \is_int($value), $value instanceof Decimal => ['decimal' => (string) $value],
            $value instanceof \DateTimeInterface => ['date' => $value->format('Y-m-d')],
            \is_float($value) => throw new \InvalidArgumentException(
                'a float is not exact: pass a Decimal'),
            \is_array($value) => self::several($value),
            default => throw new \InvalidArgumentException(
                'no field holds a ' . \get_debug_type($value)),
        };
    }

    /** @param array<mixed> $values */
    private static function several(array $values): mixed
    {
        $rows = \array_filter($values, is_array(...));
        if ($rows === []) {
            if (\array_filter($values, is_string(...)) !== $values) {
                throw new \InvalidArgumentException('a list of choices holds strings');
            }
            return \array_values($values);
        }
        if (\count($rows) !== \count($values)) {
            throw new \InvalidArgumentException('either strings or rows');
        }
        $cells = fn (array $row): array => \array_map(self::shown(...), \array_values($row));
        return ['rows' => \array_map($cells, \array_values($values))];
    }

    /**
     * ['field' => value], or ['form' => ['field' => value]] with `Form` for fields that several
     * forms have.
     *
     * @param array<string, mixed> $fields
     * @return list<array<string, mixed>>
     */
    public static function fields(array $fields): array
    {
        $out = [];
        foreach ($fields as $name => $value) {
            if ($value instanceof Form) {
                foreach ($value->fields as $field => $inside) {
                    $out[] = ['form' => (string) $name, 'field' => (string) $field,
                        'value' => self::shown($inside)];
                }
            } else {
                $out[] = ['form' => '', 'field' => (string) $name, 'value' => self::shown($value)];
            }
        }
        return $out;
    }

    /** A value that was shown, as the type that its field was declared with. */
    public static function read(mixed $value, string $kind): mixed
    {
        return match (true) {
            !\is_string($value) => $value,
            $kind === 'number' => new Decimal($value),
            $kind === 'day' => self::day($value),
            default => $value,
        };
    }

    /** @return array<string, string>|string */
    public static function by(Actor|string $by): array|string
    {
        return $by instanceof Actor ? ['unit' => $by->unit, 'person' => $by->person] : $by;
    }

    /**
     * @param array<string, Actor|string> $bound
     * @return list<array<string, string>>
     */
    public static function bound(array $bound): array
    {
        $out = [];
        foreach ($bound as $role => $whom) {
            $who = Actor::of($whom);
            $out[] = ['role' => (string) $role, 'unit' => $who->unit, 'person' => $who->person];
        }
        return $out;
    }
}
