// SPDX-License-Identifier: BSL-1.0
// The same package by require().
import quytrinh = require('quytrinh');

export const office: Promise<quytrinh.Office> = quytrinh.openOffice();
export const live: number = quytrinh.liveHandles();
