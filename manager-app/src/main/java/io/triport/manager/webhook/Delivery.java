package io.triport.manager.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something to be sent.
 *
 * @param body exactly as it is signed and sent
 * @param tries that were begun
 * @param due when the next try may begin
 */
record Delivery(String webhook, String event, String body, int tries, Instant due) {
    /** The first try and five more. */
    static final int MOST_TRIES = 6;

    /** How long after a try the next one begins, at the earliest. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2));

    static final Form<Delivery> FORM = new Form<>() {
        @Override
        public Delivery read(Fields fields) {
            return new Delivery(
                    fields.required("webhook"),
                    fields.required("event"),
                    fields.required("body"),
                    (int) fields.whole("tries").orElse(0),
                    Instant.ofEpochMilli(fields.whole("due").orElse(0)));
        }

        @Override
        public ObjectNode write(Delivery delivery) {
            return Json.object()
                    .put("webhook", delivery.webhook)
                    .put("event", delivery.event)
                    .put("body", delivery.body)
                    .put("tries", delivery.tries)
                    .put("due", delivery.due.toEpochMilli());
        }
    };

    static Delivery first(String webhook, String event, String body, Instant now) {
        return new Delivery(webhook, event, body, 0, now);
    }

    /**
     * One more try has begun. Until the next is due the delivery belongs to whoever began it: a process that dies meanwhile leaves
     * behind what another one takes up then.
     */
    Delivery begun(Instant now) {
        return new Delivery(webhook, event, body, tries + 1, now.plus(PAUSES.get(Math.min(tries, PAUSES.size() - 1))));
    }

    boolean exhausted() {
        return tries >= MOST_TRIES;
    }
}
