package io.triport.storage.durable;

import java.time.Instant;

/**
 * An alarm as it is kept.
 *
 * @param dueAt when it goes off, for the first time or again
 * @param scheduledAt what it was set to
 * @param retries how often it failed
 */
public record StoredAlarm(Instant dueAt, Instant scheduledAt, int retries) {
    static StoredAlarm at(Instant when) {
        return new StoredAlarm(when, when, 0);
    }
}
