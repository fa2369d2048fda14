package io.triport.manager.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import java.time.Instant;

/** Something that happened. @param data of the kind's own, never a value */
public record Event(EventKind kind, Instant at, ObjectNode data) {
    public Event {
        data = data.deepCopy();
    }

    @Override
    public ObjectNode data() {
        return data.deepCopy();
    }

    /** As it is sent to others. */
    public ObjectNode toJson() {
        return Json.object()
                .put("event", kind.text())
                .put("timestamp", Moments.text(at))
                .set("data", data.deepCopy());
    }
}
