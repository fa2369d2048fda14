package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.QueueName;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue that somebody has made.
 *
 * @param paused whether nothing is delivered
 * @param consumer null where nobody has said how it is pulled
 * @param created as text
 * @param purged when it was last purged, as text; empty for never
 */
record KeptQueue(
        QueueName name,
        Duration delay,
        Duration retention,
        boolean paused,
        @Nullable PullConsumer consumer,
        String created,
        String purged) {
    static final Form<KeptQueue> FORM = new Form<>() {
        @Override
        public KeptQueue read(Fields fields) {
            var plain = fresh(new QueueName(fields.required("queue_name")), fields.required("created_on"))
                    .set(fields)
                    .purged(fields.required("purged_on"));
            return fields.any("consumer")
                    .map(consumer -> plain.consumed(PullConsumer.kept(new Fields(consumer))))
                    .orElse(plain);
        }

        @Override
        public ObjectNode write(KeptQueue queue) {
            var node = queue.settings()
                    .put("queue_name", queue.name.text())
                    .put("created_on", queue.created)
                    .put("purged_on", queue.purged);
            if (queue.consumer != null) {
                node.set("consumer", queue.consumer.toJson());
            }
            return node;
        }
    };

    /** One of the usual kind. */
    static KeptQueue fresh(QueueName name, String created) {
        return new KeptQueue(name, Duration.ZERO, QueueLimits.RETENTION, false, null, created, "");
    }

    /** The same with those of the settings that are spoken of. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    KeptQueue set(Fields settings) {
        return new KeptQueue(
                name,
                seconds(settings, "delivery_delay").orElse(delay),
                seconds(settings, "message_retention_period").orElse(retention),
                settings.any("delivery_paused").isPresent() ? settings.flag("delivery_paused") : paused,
                consumer,
                created,
                purged);
    }

    KeptQueue consumed(@Nullable PullConsumer other) {
        return new KeptQueue(name, delay, retention, paused, other, created, purged);
    }

    KeptQueue purged(String moment) {
        return new KeptQueue(name, delay, retention, paused, consumer, created, moment);
    }

    /** Whether what it delivers too often goes to the other queue. */
    boolean buriesIn(QueueName other) {
        return consumer != null && consumer.deadLetters().equals(other.text());
    }

    /** @param dead the queue of its dead letters, null for none. @throws io.triport.domain.request.InvalidInput outside the bounds */
    QueueDefinition definition(@Nullable KeptQueue dead) {
        var plain = QueueDefinition.of(name).delayed(delay).keptFor(retention);
        var retried = consumer == null ? plain : plain.retried(consumer.retries(), consumer.retryDelay());
        return dead == null ? retried : retried.deadLettersTo(dead.definition(null));
    }

    ObjectNode settings() {
        return Json.object()
                .put("delivery_delay", delay.toSeconds())
                .put("delivery_paused", paused)
                .put("message_retention_period", retention.toSeconds());
    }

    /** Bounds are those of what it becomes. */
    static Optional<Duration> seconds(Fields fields, String name) {
        var seconds = fields.whole(name);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }
}
