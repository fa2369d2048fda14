package io.triport.e2e;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One client, until nobody listens any more. */
public final class LastingClient {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    private final URI address;
    private final Supplier<byte[]> request;
    private final CountDownLatch replies;
    private final List<String> failures = new ArrayList<>();

    /** @param request bytes of one that is answered 200. @param replies counted down by each answer */
    public LastingClient(URI address, Supplier<byte[]> request, CountDownLatch replies) {
        this.address = address;
        this.request = request;
        this.replies = replies;
    }

    /** @return what was not as it should be */
    public List<String> run() {
        while (failures.isEmpty() && connection()) {
            replies.countDown();
        }
        return failures;
    }

    /** Sends until a reply says that it is the last. @return whether anybody listened */
    private boolean connection() {
        var answered = 0;
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            while (!exchange(socket)) {
                answered++;
                replies.countDown();
            }
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (IOException broken) {
            return closedWhileConnecting(answered, broken);
        }
    }

    /**
     * The system may accept a connection in the moment between the server's last accept and the close, and then resets it: for
     * the client that is a refused connect, as the next one shows. On a connection with a reply on it there is no excuse.
     */
    private boolean closedWhileConnecting(int answered, IOException broken) {
        if (answered > 0 || broken instanceof Cut) {
            failures.add(answered + " replies, then " + broken);
            return false;
        }
        try (var next = new Socket(address.getHost(), address.getPort())) {
            failures.add(broken + ", but " + next + " was accepted");
        } catch (IOException refused) {
            return false;
        }
        return false;
    }

    /** @return whether the server said that it was the last */
    private boolean exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(request.get());
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw head.isEmpty() ? new IOException("no reply") : new Cut(head.toString());
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head).results().findFirst().orElseThrow().group(1);
        var body = socket.getInputStream().readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new Cut(head + new String(body, StandardCharsets.US_ASCII));
        }
        if (!head.toString().startsWith("HTTP/1.1 200 ")) {
            failures.add(head + new String(body, StandardCharsets.US_ASCII));
        }
        return !failures.isEmpty()
                || head.toString().toLowerCase(java.util.Locale.ROOT).contains("connection: close");
    }

    /** A reply that has begun and does not end. */
    private static final class Cut extends IOException {
        private static final long serialVersionUID = 1;

        private Cut(String reply) {
            super("cut after " + reply);
        }
    }
}
