package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Messages and what becomes of them, in the words of Cloudflare's API. */
final class MessageText {
    private static final String BODY = "body";

    private MessageText() {}

    /** {@code messages}, whose delay is {@code delay_seconds} beside them where they say none. */
    static List<Message> messages(Fields batch) {
        var usual = delay(batch, Delay.OF_QUEUE);
        return objects(batch, "messages").stream()
                .map(fields -> message(fields, usual))
                .toList();
    }

    static Message message(Fields fields, Delay usual) {
        var type = type(fields.text("content_type").orElse("json"));
        return Message.of(type, body(fields, type)).delayed(delay(fields, usual));
    }

    /** {@code acks} and {@code retries}, each with its {@code lease_id}. */
    static List<Settlement> settlements(Fields fields) {
        var all = new ArrayList<Settlement>();
        objects(fields, "acks").forEach(ack -> all.add(new Settlement.Ack(lease(ack))));
        objects(fields, "retries")
                .forEach(retry -> all.add(new Settlement.Retry(lease(retry), delay(retry, Delay.OF_QUEUE))));
        if (all.isEmpty()) {
            throw Fields.invalid("acks or retries", "there");
        }
        return all;
    }

    static Set<MessageRef> refs(Fields fields) {
        var all = new HashSet<MessageRef>();
        objects(fields, "refs").forEach(ref -> all.add(new MessageRef(ref.required("ref"))));
        if (all.isEmpty()) {
            throw Fields.invalid("refs", "there");
        }
        return all;
    }

    /** A text as it is; whatever else as base64, since clients decode it by the type that stands beside it. */
    static ObjectNode shown(Delivery delivery) {
        var body = delivery.type() == BodyType.TEXT
                ? delivery.body().toUtf8()
                : Base64.getEncoder().encodeToString(delivery.body().toByteArray());
        var shown = Json.object()
                .put("id", delivery.id().text())
                .put(BODY, body)
                .put("attempts", delivery.attempt())
                .put("timestamp_ms", delivery.sentAt().toEpochMilli());
        shown.putObject("metadata")
                .put("CF-Content-Type", delivery.type().name().toLowerCase(Locale.ROOT))
                .put("producer", delivery.producer())
                .put("origin_queue", delivery.origin().queue().text())
                .put("origin_id", delivery.origin().id().text())
                .put("origin_timestamp_ms", delivery.origin().sentAt().toEpochMilli());
        return shown;
    }

    private static Bytes body(Fields fields, BodyType type) {
        return switch (type) {
            case JSON ->
                Optional.ofNullable(fields.object().get(BODY))
                        .map(Json::bytes)
                        .orElseThrow(() -> Fields.invalid(BODY, "there"));
            case TEXT -> Bytes.utf8(fields.required(BODY));
            case BYTES, V8 -> decoded(fields.required(BODY));
        };
    }

    private static Bytes decoded(String text) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw Fields.invalid(BODY, "base64");
        }
    }

    private static BodyType type(String text) {
        for (var type : BodyType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
                return type;
            }
        }
        throw Fields.invalid("content_type", "json, text, bytes or v8");
    }

    private static Delay delay(Fields fields, Delay usual) {
        return KeptQueue.seconds(fields, "delay_seconds").map(Delay::of).orElse(usual);
    }

    private static LeaseId lease(Fields fields) {
        return new LeaseId(fields.required("lease_id"));
    }

    /** Empty where the list is absent. */
    private static List<Fields> objects(Fields fields, String name) {
        var list = fields.any(name).orElseGet(Json::array);
        if (!list.isArray()) {
            throw Fields.invalid(name, "a list of objects");
        }
        return list.valueStream().map(Fields::new).toList();
    }
}
