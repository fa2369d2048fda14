package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** The name under which routes list a mechanism: 1 to 32 lower-case letters, digits and hyphens. */
public record MechanismName(String text) {
    /** The mechanism that admits everybody; a route without credentials must name it. */
    public static final MechanismName PUBLIC = new MechanismName("public");

    /** The name under which tasks of the system appear as principals. */
    public static final MechanismName SYSTEM = new MechanismName("system");

    public MechanismName {
        if (!text.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new InvalidInput("mechanism", "1..32 characters of a-z 0-9 -");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
