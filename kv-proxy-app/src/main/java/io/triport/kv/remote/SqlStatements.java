package io.triport.kv.remote;

import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlValue;
import io.triport.kv.wire.Json;
import java.math.BigDecimal;
import java.util.List;

/** Statements with their parameters, as they stand in JSON (storage contract, section 3.4). */
final class SqlStatements {
    private SqlStatements() {}

    /** The one of a body: {@code sql}, and {@code params} where it has some. */
    static Sql one(RemoteBody body) {
        return new Sql(
                body.text("sql"),
                body.list("params").stream().map(SqlStatements::value).toList());
    }

    /** Those of a batch, 1 or more. */
    static List<Sql> several(RemoteBody body) {
        var statements = body.list("statements");
        if (statements.isEmpty()) {
            throw RemoteBody.wrong("statements", "an array with one statement or more");
        }
        return statements.stream()
                .map(each -> one(RemoteBody.of(each, "A statement")))
                .toList();
    }

    private static SqlValue value(Json json) {
        return switch (json) {
            case Json.Null none -> SqlValue.NULL;
            case Json.Truth(var truth) -> SqlValue.of(truth);
            case Json.Text(var text) -> SqlValue.of(text);
            case Json.Numeral(var digits) -> number(digits);
            case Json.Array(var items) -> SqlValue.of(blob(items));
            case Json.Members members -> throw RemoteBody.wrong("A parameter", "a value (objects are none)");
        };
    }

    /** Whole where it is written so, so that "1.0" stays what it is. */
    private static SqlValue number(String digits) {
        if (digits.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
            try {
                return SqlValue.of(new BigDecimal(digits).longValueExact());
            } catch (ArithmeticException e) {
                throw RemoteBody.wrong("A parameter", "a number of 64 bits");
            }
        }
        var number = Double.parseDouble(digits);
        if (!Double.isFinite(number)) {
            throw RemoteBody.wrong("A parameter", "a finite number");
        }
        return SqlValue.of(number);
    }

    private static Bytes blob(List<Json> items) {
        var bytes = new byte[items.size()];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = octet(items.get(i));
        }
        return Bytes.copyOf(bytes);
    }

    private static byte octet(Json item) {
        if (item instanceof Json.Numeral(var digits) && digits.matches("[0-9]{1,3}")) {
            var value = Integer.parseInt(digits);
            if (value <= 0xFF) {
                return (byte) value;
            }
        }
        throw RemoteBody.wrong("An array of a parameter", "of whole numbers 0..255");
    }
}
