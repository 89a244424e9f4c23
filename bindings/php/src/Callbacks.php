<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/**
 * What C calls while a function works. There is one C function of each kind for the life of the
 * process; `user` is the number of the closure that is meant. FFI keeps what it makes of a closure
 * until the process ends, so more of them would be a leak.
 *
 * @internal
 */
final class Callbacks
{
    /** Closures that call what calls them fail at this depth, before the stack ends. */
    private const DEEPEST = 8;

    private static int $depth = 0;
    private static int $last = 0;
    /** @var array<int, \WeakReference<\Closure>> who calls keeps the closure itself */
    private static array $known = [];
    /** @var array<string, \FFI\CData> */
    private static array $functions = [];
    private static ?\Throwable $thrown = null;

    public static function keep(\Closure $what): int
    {
        self::$known[++self::$last] = \WeakReference::create($what);
        return self::$last;
    }

    public static function forget(int ...$numbers): void
    {
        foreach ($numbers as $number) {
            unset(self::$known[$number]);
        }
    }

    public static function kept(): int
    {
        return \count(self::$known);
    }

    /** What the last closure threw, once: why the call failed. */
    public static function thrown(): ?\Throwable
    {
        $last = self::$thrown;
        self::$thrown = null;
        return $last;
    }

    /** A call has succeeded, whatever was thrown amid it: that is not the cause of the next fault. */
    public static function succeeded(): void
    {
        if (self::$thrown !== null && self::$depth === 0) {
            self::$thrown = null;
        }
    }

    /** The C function of a kind: "members", "import", "row" or "progress". */
    public static function of(string $kind): \FFI\CData
    {
        if (!isset(self::$functions[$kind])) {
            $place = Library::functions()->new("quytrinh_{$kind}_fn[1]");
            $place[0] = match ($kind) {
                'members' => self::members(...),
                'import' => self::import(...),
                'row' => self::row(...),
                'progress' => self::progress(...),
            };
            self::$functions[$kind] = $place;
        }
        return self::$functions[$kind][0];
    }

    /** Nothing may leave a callback: PHP's exceptions do not pass through C. */
    private static function guarded(int $user, \Closure $work): int
    {
        if (self::$depth >= self::DEEPEST) {
            return -1;
        }
        ++self::$depth;
        try {
            $what = (self::$known[$user] ?? null)?->get();
            return $what === null ? -1 : $work($what);
        } catch (\Throwable $e) {
            self::$thrown = $e;
            return -1;
        } finally {
            --self::$depth;
        }
    }

    private static function members(int $user, \FFI\CData $person, int $size, int $reply): int
    {
        return self::guarded($user, static function (\Closure $units) use ($person, $size, $reply) {
            foreach ($units(\FFI::string($person, $size)) as $one) {
                $member = $one instanceof Member ? $one : new Member($one);
                $code = Library::functions()->quytrinh_reply_member($reply, $member->unit,
                    \strlen($member->unit), (int) $member->head, $member->version);
                if ($code !== 0) {
                    return -1;
                }
            }
            return 0;
        });
    }

    private static function import(int $user, \FFI\CData $name, int $size, int $reply): int
    {
        return self::guarded($user, static function (\Closure $text) use ($name, $size, $reply) {
            $found = $text(\FFI::string($name, $size));
            return $found === null ? 1 : Library::functions()->quytrinh_reply_text(
                $reply, $found, \strlen($found));
        });
    }

    private static function row(int $user, \FFI\CData $row, int $size): int
    {
        return self::guarded($user, static fn (\Closure $has): int =>
            (int) (bool) $has(Json::read(\FFI::string($row, $size))));
    }

    private static function progress(int $user, int $done, int $found): int
    {
        return self::guarded($user, static fn (\Closure $mayGoOn): int =>
            $mayGoOn($done, $found) === false ? 1 : 0);
    }
}
