package io.triport.storage.peer;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client of another node, as the object has it. */
final class FarClient implements ClientSocket {
    private static final int POLICY_VIOLATION = 1008;
    private static final SocketClose TOO_SLOW = new SocketClose(POLICY_VIOLATION, "too slow");

    private final PeerConnection connection;
    private final long exchange;
    private final AtomicBoolean ended = new AtomicBoolean();

    FarClient(PeerConnection connection, long exchange) {
        this.connection = connection;
        this.exchange = exchange;
    }

    @Override
    public void send(SocketMessage message) {
        if (!ended.get() && !connection.offer(new Frame(Frame.Kind.SAY, exchange, SocketForm.write(message)))) {
            close(TOO_SLOW);
        }
    }

    @Override
    public void close(SocketClose how) {
        if (ended.compareAndSet(false, true)) {
            connection.force(new Frame(Frame.Kind.END, exchange, SocketForm.write(how)));
        }
    }
}
