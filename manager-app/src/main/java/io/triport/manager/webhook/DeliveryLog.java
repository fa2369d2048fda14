package io.triport.manager.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Form;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.time.Instant;

/** The last tries of each webhook, the newest first. Safe for many threads. */
final class DeliveryLog {
    private static final int MOST = 100;

    private static final Form<ArrayNode> FORM = new Form<>() {
        @Override
        public ArrayNode read(Fields fields) {
            return fields.object().withArray("tries");
        }

        @Override
        public ObjectNode write(ArrayNode tries) {
            return Json.object().set("tries", tries);
        }
    };

    private final Shelf<ArrayNode> shelf;

    DeliveryLog(Storage storage) {
        this.shelf = new Shelf<>(storage, "webhook-log", FORM, Problem.WEBHOOK_NOT_FOUND);
    }

    /** The same as a unit sees it. */
    DeliveryLog within(Storage unit) {
        return new DeliveryLog(unit);
    }

    /**
     * What came of one try.
     *
     * @param status of the answer, or 0
     * @param error empty for none
     */
    record Try(String delivery, String event, int number, int status, String error, boolean last) {}

    void add(Grant grant, String webhook, Try tried, Instant now) {
        var row = Json.object()
                .put("delivery_id", tried.delivery)
                .put("event", tried.event)
                .put("attempt", tried.number)
                .put("timestamp", Moments.text(now))
                .put("success", tried.error.isEmpty())
                .put("final", tried.last);
        if (tried.status != 0) {
            row.put("status", tried.status);
        }
        if (!tried.error.isEmpty()) {
            row.put("error", tried.error);
        }
        if (shelf.find(grant, webhook).isEmpty()
                && shelf.add(grant, webhook, Json.array().add(row)).isPresent()) {
            return;
        }
        shelf.change(grant, webhook, present -> {
            var tries = Json.array().add(row);
            for (var i = 0; i < Math.min(present.size(), MOST - 1); i++) {
                tries.add(present.get(i));
            }
            return tries;
        });
    }

    ArrayNode of(Grant grant, String webhook) {
        return shelf.find(grant, webhook).map(Kept::value).orElse(Json.array());
    }

    void forget(Grant grant, String webhook) {
        shelf.remove(grant, webhook);
    }
}
