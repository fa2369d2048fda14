package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.QueueLimits;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How a queue is pulled.
 *
 * @param deadLetters the queue to which messages go that were delivered too often; empty where they are dropped
 * @param usual what is pulled where a pull does not say
 * @param created as text
 */
record PullConsumer(
        String id, String deadLetters, PullRequest usual, int retries, Duration retryDelay, String created) {
    static final String TYPE = "http_pull";

    /** Of a queue of which nobody has said how it is pulled. */
    static final PullRequest UNSAID = PullRequest.STANDARD;

    /** What a caller asks for. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT, or UNSUPPORTED for consumers that are code */
    static PullConsumer asked(Fields fields, String id, String created) {
        var type = fields.required("type");
        if (type.equals("worker")) {
            throw Problem.UNSUPPORTED.refused("No code is run here: a queue is pulled, by a consumer of type " + TYPE);
        }
        if (!type.equals(TYPE)) {
            throw Fields.invalid("type", TYPE);
        }
        var settings = fields.any("settings").map(Fields::new).orElseGet(() -> new Fields(Json.object()));
        return new PullConsumer(
                id,
                fields.text("dead_letter_queue").orElse(""),
                pull(settings, UNSAID),
                count(settings.whole("max_retries"), "max_retries", QueueLimits.MOST_RETRIES, QueueLimits.RETRIES),
                KeptQueue.seconds(settings, "retry_delay").orElse(Duration.ZERO),
                created);
    }

    /** What {@link #toJson} wrote. */
    static PullConsumer kept(Fields fields) {
        return asked(fields, fields.required("consumer_id"), fields.required("created_on"));
    }

    /** How much a caller wants, and for how long: by either of two names, since clients of several times ask. */
    static PullRequest pull(Fields fields, PullRequest usual) {
        var count = count(fields.whole("batch_size"), "batch_size", QueueLimits.BATCH_MESSAGES, usual.count());
        var millis = fields.whole("visibility_timeout_ms");
        var wanted = millis.isPresent() ? millis : fields.whole("visibility_timeout");
        return new PullRequest(count, wanted.isPresent() ? Duration.ofMillis(wanted.getAsLong()) : usual.visibility());
    }

    private static int count(OptionalLong asked, String name, int most, int usual) {
        var count = asked.orElse(usual);
        if (count < 0 || count > most) {
            throw Fields.invalid(name, "0.." + most);
        }
        return (int) count;
    }

    ObjectNode toJson() {
        var node = Json.object().put("consumer_id", id).put("type", TYPE).put("created_on", created);
        if (!deadLetters.isEmpty()) {
            node.put("dead_letter_queue", deadLetters);
        }
        node.putObject("settings")
                .put("batch_size", usual.count())
                .put("max_retries", retries)
                .put("retry_delay", retryDelay.toSeconds())
                .put("visibility_timeout_ms", usual.visibility().toMillis());
        return node;
    }
}
