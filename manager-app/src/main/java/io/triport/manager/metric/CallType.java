package io.triport.manager.metric;

import java.util.Optional;

/** What is done with keys, in the words of Cloudflare's metrics. */
public enum CallType {
    READ("read"),
    WRITE("write"),
    DELETE("delete"),
    LIST("list");

    private final String text;

    CallType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** @param operation as the port calls it */
    static Optional<CallType> of(String operation) {
        return switch (operation) {
            case "get", "get-many" -> Optional.of(READ);
            case "put", "put-many" -> Optional.of(WRITE);
            case "delete", "delete-many" -> Optional.of(DELETE);
            case "list" -> Optional.of(LIST);
            default -> Optional.empty();
        };
    }
}
