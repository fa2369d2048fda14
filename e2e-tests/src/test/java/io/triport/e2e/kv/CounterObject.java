package io.triport.e2e.kv;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;

/** Counts its turns. Public, as providers have to be. */
public final class CounterObject implements DurableObject {
    private static final StateKey COUNT = StateKey.of("count");

    @Override
    public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
        var count = context.state()
                .get(COUNT)
                .map(text -> Integer.parseInt(text.toUtf8()))
                .orElse(0);
        if (event.operation().startsWith("POST ")) {
            count++;
            context.state().put(COUNT, Bytes.utf8(Integer.toString(count)));
        }
        return new ObjectAnswer(Bytes.utf8(Integer.toString(count)));
    }
}
