package io.triport.manager.transfer;

import java.util.Locale;
import java.util.Optional;

/** How the items of a file are set. */
public enum ExportFormat {
    /** One array. */
    JSON("application/json"),
    /** An object a line. */
    NDJSON("application/x-ndjson");

    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The format of a name as requests and file names have it; empty for another. */
    public static Optional<ExportFormat> named(String name) {
        return switch (name) {
            case "json" -> Optional.of(JSON);
            case "ndjson" -> Optional.of(NDJSON);
            default -> Optional.empty();
        };
    }

    /** Its name in requests, answers and file names. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }
}
