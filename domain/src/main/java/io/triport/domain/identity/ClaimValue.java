package io.triport.domain.identity;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in the tree of {@link Claims}: the six kinds of JSON (RFC 8259 section 3). No text form shows what is in it. */
public sealed interface ClaimValue {
    record Text(String text) implements ClaimValue {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** Equal when the values are: 1, 1.0 and 10e-1 are one number. */
    record Numeric(BigDecimal number) implements ClaimValue {
        public Numeric {
            number = number.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return "Numeric";
        }
    }

    record Flag(boolean value) implements ClaimValue {
        @Override
        public String toString() {
            return "Flag";
        }
    }

    /** JSON's {@code null}. */
    record Nothing() implements ClaimValue {}

    record Listing(List<ClaimValue> items) implements ClaimValue {
        public Listing {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Listing[" + items.size() + "]";
        }
    }

    /** In the order of the credential. */
    record Members(Map<String, ClaimValue> members) implements ClaimValue {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String toString() {
            return "Members[" + members.size() + "]";
        }
    }
}
