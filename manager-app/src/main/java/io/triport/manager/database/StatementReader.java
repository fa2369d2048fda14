package io.triport.manager.database;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlValue;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.route.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked of a database, {@code {sql, params}} or {@code {batch: [...]}} of the same, token by token: the numbers of a blob
 * would take many times their room as a tree. For one thread.
 */
final class StatementReader {
    /** A blob of the largest size has four characters for each of its bytes. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(16);

    private static final int MOST_OCTET = 0xFF;

    private final JsonParser parser;

    private StatementReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @param batch whether they are one transaction */
    record Asked(List<Sql> statements, boolean batch) {
        Asked {
            statements = List.copyOf(statements);
        }
    }

    private record Read(
            @Nullable String sql,
            List<SqlValue> parameters,
            @Nullable List<Sql> batch) {}

    /** @throws Refused for what is not of this form */
    static Asked read(Call call) {
        var body = call.body(LONGEST);
        // Its texts lie in memory once more, in wider characters.
        call.hold(2L * body.size());
        try (var parser = Json.FACTORY.createParser(body.toInputStream())) {
            parser.nextToken();
            var asked = asked(new StatementReader(parser).object());
            if (parser.nextToken() != null) {
                throw Problem.INVALID_JSON.refused();
            }
            return asked;
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asked asked(Read read) {
        if (read.batch() == null) {
            return new Asked(List.of(statement(read)), false);
        }
        if (read.sql() != null || read.batch().isEmpty()) {
            throw Fields.invalid("batch", "a list of one statement or more, without sql beside it");
        }
        return new Asked(read.batch(), true);
    }

    private static Sql statement(Read read) {
        if (read.sql() == null) {
            throw Fields.invalid("sql", "a text");
        }
        if (read.batch() != null) {
            throw Fields.invalid("batch", "a list of statements without a batch within");
        }
        return new Sql(read.sql(), read.parameters());
    }

    private Read object() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Fields.invalid("The body and each of a batch", "an object");
        }
        String sql = null;
        var parameters = List.<SqlValue>of();
        List<Sql> batch = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var absent = parser.nextToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "sql" -> sql = absent ? null : text();
                case "params" -> parameters = absent ? List.of() : list("params", this::parameter);
                case "batch" -> batch = absent ? null : list("batch", () -> statement(object()));
                default -> parser.skipChildren();
            }
        }
        return new Read(sql, parameters, batch);
    }

    private String text() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Fields.invalid("sql", "a text");
        }
        return parser.getText();
    }

    /** Reads what the parser stands at. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(String name, Reading<T> each) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Fields.invalid(name, "a list");
        }
        var all = new ArrayList<T>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(each.read());
        }
        return all;
    }

    private SqlValue parameter() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> SqlValue.NULL;
            case VALUE_TRUE, VALUE_FALSE -> SqlValue.of(parser.getBooleanValue());
            case VALUE_STRING -> SqlValue.of(parser.getText());
            case VALUE_NUMBER_INT -> SqlValue.of(whole());
            case VALUE_NUMBER_FLOAT -> SqlValue.of(parser.getDoubleValue());
            case START_ARRAY -> SqlValue.of(blob());
            default -> throw Fields.invalid("params", "a list of values, of which objects are none");
        };
    }

    private long whole() throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw Fields.invalid("params", "a list with whole numbers of 64 bits");
        }
        return parser.getLongValue();
    }

    private Bytes blob() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            bytes.write(octet());
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    private int octet() throws IOException {
        var octet = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? whole() : -1;
        if (octet < 0 || octet > MOST_OCTET) {
            throw Fields.invalid("params", "a list whose lists have whole numbers 0..255");
        }
        return (int) octet;
    }
}
