package io.triport.manager.webhook;

import io.triport.manager.answer.Fields;
import io.triport.manager.event.EventKind;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody who wants to be told.
 *
 * @param name 1..200 characters
 * @param secret by which deliveries are signed; empty for none
 */
record Webhook(String name, URI url, String secret, Set<EventKind> events, boolean enabled, String created) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SECRET = 1_024;

    Webhook {
        events = events.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(events));
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Fields.invalid("name", "a text of 1 to 200 characters");
        }
        if (secret.length() > LONGEST_SECRET) {
            throw Fields.invalid("secret", "a text of 1024 characters at most");
        }
    }

    boolean wants(EventKind kind) {
        return enabled && events.contains(kind);
    }

    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
