package io.triport.domain.sql;

import io.triport.domain.request.Bytes;

/** A value of a column or of a parameter, of one of the five storage classes of SQLite (Datatypes In SQLite, section 2). */
public sealed interface SqlValue {
    /** No value. */
    SqlValue NULL = new Null();

    /** No value. */
    record Null() implements SqlValue {}

    /** A whole number, whose 64 bits are kept. */
    record Whole(long number) implements SqlValue {}

    /** A number of double precision; as a result it may be infinite, and is never "not a number". */
    record Real(double number) implements SqlValue {}

    /** A text. */
    record Text(String text) implements SqlValue {}

    /** Bytes without a meaning. */
    record Blob(Bytes bytes) implements SqlValue {}

    static SqlValue of(long number) {
        return new Whole(number);
    }

    static SqlValue of(double number) {
        return new Real(number);
    }

    static SqlValue of(String text) {
        return new Text(text);
    }

    static SqlValue of(Bytes bytes) {
        return new Blob(bytes);
    }

    /** The number that stands for a truth value: 1 or 0. */
    static SqlValue of(boolean truth) {
        return new Whole(truth ? 1 : 0);
    }
}
