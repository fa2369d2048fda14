package io.triport.e2e.kv;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.Set;

/** A room that counts its turns and tells each message to all. It says of which process it is. Public, as providers have to be. */
public final class RoomObject implements DurableObject {
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
        return new ObjectAnswer(
                Bytes.utf8(count + " of " + ProcessHandle.current().pid()));
    }

    @Override
    public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
        context.sockets().accept(socket, Set.of());
    }

    @Override
    public void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {
        context.sockets().all().forEach(each -> each.send(message));
    }
}
