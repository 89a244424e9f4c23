// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings, booleans, Long (BigInteger, BigDecimal where that is too small) and
 * null. By jackson-core alone: one jar that nearly every program has already, streaming, without
 * reflection; callers see nothing of it.
 */
final class Json {
    /** Deeper than the library reads (20), so that it refuses in its own words. */
    private static final int DEEPEST = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private Json() {}

    /** Of the library's own bytes. */
    static Object read(byte[] text) {
        try (JsonParser in = FACTORY.createParser(text)) {
            in.nextToken();
            return value(in);
        } catch (IOException e) {
            throw new IllegalStateException("quytrinh: the library's answer is no JSON", e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(byte[] text) {
        return (Map<String, Object>) read(text);
    }

    private static Object value(JsonParser in) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> out = new LinkedHashMap<>();
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    out.put(name, value(in));
                }
                return out;
            }
            case START_ARRAY -> {
                List<Object> out = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) out.add(value(in));
                return out;
            }
            case VALUE_STRING -> {
                return in.getText();
            }
            case VALUE_NUMBER_INT -> {
                return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? in.getBigIntegerValue() : (Object) in.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return in.getDecimalValue();
            }
            case VALUE_TRUE -> {
                return Boolean.TRUE;
            }
            case VALUE_FALSE -> {
                return Boolean.FALSE;
            }
            default -> {
                return null;
            }
        }
    }

    /**
     * UTF-8 of maps, lists, strings, booleans, whole numbers and null. Surrogates are written as
     * escapes, so that the library judges halves of pairs.
     */
    static byte[] write(Object value) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
                write(out, value, 0);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: there is no reason for it
        }
    }

    private static void write(JsonGenerator out, Object value, int depth) throws IOException {
        if (depth > DEEPEST)
            throw new IllegalArgumentException("nested too deeply, or in a circle");
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> one : map.entrySet()) {
                out.writeFieldName((String) one.getKey());
                write(out, one.getValue(), depth + 1);
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object one : list) write(out, one, depth + 1);
            out.writeEndArray();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else {
            throw new IllegalArgumentException("no JSON is made of " + value.getClass().getName());
        }
    }
}
