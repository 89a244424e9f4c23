// SPDX-License-Identifier: BSL-1.0
// The programs of examples/node and the page that shows one, as another project would run them.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, before, test } = require('node:test');

const { ROOT, program, quytrinh } = require('./support');

const EXAMPLES = path.join(ROOT, 'examples', 'node');
const read = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');

let folder;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quytrinh-node-'));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(path.resolve(__dirname, '..'), path.join(folder, 'node_modules', 'quytrinh'));
  for (const name of fs.readdirSync(EXAMPLES).filter((one) => one.endsWith('.mjs')))
    fs.copyFileSync(path.join(EXAMPLES, name), path.join(folder, name));
});
after(() => fs.rmSync(folder, { recursive: true }));

test('the page shows the first case', async () => {
  const code = read(EXAMPLES, 'first_case.mjs').split('\n\n').slice(1).join('\n\n');
  assert.ok(code.trimEnd().split('\n').length <= 15);
  assert.ok(read(__dirname, '..', 'README.md').includes(`\`\`\`js\n${code}\`\`\``));
  const ran = await program(['first_case.mjs'], { cwd: folder });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /^Kiểm tra thông tin, tài liệu SPDV \d{4}-\d\d-\d\d$/m);
});

test('everything is declared for TypeScript', () => {
  const declared = read(__dirname, '..', 'index.d.ts');
  const methods = Object.getOwnPropertyNames(quytrinh.Office.prototype);
  assert.ok(methods.length > 30);
  for (const name of methods.filter((one) => one !== 'constructor'))
    assert.match(declared, new RegExp(`^  ${name}\\(`, 'm'), name);
  for (const name of Object.keys(quytrinh))
    assert.match(declared, new RegExp(`^export .*\\b${name}\\b`, 'm'), name);
});

test('the walk prints what it should', async () => {
  const ran = await program(['walk.mjs', 'walk.db'], { cwd: folder });
  assert.deepEqual(ran,
    { code: 0, signal: null, stdout: read(EXAMPLES, 'walk.expected'), stderr: '' });
});

test('a library that is not there is said so', async () => {
  const ran = await program(['first_case.mjs'], {
    cwd: folder,
    env: { ...process.env, QUYTRINH_LIBRARY: '/nowhere/libquytrinh_c.so.1' },
  });
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /quytrinh: no native library .*quytrinh-build.*QUYTRINH_LIBRARY/);
});
