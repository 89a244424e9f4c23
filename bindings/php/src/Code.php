<?php
// SPDX-License-Identifier: BSL-1.0
// Made by bindings/generate.py of the C headers; do not edit.

declare(strict_types=1);

namespace Quytrinh;

/** Every error number. */
enum Code: int
{
    case Ok = 0;
    case InvalidArgument = 100;
    case InvalidUtf8 = 101;
    case NotFound = 102;
    case LimitExceeded = 103;
    case CommandIdReused = 105;
    case BadCursor = 106;
    case BadJson = 107;
    case IdCharacter = 108;
    case CaseNotOpen = 200;
    case NoSuchStep = 201;
    case TaskNotOpen = 202;
    case TaskAmbiguous = 203;
    case NotPermitted = 204;
    case TakenByOther = 205;
    case OutcomeUnknownName = 206;
    case OutcomeMissing = 207;
    case ReasonMissing = 208;
    case PreconditionMissing = 209;
    case FieldMissing = 210;
    case FieldUnknown = 211;
    case FieldAmbiguous = 212;
    case FieldType = 213;
    case FieldLocked = 214;
    case ChecklistIncomplete = 215;
    case AssignmentMissing = 216;
    case SamePerson = 217;
    case RoleUnbound = 218;
    case ConsultationOpen = 219;
    case ConditionUnknown = 220;
    case OutcomeDiffers = 221;
    case AlreadyConfirmed = 222;
    case VersionDiffers = 223;
    case NotReceived = 225;
    case TooLateToWithdraw = 226;
    case RightNotWritten = 227;
    case ReferenceTaken = 228;
    case BindingWrong = 229;
    case AnswerUnknown = 230;
    case EntryNotAllowed = 231;
    case NotClaimed = 232;
    case LoopExhausted = 233;
    case FieldNotCurrent = 234;
    case TooEarly = 235;
    case ChoiceUnknown = 236;
    case SignalUnknown = 237;
    case EvidenceMissing = 238;
    case FormNotFilled = 239;
    case NoWayOn = 240;
    case ActReasonMissing = 241;
    case NotAskedHere = 242;
    case TickUnknown = 243;
    case ChannelUnknown = 244;
    case ReceiptNotNeeded = 245;
    case AlreadyReceived = 246;
    case NotInForce = 247;
    case RecordEmpty = 248;
    case PersonMissing = 249;
    case PaperMissing = 250;
    case Conflict = 300;
    case StoreBusy = 301;
    case OutcomeUnknown = 302;
    case StoreFull = 303;
    case StoreReadonly = 304;
    case StoreCorrupt = 305;
    case StoreForeign = 306;
    case StoreNewer = 307;
    case Forked = 309;
    case CaseQuarantined = 310;
    case ClockDiffers = 311;
    case WeakDurability = 312;
    case StoreUnavailable = 313;
    case StoreInternal = 314;
    case StoreTooSlow = 315;
    case NoEntropy = 316;
    case TextIsWrong = 400;
    case ProcedureUnknown = 401;
    case FileUnreadable = 403;
    case CalendarUnknown = 404;
    case FileUnwritable = 406;
    case LinkedUnknown = 407;
    case RewritingDiffers = 408;
    case CalendarDiffers = 409;
    case YearWithoutData = 500;
    case TimeOutOfRange = 501;
    case RuleMismatch = 502;
    case Internal = 900;
    case OutOfMemory = 901;
    case HostCallbackFailed = 903;
}
