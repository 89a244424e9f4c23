<?php
// SPDX-License-Identifier: BSL-1.0
// bench.php WALK COUNT: the figures of bindings/README.md for PHP.

declare(strict_types=1);

use Quytrinh\Json;
use Quytrinh\Office;

require __DIR__ . '/autoload.php';

/**
 * @param list<array<string, mixed>> $commands
 * @param list<string>|null $answers
 */
function walk(Office $office, array $commands, ?array &$answers = null): void
{
    $case = '';
    foreach ($commands as $command) {
        if ($case !== '') {
            $command['case'] = $case;
        }
        $answer = $office->execute($command);
        $case = $answer['case'];
        if ($answers !== null) {
            $answers[] = Json::write($answer);
        }
    }
    $answer['ended'] || throw new LogicException('not ended');
}

/**
 * @param list<array<string, mixed>> $commands
 * @param list<string> $answers
 */
function only_json(array $commands, array $answers): void
{
    $case = '';
    foreach ($commands as $n => $command) {
        if ($case !== '') {
            $command['case'] = $case;
        }
        Json::write($command);
        $case = Json::read($answers[$n])['case'];
    }
}

function office(): Office
{
    return new Office(clock: new DateTimeImmutable('2023-12-11T08:00:00+07:00'), seed: 7);
}

[, $path, $count] = $argv;
$commands = Json::read(file_get_contents($path));
$answers = [];
$office = office();
for ($n = 0; $n < $count / 10; ++$n) {
    walk($office, $commands);
}
walk($office, $commands, $answers);
$office = office();
$begun = hrtime(true);
for ($n = 0; $n < $count; ++$n) {
    walk($office, $commands);
}
$walks = hrtime(true) - $begun;
$begun = hrtime(true);
for ($n = 0; $n < $count; ++$n) {
    only_json($commands, $answers);
}
echo $count * count($commands), ' ', $walks, ' ', hrtime(true) - $begun, "\n";
