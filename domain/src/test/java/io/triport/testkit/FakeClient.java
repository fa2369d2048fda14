package io.triport.testkit;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it is told. Its lock guards all. */
public final class FakeClient implements ClientSocket {
    private final List<String> texts = new ArrayList<>();
    private @Nullable SocketClose end;

    @Override
    public synchronized void send(SocketMessage message) {
        if (end != null) {
            throw new AssertionError("sent after the end");
        }
        texts.add(
                switch (message) {
                    case SocketMessage.Text(var text) -> text;
                    case SocketMessage.Binary(var bytes) -> bytes.toHex();
                });
    }

    @Override
    public synchronized void close(SocketClose how) {
        if (end != null) {
            throw new AssertionError("closed twice");
        }
        end = how;
    }

    /** Texts as they are, bytes as hexadecimal digits. */
    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    public synchronized Optional<SocketClose> end() {
        return Optional.ofNullable(end);
    }
}
