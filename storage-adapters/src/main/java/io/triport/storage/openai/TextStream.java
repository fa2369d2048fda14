package io.triport.storage.openai;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** An answer in pieces. Closing it closes the connection, which the server hears; who waits for a piece then fails. */
final class TextStream implements ModelStream {
    private static final Bytes DONE = Bytes.utf8("[DONE]");

    private final EventReader events;
    private final Pieces pieces;
    private final Deque<StreamEvent> waiting = new ArrayDeque<>();

    TextStream(EventReader events, Pieces pieces) {
        this.events = events;
        this.pieces = pieces;
    }

    @Override
    public StreamEvent next() {
        while (waiting.isEmpty()) {
            read();
        }
        return waiting.removeFirst();
    }

    private void read() {
        try {
            var data = events.next();
            if (data == null || data.equals(DONE)) {
                waiting.add(end());
                return;
            }
            var json = Json.parse(data);
            if (json.path("error").isObject()) {
                throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: the model failed");
            }
            waiting.addAll(pieces.of(json));
            if (pieces.over()) {
                waiting.add(end());
            }
        } catch (IOException e) {
            throw Connector.broken(e);
        }
    }

    private StreamEvent end() {
        var end = pieces.end();
        if (end == null) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: broke off");
        }
        close();
        return end;
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
