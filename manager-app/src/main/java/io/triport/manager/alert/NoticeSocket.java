package io.triport.manager.alert;

import io.triport.domain.time.Ticker;
import io.triport.identity.stream.Socket;
import io.triport.identity.stream.SocketTalk;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Refused;
import io.triport.manager.document.Kept;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Tells what concerns somebody over a WebSocket, as it happens. */
final class NoticeSocket implements SocketTalk {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final long SILENCE = Duration.ofSeconds(90).toNanos();

    private final Notices notices;
    private final Predicate<Kept<Notice>> concerns;
    private final BooleanSupplier known;
    private final Ticker ticker;

    /** @param known whether the identity still holds */
    NoticeSocket(Notices notices, Predicate<Kept<Notice>> concerns, BooleanSupplier known, Ticker ticker) {
        this.notices = notices;
        this.concerns = concerns;
        this.known = known;
        this.ticker = ticker;
    }

    @Override
    public void talk(Socket socket) throws InterruptedException {
        if (notices.full()) {
            socket.close(Socket.TRY_LATER, "too many");
            return;
        }
        var queue = notices.listen();
        try {
            socket.send(Json.object().put("type", "ready").toString());
            follow(socket, queue);
        } finally {
            notices.leave(queue);
        }
    }

    private void follow(Socket socket, BlockingQueue<Kept<Notice>> queue) throws InterruptedException {
        var heard = ticker.nanos();
        while (true) {
            var received = socket.next(TICK);
            if (received instanceof Socket.Gone) {
                return;
            }
            if (!known.getAsBoolean()) {
                socket.close(Socket.POLICY_VIOLATION, "the identity has ended");
                return;
            }
            if (!(received instanceof Socket.Nothing)) {
                heard = ticker.nanos();
            } else if (ticker.nanos() - heard > SILENCE) {
                socket.close(Socket.GOING_AWAY, "nothing was heard");
                return;
            }
            answer(socket, received);
            for (var kept = queue.poll(); kept != null; kept = queue.poll()) {
                if (concerns.test(kept)) {
                    socket.send(kept.value()
                            .shown()
                            .put("id", kept.id())
                            .put("type", "notification")
                            .toString());
                }
            }
        }
    }

    private static void answer(Socket socket, Socket.Received received) throws InterruptedException {
        if (received instanceof Socket.Text(var text)) {
            socket.send(
                    ping(text)
                            ? Json.object().put("type", "pong").toString()
                            : error("The frame must be {\"type\":\"ping\"}"));
        } else if (received instanceof Socket.Binary) {
            socket.send(error("The frame must be a text"));
        }
    }

    private static boolean ping(String text) {
        try {
            return Json.parse(text).path("type").asText().equals("ping");
        } catch (Refused e) {
            return false;
        }
    }

    private static String error(String message) {
        return Json.object()
                .put("type", "error")
                .put("code", "invalid_frame")
                .put("message", message)
                .toString();
    }
}
