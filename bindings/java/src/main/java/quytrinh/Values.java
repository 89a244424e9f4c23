// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What goes into fields, as the library's JSON writes it. */
final class Values {
    /** Nothing that an office counts is longer; the library has limits of its own. */
    private static final int DIGITS = 1_000;

    private Values() {}

    static Object shown(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean) return value;
        if (value instanceof BigDecimal number) return decimal(number);
        if (value instanceof BigInteger number) return decimal(new BigDecimal(number));
        if (value instanceof Integer || value instanceof Long || value instanceof Short)
            return Map.of("decimal", value.toString());
        if (value instanceof LocalDate day) return Map.of("date", day.toString());
        if (value instanceof Float || value instanceof Double)
            throw new IllegalArgumentException("a double is not exact: pass a BigDecimal");
        if (value instanceof List<?> list) return shown(list);
        throw new IllegalArgumentException("no field holds a " + value.getClass().getName());
    }

    private static Object decimal(BigDecimal number) {
        if (Math.abs((long) number.scale()) > DIGITS || number.precision() > DIGITS)
            throw new IllegalArgumentException("a number of too many digits");
        return Map.of("decimal", number.toPlainString());
    }

    private static Object shown(List<?> list) {
        long rows = list.stream().filter(one -> one instanceof List).count();
        if (rows == 0) {
            if (!list.stream().allMatch(one -> one instanceof String))
                throw new IllegalArgumentException("a list of choices holds strings");
            return list;
        }
        if (rows != list.size()) throw new IllegalArgumentException("either strings or rows");
        List<Object> out = new ArrayList<>();
        for (Object row : list) {
            List<Object> cells = new ArrayList<>();
            for (Object cell : (List<?>) row) cells.add(shown(cell));
            out.add(cells);
        }
        return Map.of("rows", out);
    }

    static int count(long number) {
        if (number < 0 || number > Integer.MAX_VALUE)
            throw new IllegalArgumentException("no such count: " + number);
        return (int) number;
    }

    /** With a zone, to the microsecond, which is as fine as the library counts. */
    static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC).toString();
    }

    static long micros(Instant at) {
        try {
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L),
                    at.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a moment too far away: " + at, e);
        }
    }

    static Instant atMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
