package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.util.List;

/** One statement of a call, within the limits. */
record Member(Text text, List<SqlValue> values) {
    static Member of(Sql statement, SqlLimits limits) {
        requireLength(statement.text(), limits);
        var text = Text.one(statement.text());
        text.requireAllowed();
        if (text.parameters() > limits.parameters() || statement.parameters().size() > limits.parameters()) {
            throw Refusals.refused(
                    FailureCode.BAD_REQUEST,
                    "TOO_MANY_PARAMETERS",
                    "too many parameters (expected: at most " + limits.parameters() + ")");
        }
        statement.parameters().forEach(value -> requireSize(value, limits));
        return new Member(text, statement.parameters());
    }

    /** Those of a script are looked at one after the other, since one may be wrong behind others that are right. */
    static List<Member> all(SqlScript script, SqlLimits limits) {
        requireLength(script.text(), limits);
        var members = Text.all(script.text()).stream()
                .map(text -> new Member(text, List.of()))
                .toList();
        if (members.isEmpty()) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the script is empty");
        }
        return members;
    }

    private static void requireLength(String text, SqlLimits limits) {
        var size = Bytes.utf8(text).size();
        if (size > limits.statementBytes()) {
            throw Refusals.refused(
                    FailureCode.TOO_LARGE,
                    "STATEMENT_TOO_LARGE",
                    "statement: " + size + " bytes (expected: at most " + limits.statementBytes() + ")");
        }
    }

    private static void requireSize(SqlValue value, SqlLimits limits) {
        var size = switch (value) {
            case SqlValue.Text(var text) -> Bytes.utf8(text).size();
            case SqlValue.Blob(var bytes) -> bytes.size();
            case SqlValue.Null none -> 0;
            case SqlValue.Whole whole -> 0;
            case SqlValue.Real real -> 0;
        };
        if (size > limits.valueBytes()) {
            throw Refusals.refused(
                    FailureCode.TOO_LARGE,
                    "VALUE_TOO_LARGE",
                    "a value has " + size + " bytes (expected: at most " + limits.valueBytes() + ")");
        }
    }
}
