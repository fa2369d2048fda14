package io.triport.identity.socket;

import io.triport.domain.request.Bytes;
import io.triport.identity.stream.Socket;
import io.triport.identity.stream.SocketTalk;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A talk that ends when the app stops: the client hears 1001, so that it can go to another node before this one is gone. */
record DrainedTalk(SocketTalk talk, BooleanSupplier stopping) implements SocketTalk {
    private static final String WHY = "the server stops";

    @Override
    public int mostBytes() {
        return talk.mostBytes();
    }

    @Override
    public void talk(Socket socket) throws InterruptedException {
        talk.talk(new Drained(socket, stopping));
    }

    private record Drained(Socket socket, BooleanSupplier stopping) implements Socket {
        @Override
        public Received next(Duration most) throws InterruptedException {
            if (stopping.getAsBoolean()) {
                socket.close(GOING_AWAY, WHY);
                return new Gone(GOING_AWAY, WHY);
            }
            return socket.next(most);
        }

        @Override
        public void send(String text) throws InterruptedException {
            socket.send(text);
        }

        @Override
        public void send(Bytes bytes) throws InterruptedException {
            socket.send(bytes);
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }
    }
}
