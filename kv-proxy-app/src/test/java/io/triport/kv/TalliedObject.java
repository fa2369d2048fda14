package io.triport.kv;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.util.Set;

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

    /** Takes those who ask for {@code /in}. */
    @Override
    public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
        if (event.operation().startsWith("GET /in")) {
            context.sockets().accept(socket, Set.of());
            socket.attach(Bytes.utf8(event.operation()));
        }
    }

    /** Counts too, and tells all who are connected; closes the connection of who says so. */
    @Override
    public void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {
        if (message.equals(new SocketMessage.Text("end"))) {
            socket.close(new SocketClose(4000, "enough"));
            return;
        }
        var counted = handle(new ObjectEvent("SOCKET"), context);
        var asked = socket.attachment().toUtf8();
        context.sockets()
                .all()
                .forEach(each -> each.send(
                        new SocketMessage.Text(asked + " " + counted.body().toUtf8())));
    }
}
