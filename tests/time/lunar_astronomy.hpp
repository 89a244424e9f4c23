// SPDX-License-Identifier: BSL-1.0
// tests/time/lunar_astronomy.hpp: the lunar calendar from the sky, independent of the library. The
// library reads a table (no floating point decides a date that an event keeps); this is where the
// table comes from, and the test that compares the two is what makes it trustworthy.
//
// Formulas: new moons from J. Meeus, Astronomical Algorithms (2nd ed.), ch. 49, full series;
// longitude of the sun from the larger terms of the theory VSOP87 (same book, appendix III) with
// aberration and the two largest terms of nutation, good to about an arc second (25 s of time);
// difference of dynamical and universal time from the polynomials of F. Espenak and J. Meeus. Rules
// of the Vietnamese calendar as Hồ Ngọc Đức documents them: days of UTC+7; a month begins on the
// day of the new moon; month 11 contains the winter solstice; among thirteen months the first
// without a principal term (trung khí) is the leap.
#pragma once

#include <array>
#include <chrono>
#include <cmath>
#include <vector>

namespace lunar_astronomy {

using day_number = long;  // days after 1970-01-01, local (UTC+7)

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double unix_epoch_jd = 2440587.5;

inline double sin_degrees(double angle) { return std::sin(std::fmod(angle, 360.0) * pi / 180.0); }

/// Dynamical minus universal time, seconds.
inline double delta_t(double year) {
    const auto horner = [](double t, std::initializer_list<double> c) {
        double sum = 0;
        for (auto i = std::rbegin(c); i != std::rend(c); ++i) sum = sum * t + *i;
        return sum;
    };
    if (year < 1920) {
        return horner(year - 1900, {-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197});
    }
    if (year < 1941) return horner(year - 1920, {21.20, 0.84493, -0.076100, 0.0020936});
    if (year < 1961) return horner(year - 1950, {29.07, 0.407, -1.0 / 233, 1.0 / 2547});
    if (year < 1986) return horner(year - 1975, {45.45, 1.067, -1.0 / 260, -1.0 / 718});
    if (year < 2005) {
        return horner(year - 2000,
                      {63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599});
    }
    if (year < 2050) return horner(year - 2000, {62.92, 0.32217, 0.005589});
    const double centuries = (year - 1820) / 100;
    const double parabola = -20 + 32 * centuries * centuries;
    return year < 2150 ? parabola - 0.5628 * (2150 - year) : parabola;
}

inline double year_of_jd(double jd) { return 2000 + (jd - 2451544.5) / 365.2425; }
inline double universal(double jde) { return jde - delta_t(year_of_jd(jde)) / 86400; }

/// Days after 1970-01-01 00:00 of UTC+7, with their fraction.
inline double local_days(double jd_ut) { return jd_ut - unix_epoch_jd + 7.0 / 24; }

/// Universal time (Julian day) of the k-th new moon after that of 6 January 2000.
inline double new_moon(long number) {
    struct term {
        double size;
        int e, m, mp, f, omega;
    };
    static constexpr std::array<term, 25> terms{{
        {-0.40720, 0, 0, 1, 0, 0}, {0.17241, 1, 1, 0, 0, 0},    {0.01608, 0, 0, 2, 0, 0},
        {0.01039, 0, 0, 0, 2, 0},  {0.00739, 1, -1, 1, 0, 0},   {-0.00514, 1, 1, 1, 0, 0},
        {0.00208, 2, 2, 0, 0, 0},  {-0.00111, 0, 0, 1, -2, 0},  {-0.00057, 0, 0, 1, 2, 0},
        {0.00056, 1, 1, 2, 0, 0},  {-0.00042, 0, 0, 3, 0, 0},   {0.00042, 1, 1, 0, 2, 0},
        {0.00038, 1, 1, 0, -2, 0}, {-0.00024, 1, -1, 2, 0, 0},  {-0.00017, 0, 0, 0, 0, 1},
        {-0.00007, 0, 2, 1, 0, 0}, {0.00004, 0, 0, 2, -2, 0},   {0.00004, 0, 3, 0, 0, 0},
        {0.00003, 0, 1, 1, -2, 0}, {0.00003, 0, 0, 2, 2, 0},    {-0.00003, 0, 1, 1, 2, 0},
        {0.00003, 0, -1, 1, 2, 0}, {-0.00002, 0, -1, 1, -2, 0}, {-0.00002, 0, 1, 3, 0, 0},
        {0.00002, 0, 0, 4, 0, 0},
    }};
    static constexpr std::array<std::array<double, 3>, 14> planets{{
        {0.000325, 299.77, 0.107408},
        {0.000165, 251.88, 0.016321},
        {0.000164, 251.83, 26.651886},
        {0.000126, 349.42, 36.412478},
        {0.000110, 84.66, 18.206239},
        {0.000062, 141.74, 53.303771},
        {0.000060, 207.14, 2.453732},
        {0.000056, 154.84, 7.306860},
        {0.000047, 34.52, 27.261239},
        {0.000042, 207.19, 0.121824},
        {0.000040, 291.34, 1.844379},
        {0.000037, 161.72, 24.198154},
        {0.000035, 239.56, 25.513099},
        {0.000023, 331.55, 3.592518},
    }};
    const auto k = static_cast<double>(number);
    const double t = k / 1236.85;
    const double t2 = t * t;
    const double t3 = t2 * t;
    const double t4 = t3 * t;
    const double e = 1 - 0.002516 * t - 0.0000074 * t2;
    const double m = 2.5534 + 29.10535670 * k - 0.0000014 * t2 - 0.00000011 * t3;
    const double mp =
        201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t3 - 0.000000058 * t4;
    const double f =
        160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t3 + 0.000000011 * t4;
    const double omega = 124.7746 - 1.56375588 * k + 0.0020672 * t2 + 0.00000215 * t3;
    double jde =
        2451550.09766 + 29.530588861 * k + 0.00015437 * t2 - 0.000000150 * t3 + 0.00000000073 * t4;
    for (const auto& one : terms) {
        jde += one.size * std::pow(e, one.e) *
               sin_degrees(one.m * m + one.mp * mp + one.f * f + one.omega * omega);
    }
    for (const auto& [size, phase, speed] : planets) {
        const double bend = speed == 0.107408 ? -0.009173 * t2 : 0.0;
        jde += size * sin_degrees(phase + speed * k + bend);
    }
    return universal(jde);
}

/// Apparent longitude of the sun in degrees, at a universal time (Julian day).
inline double sun_longitude(double jd_ut) {
    using row = std::array<double, 3>;
    static constexpr std::array<row, 34> l0{{
        {175347046, 0, 0},
        {3341656, 4.6692568, 6283.0758500},
        {34894, 4.62610, 12566.15170},
        {3497, 2.7441, 5753.3849},
        {3418, 2.8289, 3.5231},
        {3136, 3.6277, 77713.7715},
        {2676, 4.4181, 7860.4194},
        {2343, 6.1352, 3930.2097},
        {1324, 0.7425, 11506.7698},
        {1273, 2.0371, 529.6910},
        {1199, 1.1096, 1577.3435},
        {990, 5.233, 5884.927},
        {902, 2.045, 26.298},
        {857, 3.508, 398.149},
        {780, 1.179, 5223.694},
        {753, 2.533, 5507.553},
        {505, 4.583, 18849.228},
        {492, 4.205, 775.523},
        {357, 2.920, 0.067},
        {317, 5.849, 11790.629},
        {284, 1.899, 796.298},
        {271, 0.315, 10977.079},
        {243, 0.345, 5486.778},
        {206, 4.806, 2544.314},
        {205, 1.869, 5573.143},
        {202, 2.458, 6069.777},
        {156, 0.833, 213.299},
        {132, 3.411, 2942.463},
        {126, 1.083, 20.775},
        {115, 0.645, 0.980},
        {103, 0.636, 4694.003},
        {102, 0.976, 15720.839},
        {102, 4.267, 7.114},
        {99, 6.21, 2146.17},
    }};
    static constexpr std::array<row, 12> l1{{
        {628331966747.0, 0, 0},
        {206059, 2.678235, 6283.075850},
        {4303, 2.6351, 12566.1517},
        {425, 1.590, 3.523},
        {119, 5.796, 26.298},
        {109, 2.966, 1577.344},
        {93, 2.59, 18849.23},
        {72, 1.14, 529.69},
        {68, 1.87, 398.15},
        {67, 4.41, 5507.55},
        {59, 2.89, 5223.69},
        {56, 2.17, 155.42},
    }};
    static constexpr std::array<row, 3> l2{{
        {52919, 0, 0},
        {8720, 1.0721, 6283.0758},
        {309, 0.867, 12566.152},
    }};
    const double jde = jd_ut + delta_t(year_of_jd(jd_ut)) / 86400;
    const double tau = (jde - 2451545.0) / 365250;
    const auto series = [tau](const auto& rows) {
        double sum = 0;
        for (const auto& [size, phase, speed] : rows) sum += size * std::cos(phase + speed * tau);
        return sum;
    };
    const double radians = (series(l0) + series(l1) * tau + series(l2) * tau * tau +
                            289 * std::cos(5.844 + 6283.076 * tau) * tau * tau * tau) /
                           1e8;
    const double t = tau * 10;
    const double anomaly = 357.5291 + 35999.0503 * t;
    const double distance = 1.000001018 * (1 - 0.016708634 * 0.016708634) /
                            (1 + 0.016708634 * std::cos(anomaly * pi / 180));
    const double nutation = -17.20 * sin_degrees(125.04452 - 1934.136261 * t) -
                            1.32 * sin_degrees(2 * (280.4665 + 36000.7698 * t)) -
                            0.23 * sin_degrees(2 * (218.3165 + 481267.8813 * t));
    const double seconds = -0.09033 + nutation - 20.4898 / distance;
    const double degrees = std::fmod(radians * 180 / pi + 180 + seconds / 3600, 360.0);
    return degrees < 0 ? degrees + 360 : degrees;
}

/// The local day of the k-th new moon. One of 1900–2199 is too near to midnight for the series,
/// whose error reaches about 15 s: it gives 7 July 1967 16:59:58 UTC, a full theory of the moon
/// 17:00:03, which is 8 July in UTC+7. The next nearest is 10 s away (15 November 2077), and there
/// both agree on the day.
inline day_number month_start(long k) {
    constexpr long of_july_1967 = -402;
    if (k == of_july_1967) return -908;
    return static_cast<day_number>(std::floor(local_days(new_moon(k))));
}

/// Which twelfth of its way the sun is in at the midnight that begins a local day: 9 after the
/// solstice.
inline int sector(day_number day) {
    const double midnight = static_cast<double>(day) + unix_epoch_jd - 7.0 / 24;
    return static_cast<int>(sun_longitude(midnight) / 30);
}

struct month {
    day_number start = 0;
    int length = 0;
    int number = 0;
    bool leap = false;
    int year = 0;
};

/// k of month 11 of a solar year: the month in which the sun passes 270°.
inline long month_eleven(int year) {
    const auto december = std::chrono::sys_days{std::chrono::year{year} / 12 / 31};
    const auto last = static_cast<double>(december.time_since_epoch().count());
    long k = std::lround((last + unix_epoch_jd - 2451550.1) / 29.530588861) + 1;
    while (month_start(k) > static_cast<day_number>(last) || sector(month_start(k)) == 9) --k;
    return k;
}

/// The months from month 11 of `year` - 1 up to that of `year`, which is left out.
inline std::vector<month> months_between_solstices(int year) {
    const long first = month_eleven(year - 1);
    const long count = month_eleven(year) - first;
    std::vector<month> months;
    bool leap_found = count == 12;
    int number = 10;
    for (long i = 0; i < count; ++i) {
        month one;
        one.start = month_start(first + i);
        const day_number next = month_start(first + i + 1);
        one.length = static_cast<int>(next - one.start);
        if (!leap_found && i > 0 && sector(one.start) == sector(next)) {
            leap_found = one.leap = true;
        } else {
            number = number % 12 + 1;
        }
        one.number = number;
        one.year = number >= 11 && i < 3 ? year - 1 : year;
        months.push_back(one);
    }
    return months;
}

/// The months of one lunar year, first to last.
inline std::vector<month> months_of(int year) {
    std::vector<month> months;
    for (const int solar : {year, year + 1}) {
        for (const auto& one : months_between_solstices(solar)) {
            if (one.year == year) months.push_back(one);
        }
    }
    return months;
}

}  // namespace lunar_astronomy
