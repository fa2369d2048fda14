package io.triport.domain.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One request as it is kept. Columns may be absent, but for id and timestamp. Texts are kept as they are: exporters escape. */
public final class AuditRecord {
    private static final AuditColumn[] COLUMNS = AuditColumn.values();

    /** By the columns' places; a text or a Long. */
    private final @Nullable Object[] values;

    private AuditRecord(@Nullable Object[] values) {
        this.values = values;
    }

    /** @param id 1 to 64 characters; sinks keep the first record of an id */
    public static Builder builder(String id, Instant timestamp) {
        if (id.isEmpty() || id.length() > 64) {
            throw new IllegalArgumentException("id: " + id.length() + " characters (expected: 1..64)");
        }
        return new Builder().text(AuditColumn.ID, id).number(AuditColumn.TIMESTAMP, timestamp.toEpochMilli());
    }

    public String id() {
        return text(AuditColumn.ID).orElseThrow();
    }

    /** @throws IllegalArgumentException for a column of numbers */
    public Optional<String> text(AuditColumn column) {
        requireKind(column, true);
        return Optional.ofNullable((String) values[column.ordinal()]);
    }

    /** @throws IllegalArgumentException for a column of texts */
    public OptionalLong number(AuditColumn column) {
        requireKind(column, false);
        return values[column.ordinal()] instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** This record with more, or other, columns. */
    public Builder with() {
        var builder = new Builder();
        System.arraycopy(values, 0, builder.values, 0, values.length);
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditRecord that && java.util.Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(values);
    }

    /** The id alone: records are of persons. */
    @Override
    public String toString() {
        return "AuditRecord[" + id() + "]";
    }

    private static void requireKind(AuditColumn column, boolean text) {
        if ((column.kind() == AuditColumn.Kind.TEXT) != text) {
            throw new IllegalArgumentException(
                    column + ": " + (text ? "text" : "number") + " (expected: " + (text ? "number" : "text") + ")");
        }
    }

    /** Gathers columns. Used by one thread. */
    public static final class Builder {
        private final @Nullable Object[] values = new @Nullable Object[COLUMNS.length];

        private Builder() {}

        /** An empty text is an absent one. */
        public Builder text(AuditColumn column, String text) {
            requireKind(column, true);
            values[column.ordinal()] = text.isEmpty() ? null : text;
            return this;
        }

        public Builder number(AuditColumn column, long number) {
            requireKind(column, false);
            values[column.ordinal()] = number;
            return this;
        }

        public Builder outcome(AuditOutcome outcome) {
            return text(AuditColumn.OUTCOME, outcome.label());
        }

        public AuditRecord build() {
            return new AuditRecord(values.clone());
        }
    }
}
