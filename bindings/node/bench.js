// SPDX-License-Identifier: BSL-1.0
// bench.js WALK COUNT: the figures of bindings/README.md for Node.
'use strict';

const fs = require('node:fs');

const { parse, stringify } = require('./lib/json');
const { openOffice } = require('quytrinh');

const TRIAL = { clock: '2023-12-11T08:00:00+07:00', seed: 7 };

async function walk(office, commands, answers) {
  let id;
  let answer;
  for (const command of commands) {
    answer = await office.execute(id ? { ...command, case: id } : command);
    id = answer.case;
    if (answers) answers.push(stringify(answer));
  }
  if (!answer.ended) throw new Error('the case has not ended');
}

function onlyJson(commands, answers) {
  let id;
  for (const [i, command] of commands.entries()) {
    Buffer.from(stringify(id ? { ...command, case: id } : command), 'utf8');
    id = parse(answers[i]).case;
  }
}

async function main(file, count) {
  const commands = JSON.parse(fs.readFileSync(file, 'utf8'));
  const answers = [];
  const trial = await openOffice('memory:', TRIAL);
  for (let i = 0; i < count; ++i) await walk(trial, commands);
  await walk(trial, commands, answers);
  for (let i = 0; i < count; ++i) onlyJson(commands, answers);
  await trial.close();

  const office = await openOffice('memory:', TRIAL);
  let begun = process.hrtime.bigint();
  for (let i = 0; i < count; ++i) await walk(office, commands);
  const walked = process.hrtime.bigint() - begun;
  await office.close();
  begun = process.hrtime.bigint();
  for (let i = 0; i < count; ++i) onlyJson(commands, answers);
  const json = process.hrtime.bigint() - begun;
  console.log(`${count * commands.length} ${walked} ${json}`);
}

main(process.argv[2], Number(process.argv[3]));
