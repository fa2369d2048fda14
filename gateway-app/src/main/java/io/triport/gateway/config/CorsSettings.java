package io.triport.gateway.config;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Which pages of other origins may call. @param methods none for those of the route */
public record CorsSettings(
        Set<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> expose,
        boolean credentials,
        Duration maxAge) {
    public CorsSettings {
        origins = Set.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
    }

    static CorsSettings read(Section section) {
        var origins = section.list("origins", Values.ORIGIN, "Origins whose pages may call; * for all.");
        var credentials = section.value(
                "credentials", Value.SWITCH, "false", "Whether such a page may send cookies and Authorization.");
        if (origins.isEmpty()) {
            throw section.error("origins", "none", "at least one origin");
        }
        if (credentials && origins.contains("*")) {
            throw section.error("origins", "*", "origins by name where credentials is true");
        }
        return new CorsSettings(
                Set.copyOf(origins),
                section.list("methods", Values.METHOD, "Methods that such a page may use; those of the route if none."),
                section.list("headers", Values.FIELD_NAME, "Fields that such a page may send."),
                section.list("expose", Values.FIELD_NAME, "Fields of answers that such a page may read."),
                credentials,
                section.value(
                        "maxAge",
                        Values.duration(Duration.ZERO, Duration.ofDays(1)),
                        "600s",
                        "How long a browser may remember the answer to a preflight."));
    }

    /** Whether a page of this origin may call; {@code null} is an origin like others and must be listed, which it cannot be. */
    public boolean allows(String origin) {
        return origins.contains(origin) || origins.contains("*") && !origin.equals("null");
    }
}
