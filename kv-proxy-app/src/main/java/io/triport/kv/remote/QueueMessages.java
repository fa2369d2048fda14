package io.triport.kv.remote;

import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Messages and what becomes of them, as they stand in JSON. */
final class QueueMessages {
    private QueueMessages() {}

    /** {@code body} with its {@code type}, and {@code delaySeconds}, {@code orderingKey}, {@code dedupId} where they are given. */
    static Message one(RemoteBody fields) {
        return worded(() -> {
            var type = type(fields.optionalText("type").orElse("json"));
            var message = Message.of(type, body(fields, type));
            var delayed = delay(fields).equals(Delay.OF_QUEUE) ? message : message.delayed(delay(fields));
            var ordered = fields.optionalText("orderingKey")
                    .map(key -> delayed.ordered(OrderingKey.of(key)))
                    .orElse(delayed);
            return fields.optionalText("dedupId")
                    .map(id -> ordered.once(DedupId.of(id)))
                    .orElse(ordered);
        });
    }

    static List<Message> several(RemoteBody body) {
        return body.list("messages").stream()
                .map(each -> one(RemoteBody.of(each, "A message")))
                .toList();
    }

    /** {@code acks} and {@code retries}, each about a {@code lease}. */
    static List<Settlement> settlements(RemoteBody body) {
        return worded(() -> {
            var all = new ArrayList<Settlement>();
            for (var each : body.list("acks")) {
                if (!(each instanceof Json.Text(var lease))) {
                    throw RemoteBody.wrong("acks", "an array of leases");
                }
                all.add(new Settlement.Ack(new LeaseId(lease)));
            }
            for (var each : body.list("retries")) {
                var fields = RemoteBody.of(each, "A retry");
                all.add(new Settlement.Retry(new LeaseId(fields.text("lease")), delay(fields)));
            }
            if (all.isEmpty()) {
                throw RemoteBody.wrong("acks", "there, and neither are retries");
            }
            return all;
        });
    }

    private static Delay delay(RemoteBody fields) {
        return fields.whole("delaySeconds")
                .map(Duration::ofSeconds)
                .map(Delay::of)
                .orElse(Delay.OF_QUEUE);
    }

    private static BodyType type(String text) {
        return switch (text) {
            case "json" -> BodyType.JSON;
            case "text" -> BodyType.TEXT;
            case "bytes" -> BodyType.BYTES;
            case "v8" -> BodyType.V8;
            default -> throw RemoteBody.wrong("type", "json, text, bytes or v8");
        };
    }

    private static Bytes body(RemoteBody fields, BodyType type) {
        return switch (type) {
            case JSON ->
                fields.members()
                        .get("body")
                        .map(json -> new JsonWriter().value(json).bytes())
                        .orElseThrow(() -> RemoteBody.wrong("body", "there"));
            case TEXT -> Bytes.utf8(fields.text("body"));
            case BYTES, V8 -> fields.bytes("body");
        };
    }

    private static <T> T worded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidInput e) {
            throw RemoteBody.wrong(e.field(), e.expectation());
        }
    }
}
