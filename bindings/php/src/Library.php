<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** The native library: where it is found, and calls into it. */
final class Library
{
    private const FILE = 'libquytrinh_c.so.1';

    private static ?string $path = null;
    private static ?\FFI $functions = null;
    /** @var list<Slots> room for results that no call is using */
    private static array $free = [];

    /** Names the file, before anything else is asked of this package. */
    public static function at(string $path): void
    {
        if (self::$functions !== null) {
            throw new \LogicException('quytrinh: the native library is loaded already');
        }
        self::$path = $path;
    }

    /** "1.0.0" */
    public static function version(): string
    {
        return self::functions()->quytrinh_version();
    }

    /** How much of the library this process has not let go yet: for tests of leaks. */
    public static function liveHandles(): int
    {
        $count = self::functions()->new('uint64_t[1]');
        self::functions()->quytrinh_live_handles($count);
        return $count[0];
    }

    /** @internal */
    public static function functions(): \FFI
    {
        return self::$functions ??= self::load();
    }

    private static function declarations(): string
    {
        // The lines with # are for ffi.preload, which alone knows them.
        return \preg_replace('/^#.*$/m', '', \file_get_contents(__DIR__ . '/quytrinh.ffi'));
    }

    private static function file(): string
    {
        $given = self::$path ?? (\getenv('QUYTRINH_LIBRARY') ?: null);
        $beside = \dirname(__DIR__) . '/native/' . self::FILE;
        return $given ?? (\is_file($beside) ? $beside : self::FILE);
    }

    private static function load(): \FFI
    {
        if (\PHP_INT_SIZE !== 8) {
            throw new \RuntimeException('quytrinh: 64-bit systems only');
        }
        $functions = null;
        if (self::$path === null && \ini_get('ffi.preload')) {
            try {
                $functions = \FFI::scope('quytrinh');
            } catch (\FFI\Exception) {
                // Something else was preloaded.
            }
        }
        $functions ??= \FFI::cdef(self::declarations(), self::file());
        $found = $functions->quytrinh_abi_version();
        if ($found !== OpenFlag::ABI_VERSION) {
            throw new \RuntimeException("quytrinh: the native library has ABI $found, this package"
                . ' needs ' . OpenFlag::ABI_VERSION);
        }
        return $functions;
    }

    /**
     * The text of a function whose last parameters are the error and a text.
     *
     * @internal
     */
    public static function text(Words $words, string $name, mixed ...$given): string
    {
        $slots = \array_pop(self::$free) ?? new Slots(self::functions());
        try {
            $code = self::$functions->{$name}(...$given, ...[$slots->error, $slots->out]);
            if ($code !== 0) {
                throw self::failure($code, $slots->error[0], $words);
            }
            Callbacks::succeeded();
            return self::read($slots->out[0], $slots);
        } finally {
            self::$free[] = $slots;
        }
    }

    /**
     * A function whose last parameter is the error.
     *
     * @internal
     */
    public static function done(Words $words, string $name, mixed ...$given): void
    {
        $slots = \array_pop(self::$free) ?? new Slots(self::functions());
        try {
            $code = self::$functions->{$name}(...$given, ...[$slots->error]);
            if ($code !== 0) {
                throw self::failure($code, $slots->error[0], $words);
            }
            Callbacks::succeeded();
        } finally {
            self::$free[] = $slots;
        }
    }

    /**
     * A function whose last parameters are the error and a number of this type.
     *
     * @internal
     */
    public static function number(Words $words, string $type, string $name, mixed ...$given): int
    {
        $slots = new Slots(self::functions());
        $out = self::$functions->new($type . '[1]');
        $code = self::$functions->{$name}(...$given, ...[$slots->error, $out]);
        if ($code !== 0) {
            throw self::failure($code, $slots->error[0], $words);
        }
        Callbacks::succeeded();
        return $out[0];
    }

    private static function read(int $text, Slots $slots): string
    {
        try {
            $code = self::$functions->quytrinh_text_get($text, $slots->data, $slots->size);
            return $code === 0 ? \FFI::string($slots->data[0], $slots->size[0]) : '';
        } finally {
            self::$functions->quytrinh_release($text);
        }
    }

    /** @internal */
    public static function failure(int $code, int $error, Words $words): QuytrinhException
    {
        $details = [];
        if ($error !== 0) {
            $slots = new Slots(self::$functions);
            if (self::$functions->quytrinh_error_json($error, $words->value, $slots->out) === 0) {
                $details = Json::read(self::read($slots->out[0], $slots));
            }
            self::$functions->quytrinh_release($error);
        } elseif ($code === Code::Forked->value) {
            $details = ['name' => 'forked',
                'message' => 'not usable in a forked child, open it again'];
        }
        return QuytrinhException::of($code, $details, Callbacks::thrown());
    }
}
