package io.triport.identity.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.triport.domain.request.ByteSize;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.connection.EdgeRefusal;
import io.triport.identity.connection.Takeover;
import io.triport.identity.connection.TrustedProxies;
import io.triport.identity.edge.TakenOver;
import io.triport.identity.log.RequestLog;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Takes over every request that the server does not answer itself, for one app. Safe for many threads. */
public final class StreamEdge implements Takeover, AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());
    private final StreamApp app;
    private final Means means;
    private final DateField date;
    private final Reach reach;

    public StreamEdge(StreamApp app, Means means) {
        this(app, means, Reach.REQUESTS);
    }

    /** @param reach of SOCKETS where all other requests are built in */
    public StreamEdge(StreamApp app, Means means, Reach reach) {
        this.reach = reach;
        this.app = app;
        this.means = means;
        this.date = new DateField(means.clock());
    }

    /** What requests are bound, numbered, timed and written down with. */
    public record Means(
            TakenOver binder,
            TrustedProxies proxies,
            RequestLog log,
            Clock clock,
            Ticker ticker,
            Randomness randomness) {}

    @Override
    public Reach reach() {
        return reach;
    }

    /** A piece costs its reader several changes of threads. */
    @Override
    public ByteSize largestPiece() {
        return ByteSize.ofKiB(64);
    }

    @Override
    public ChannelHandler handler(Channel connection) {
        return new StreamHandler(app, means, threads, date);
    }

    @Override
    public Optional<EdgeAnswer> refused(EdgeRefusal why, Channel connection) {
        var handler = connection.pipeline().get(StreamHandler.class);
        if (handler != null) {
            handler.refused(why);
        }
        return Optional.empty();
    }

    @Override
    public Map<String, String> beside(Channel connection, @Nullable HttpRequest unseen) {
        var handler = connection.pipeline().get(StreamHandler.class);
        var fields = new LinkedHashMap<String, String>();
        if (handler != null) {
            handler.fetch(unseen)
                    .ifPresent(fetch -> app.beside(fetch).forEach(field -> fields.put(field.name(), field.value())));
        }
        return fields;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
