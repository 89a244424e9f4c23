// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Rows that are read page by page while they are gone through; each time anew. */
public final class Pages<T> implements Iterable<T> {
    private final Office office;
    private final Map<String, Object> query;
    private final Function<Row, T> each;

    Pages(Office office, Map<String, Object> query, Function<Row, T> each) {
        this.office = office;
        this.query = query;
        this.each = each;
    }

    /** With so many rows a page, at most 1,000; 0 leaves it to the library. */
    public Pages<T> pageOf(int rows) {
        Map<String, Object> with = new LinkedHashMap<>(query);
        with.put("limit", rows);
        return new Pages<>(office, with, each);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    public List<T> toList() {
        return stream().toList();
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Iterator<T> page = List.<T>of().iterator();
            private String next = "";
            private boolean last;

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && !last) {
                    Map<String, Object> asked = new LinkedHashMap<>(query);
                    asked.put("cursor", next);
                    Row answer = new Row(office.query(asked));
                    page = answer.list("rows", row -> each.apply(Row.of(row))).iterator();
                    next = answer.text("next");
                    last = next.isEmpty();
                }
                return page.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) throw new NoSuchElementException();
                return page.next();
            }
        };
    }
}
