<?php
// SPDX-License-Identifier: BSL-1.0

declare(strict_types=1);

namespace Quytrinh;

/** A call failed. The message is a sentence for the person who asked; getCode() is the number. */
abstract class QuytrinhException extends \RuntimeException
{
    /** Which error; null when a newer library gives a newer one. */
    public readonly ?Code $error;
    /** Its name: "not_permitted". */
    public readonly string $name;
    /** @var list<string> who could do it instead */
    public readonly array $whoCould;
    /** @var list<Diagnostic> of a wrong text: everything that is wrong with it */
    public readonly array $diagnostics;

    /** @param array<string, mixed> $details */
    final public function __construct(int $number, array $details, ?\Throwable $previous = null)
    {
        $this->error = Code::tryFrom($number);
        $this->name = $details['name'] ?? 'unknown';
        $this->whoCould = $details['who_could'] ?? [];
        $this->diagnostics = \array_map(Diagnostic::from(...), $details['diagnostics'] ?? []);
        parent::__construct($details['message'] ?? $this->name, $number, $previous);
    }

    /**
     * @internal
     * @param array<string, mixed> $details
     */
    public static function of(int $number, array $details, ?\Throwable $previous = null): self
    {
        $class = match (true) {
            $number === Code::Forked->value => ForkedException::class,
            $number === Code::HostCallbackFailed->value => HostCallbackException::class,
            default => match (\intdiv($number, 100)) {
                1 => RequestException::class,
                2 => RefusedException::class,
                3 => StoreException::class,
                4 => TextException::class,
                5 => CountingException::class,
                default => InternalException::class,
            },
        };
        return new $class($number, $details, $previous);
    }
}
