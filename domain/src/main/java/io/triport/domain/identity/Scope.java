package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/** A right by name, {@code <port>.<operation>} such as {@code kv.get}; what a credential carries and a route demands. */
public record Scope(String text) {
    public Scope {
        if (!text.matches("[a-z][a-z0-9-]{0,31}(\\.[a-z][a-z0-9-]{0,31}){1,3}")) {
            throw new InvalidInput("scope", "<port>.<operation> in lower case, such as kv.get");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
