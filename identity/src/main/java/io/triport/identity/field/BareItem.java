package io.triport.identity.field;

import io.triport.domain.request.Bytes;
import java.math.BigDecimal;
import java.util.Base64;

/** A value without parameters (RFC 8941 section 3.3). */
public sealed interface BareItem {
    /** The one way in which the value is written (RFC 8941 section 4.1). */
    String text();

    /** @param value at most 15 digits */
    record Whole(long value) implements BareItem {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /** @param value at most 12 digits before the point and 3 behind it */
    record Fraction(BigDecimal value) implements BareItem {
        @Override
        public String text() {
            var plain = value.stripTrailingZeros();
            return (plain.scale() < 1 ? plain.setScale(1) : plain).toPlainString();
        }
    }

    /** @param value printable ASCII */
    record Text(String value) implements BareItem {
        @Override
        public String text() {
            return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    record Token(String value) implements BareItem {
        @Override
        public String text() {
            return value;
        }
    }

    record Binary(Bytes value) implements BareItem {
        @Override
        public String text() {
            return ':' + Base64.getEncoder().encodeToString(value.toByteArray()) + ':';
        }
    }

    record Flag(boolean value) implements BareItem {
        @Override
        public String text() {
            return value ? "?1" : "?0";
        }
    }
}
