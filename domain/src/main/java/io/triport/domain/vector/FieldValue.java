package io.triport.domain.vector;

import io.triport.domain.request.Bytes;

/** What an index knows of a property's value. Values of one type are ordered; those of two types are not compared. */
public sealed interface FieldValue {
    /** How many bytes of a string are indexed (storage contract, section 8.2). */
    int STRING_BYTES = 64;

    /** A string by its first 64 bytes, cut between characters; ordered by unsigned bytes. */
    record Text(Bytes start) implements FieldValue {
        public Text {
            start = start.slice(0, boundary(start));
        }

        /** Not within a character, whose bytes but the first are 10xxxxxx. */
        private static int boundary(Bytes bytes) {
            if (bytes.size() <= STRING_BYTES) {
                return bytes.size();
            }
            var end = STRING_BYTES;
            while (end > 0 && (bytes.at(end) & 0xC0) == 0x80) {
                end--;
            }
            return end;
        }
    }

    /** A number of double precision. There is one zero. */
    record Numeric(double number) implements FieldValue {
        public Numeric {
            number = number == 0 ? 0.0 : number;
        }
    }

    /** True or false. */
    record Truth(boolean truth) implements FieldValue {}

    default MetadataField.Type type() {
        return switch (this) {
            case Text text -> MetadataField.Type.STRING;
            case Numeric number -> MetadataField.Type.NUMBER;
            case Truth truth -> MetadataField.Type.BOOLEAN;
        };
    }

    /** Negative, 0 or positive, as the other is above, equal or below. @throws IllegalArgumentException for another type */
    default int against(FieldValue other) {
        return switch (this) {
            case Text(var start) when other instanceof Text(var theirs) -> start.compareTo(theirs);
            case Numeric(var number) when other instanceof Numeric(var theirs) -> Double.compare(number, theirs);
            case Truth(var truth) when other instanceof Truth(var theirs) -> Boolean.compare(truth, theirs);
            case Text text -> throw incomparable(other);
            case Numeric number -> throw incomparable(other);
            case Truth truth -> throw incomparable(other);
        };
    }

    private IllegalArgumentException incomparable(FieldValue other) {
        return new IllegalArgumentException("value: " + other.type() + " (expected: " + type() + ")");
    }
}
