package io.triport.storage.jdbc;

import io.triport.domain.request.Bytes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement that is put together from what a question asks for, with the values at its places. Not for many threads. */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private Sql() {}

    public static Sql of(String text, Object... values) {
        return new Sql().add(text, values);
    }

    /** @param others each a {@link Bytes}, {@link Long} or {@link String} */
    public Sql add(String more, Object... others) {
        text.append(more);
        Collections.addAll(values, others);
        return this;
    }

    /** Values of places that are there already. */
    public Sql with(Object... others) {
        return add("", others);
    }

    public Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** A condition, unless it asks for nothing. */
    public Sql andIf(boolean asked, String condition, Object... others) {
        return asked ? add(" and " + condition, others) : this;
    }

    String text() {
        return text.toString();
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (var i = 0; i < values.size(); i++) {
            switch (values.get(i)) {
                case Bytes bytes -> statement.setBytes(i + 1, bytes.toByteArray());
                case Long number -> statement.setLong(i + 1, number);
                case String string -> statement.setString(i + 1, string);
                case Object other ->
                    throw new IllegalArgumentException(
                            "value: " + other.getClass() + " (expected: Bytes, Long, String)");
            }
        }
    }
}
