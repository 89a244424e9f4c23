// SPDX-License-Identifier: BSL-1.0
// The event loop goes on while the library works, and what is read in pages does not pile up.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');

const { ME, collect, quytrinh, withOffice } = require('./support');

/** So many cases at once, that are opened in one call. */
const opened = (count) =>
  Array.from({ length: count }, () => ({ command: 'open', procedure: 'QT.HTKH.03', by: ME }));

test('the event loop turns while a call works', () => withOffice(async (office) => {
  // Until the calls take long enough to see, on this machine.
  for (let calls = 4; ; calls *= 2) {
    let turns = 0;
    let working = true;
    const turning = (async () => {
      for (; working; ++turns) await sleep(1);
    })();
    const begun = process.hrtime.bigint();
    const made = Array.from({ length: calls }, () => office.executeAll(opened(500)));
    const all = await Promise.all(made);
    const took = Number(process.hrtime.bigint() - begun) / 1e6;
    working = false;
    await turning;
    assert.equal(all.flat().filter((one) => one.result).length, calls * 500);
    if (took < 100) continue;
    assert.ok(turns >= 10, `${turns} turns in ${took} ms`);
    break;
  }
}));

test('10,000 tasks in pages without growth of memory', () => withOffice(async (office) => {
  for (let i = 0; i < 10_000; i += 1000)
    await office.executeAll(opened(1000));
  const read = async (page) => {
    const seen = new Set();
    for await (const task of office.tasks({ unit: 'ĐVYC', relation: 'lead', page }))
      seen.add(task.case);
    assert.equal(seen.size, 10_000);
  };
  const used = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  await read(1000);
  await read(100);
  const heap = used();
  const resident = process.memoryUsage.rss();
  for (let i = 0; i < 5; ++i) await read(i % 2 ? 1000 : 100);
  assert.ok(used() - heap < 2 << 20, `heap: ${heap} to ${used()}`);
  const grown = process.memoryUsage.rss() - resident;
  assert.ok(grown < 32 << 20, `resident: ${grown} more`);
  assert.equal(quytrinh.liveHandles(), 1);
}));

test('a reader that stops early leaves nothing', () => withOffice(async (office) => {
  for (let i = 0; i < 5; ++i) await office.open('QT.HTKH.03', { by: ME });
  for await (const task of office.tasks({ page: 2 })) {
    assert.ok(task.case);
    break;
  }
  assert.equal(quytrinh.liveHandles(), 1);
}));
