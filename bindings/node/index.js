// SPDX-License-Identifier: BSL-1.0
// quytrinh for Node: offices, what they throw, and the numbers behind it.
'use strict';

const { ABI_VERSION, Code } = require('./lib/codes');
const {
  QuytrinhError,
  RequestError,
  Refused,
  StoreError,
  ForkedError,
  TextError,
  CountingError,
  HostCallbackError,
  InternalError,
} = require('./lib/errors');
const { liveHandles, version } = require('./lib/native');
const { Office, openOffice } = require('./lib/office');

module.exports = {
  ABI_VERSION,
  Code,
  CountingError,
  ForkedError,
  HostCallbackError,
  InternalError,
  Office,
  QuytrinhError,
  Refused,
  RequestError,
  StoreError,
  TextError,
  liveHandles,
  openOffice,
  version,
};
