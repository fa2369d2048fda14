package io.triport.kv.remote;

import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Peeked;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.queue.SettleOutcome;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.kv.wire.JsonWriter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** What queues answer, as JSON. Moments are milliseconds of the epoch; bodies of bytes are base64. */
final class QueueAnswer {
    private QueueAnswer() {}

    static Bytes sent(MessageId id) {
        return new JsonWriter()
                .beginObject()
                .name("id")
                .text(id.text())
                .endObject()
                .bytes();
    }

    static Bytes sent(List<MessageId> ids) {
        var json = new JsonWriter().beginObject().name("ids").beginArray();
        ids.forEach(id -> json.text(id.text()));
        return json.endArray().endObject().bytes();
    }

    static Bytes leased(List<Lease> leases) {
        var json = new JsonWriter().beginObject().name("messages").beginArray();
        for (var lease : leases) {
            json.beginObject();
            json.name("lease").text(lease.id().text());
            json.name("leasedUntil").number(lease.until().toEpochMilli());
            delivery(json, lease.delivery());
            json.endObject();
        }
        return json.endArray().endObject().bytes();
    }

    static Bytes seen(List<Peeked> messages) {
        var json = new JsonWriter().beginObject().name("messages").beginArray();
        for (var message : messages) {
            json.beginObject();
            delivery(json, message.delivery());
            json.endObject();
        }
        return json.endArray().endObject().bytes();
    }

    static Bytes settled(SettleOutcome outcome) {
        var json = new JsonWriter().beginObject();
        json.name("acked").number(outcome.acked());
        json.name("retried").number(outcome.retried());
        json.name("warnings").beginArray();
        for (var warning : outcome.warnings()) {
            json.beginObject();
            json.name("lease").text(warning.lease().text());
            json.name("why").text(warning.why().name().toLowerCase(Locale.ROOT));
            json.endObject();
        }
        return json.endArray().endObject().bytes();
    }

    static Bytes metrics(QueueMetrics metrics) {
        return new JsonWriter()
                .beginObject()
                .name("backlogCount")
                .number(metrics.count())
                .name("backlogBytes")
                .number(metrics.bytes().bytes())
                .name("oldestTimestamp")
                .number(metrics.oldest().toEpochMilli())
                .name("dropped")
                .number(metrics.dropped())
                .endObject()
                .bytes();
    }

    private static void delivery(JsonWriter json, Delivery delivery) {
        json.name("id").text(delivery.id().text());
        json.name("type").text(delivery.type().name().toLowerCase(Locale.ROOT));
        json.name("body");
        switch (delivery.type()) {
            case JSON -> json.json(delivery.body());
            case TEXT -> json.text(delivery.body().toUtf8());
            case BYTES, V8 ->
                json.text(Base64.getEncoder().encodeToString(delivery.body().toByteArray()));
        }
        json.name("attempts").number(delivery.attempt());
        json.name("sentAt").number(delivery.sentAt().toEpochMilli());
        json.name("producer").text(delivery.producer());
        json.name("origin").beginObject();
        json.name("queue").text(delivery.origin().queue().text());
        json.name("id").text(delivery.origin().id().text());
        json.name("sentAt").number(delivery.origin().sentAt().toEpochMilli());
        json.endObject();
    }
}
