package io.triport.identity.sigv4;

/** A sentence of a policy about a form. */
sealed interface PolicyCondition {
    /** A field that has this value. @param field in lower case */
    record Equal(String field, String value) implements PolicyCondition {
        boolean holds(String actual) {
            return WireText.same(value, actual);
        }
    }

    /** A field that begins with this, which may be nothing. @param field in lower case */
    record StartsWith(String field, String prefix) implements PolicyCondition {
        boolean holds(String actual) {
            return actual.startsWith(prefix);
        }
    }

    /** A file of so many bytes, both ends included. */
    record LengthRange(long least, long most) implements PolicyCondition {}
}
