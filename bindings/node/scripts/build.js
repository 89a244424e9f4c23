#!/usr/bin/env node
// SPDX-License-Identifier: BSL-1.0
// Puts the native library into the package, where it is found at run time. npm runs it on install;
// `npx quytrinh-build` runs it again.
//
// QUYTRINH_LIBRARY names one that is built already. Otherwise the checkout around this folder is
// compiled, which takes some minutes and what README.md of the project names (Boost and so on);
// CMAKE_ARGS adds options of CMake.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const NAME = 'libquytrinh_c.so.1';
const PACKAGE = path.resolve(__dirname, '..');
const ROOT = path.resolve(PACKAGE, '..', '..');
const TARGET = path.join(PACKAGE, 'native', NAME);

function run(...command) {
  const { status, error } = spawnSync(command[0], command.slice(1), { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command[0]} failed`);
}

function built() {
  const given = process.env.QUYTRINH_LIBRARY;
  if (given) return given;
  if (!fs.existsSync(path.join(ROOT, 'include', 'quytrinh', 'quytrinh.h'))) {
    if (fs.existsSync(TARGET)) return null; // packed with its library
    throw new Error('install from a checkout, or set QUYTRINH_LIBRARY');
  }
  const folder = path.join(ROOT, 'build', 'node-native');
  const off = ['TESTS', 'EXAMPLES', 'BENCH', 'CLI'].map((one) => `-DQUYTRINH_BUILD_${one}=OFF`);
  const generator = spawnSync('ninja', ['--version']).status === 0 ? ['-G', 'Ninja'] : [];
  const more = (process.env.CMAKE_ARGS ?? '').split(' ').filter(Boolean);
  run('cmake', '-S', ROOT, '-B', folder, ...generator, '-DCMAKE_BUILD_TYPE=Release',
    '-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG', '-DQUYTRINH_INSTALL=OFF', ...off, ...more);
  const jobs = String(Math.min(os.cpus().length, 4));
  run('cmake', '--build', folder, '--target', 'quytrinh_c', '--parallel', jobs);
  return path.join(folder, 'bindings', 'c', NAME);
}

try {
  const from = built();
  if (from) {
    fs.mkdirSync(path.dirname(TARGET), { recursive: true });
    // Written beside and renamed: a program that has the old one loaded keeps it.
    fs.copyFileSync(fs.realpathSync(from), `${TARGET}.new`);
    fs.renameSync(`${TARGET}.new`, TARGET);
  }
} catch (fault) {
  console.error(`quytrinh: ${fault.message}`);
  process.exitCode = 1;
}
