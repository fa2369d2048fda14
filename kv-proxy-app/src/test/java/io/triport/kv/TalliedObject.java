package io.triport.kv;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;

/** Counts its turns, and says what it was asked. Public, as providers have to be. */
public final class TalliedObject implements DurableObject {
    private static final StateKey COUNT = StateKey.of("count");

    @Override
    public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
        if (event.operation().equals("POST /said")) {
            return new ObjectAnswer(event.body());
        }
        var count = context.state()
                .get(COUNT)
                .map(text -> Integer.parseInt(text.toUtf8()))
                .orElse(0);
        if (!event.operation().startsWith("GET ") || event.operation().equals("GET /write")) {
            count++;
            context.state().put(COUNT, Bytes.utf8(Integer.toString(count)));
        }
        return new ObjectAnswer(
                Bytes.utf8(event.operation() + " " + event.body().toUtf8() + " " + count));
    }
}
