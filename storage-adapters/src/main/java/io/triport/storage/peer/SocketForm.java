package io.triport.storage.peer;

import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.request.Bytes;

/** What is said over a WebSocket, between nodes. */
final class SocketForm {
    private SocketForm() {}

    static Bytes write(SocketMessage message) {
        return switch (message) {
            case SocketMessage.Text(var text) ->
                new Packed().number(0).text(text).done();
            case SocketMessage.Binary(var bytes) ->
                new Packed().number(1).bytes(bytes).done();
        };
    }

    /** @throws io.triport.domain.request.InvalidInput for what is no message */
    static SocketMessage message(Bytes bytes) {
        var from = new Unpacked(bytes);
        var message = from.count(1) == 0 ? new SocketMessage.Text(from.text()) : new SocketMessage.Binary(from.bytes());
        from.end();
        return message;
    }

    static Bytes write(SocketClose how) {
        return new Packed().number(how.code()).text(how.reason()).done();
    }

    /** @throws io.triport.domain.request.InvalidInput for what is no end */
    static SocketClose close(Bytes bytes) {
        var from = new Unpacked(bytes);
        var how = new SocketClose(from.count(Integer.MAX_VALUE), from.text());
        from.end();
        return how;
    }
}
