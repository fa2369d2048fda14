package io.triport.identity.outbound;

import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts small bodies to servers that users have named. The address that was checked is the one that is connected to, without a
 * second answer of a name server; no redirect is followed; of the answer only the status is read. Safe for many threads.
 */
public final class Posting implements AutoCloseable {
    /*
     * Why not a client of the platform
     *
     * It asks the name server itself, after us, and who owns the name may give it another answer (DNS rebinding). A socket that
     * is connected before anything is said over it leaves nothing to be asked; TLS still verifies the name.
     */
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LONGEST_LINE = 1_024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    private final Destinations destinations;
    private final SSLSocketFactory tls;
    private final Duration total;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param total time of a whole exchange. @param tls verifies servers */
    public Posting(Destinations destinations, SSLSocketFactory tls, Duration total) {
        this.destinations = destinations;
        this.tls = tls;
        this.total = total;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** The server has answered. */
        record Answered(int status) implements Outcome {}

        /** @param why for whoever named the server; nothing that a stranger wrote */
        record Failed(String why) implements Outcome {}
    }

    /**
     * Waits for a bounded time.
     *
     * @param url absolute, of http or https
     * @param headers without Host, Content-Length and Connection, which are set here
     */
    public Outcome post(URI url, Map<String, String> headers, Bytes body) {
        var socket = new Socket();
        var exchange = threads.submit(() -> exchange(socket, url, head(url, headers, body), body));
        try {
            return exchange.get(total.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome.Failed("no answer within " + total.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Outcome.Failed(why(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        } finally {
            // Ends what still waits for the server, too.
            close(socket);
            exchange.cancel(true);
        }
    }

    private Outcome exchange(Socket socket, URI url, Bytes head, Bytes body) throws IOException {
        var secure = url.getScheme().equals("https");
        var port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
        var address = destinations.choose(host(url));
        socket.connect(new InetSocketAddress(address, port), (int) total.toMillis());
        var connection = secure ? secured(socket, host(url), port) : socket;
        connection.getOutputStream().write(head.concat(body).toByteArray());
        connection.getOutputStream().flush();
        var line = STATUS.matcher(firstLine(connection.getInputStream()));
        return line.matches()
                ? new Outcome.Answered(Integer.parseInt(line.group(1)))
                : new Outcome.Failed("the answer is not HTTP");
    }

    private Socket secured(Socket socket, String host, int port) throws IOException {
        var over = tls.createSocket(socket, host, port, true);
        if (!(over instanceof SSLSocket secured)) {
            throw new SSLException("no TLS");
        }
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static Bytes head(URI url, Map<String, String> headers, Bytes body) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        var head = new StringBuilder("POST " + target + " HTTP/1.1\r\n")
                .append("Host: " + url.getRawAuthority() + "\r\n")
                .append("Content-Length: " + body.size() + "\r\n")
                .append("Connection: close\r\n");
        headers.forEach((name, value) -> {
            if ((name + value).chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("header: " + name + " (expected: printable ASCII)");
            }
            head.append(name + ": " + value + "\r\n");
        });
        return Bytes.utf8(head + "\r\n");
    }

    private static String firstLine(InputStream answer) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = answer.read(); next >= 0 && next != '\n' && line.size() < LONGEST_LINE; next = answer.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    /** Without the brackets around an address of the sixth version. */
    private static String host(URI url) {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String why(@Nullable Throwable failure) {
        return switch (failure) {
            case ForbiddenDestination forbidden -> "the name leads to an address that is not public";
            case UnknownHostException unknown -> "no address for the name";
            case SSLException tls -> "TLS failed";
            case IOException other -> other.getClass().getSimpleName();
            case RuntimeException bug -> throw bug;
            case null, default -> "no answer";
        };
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
