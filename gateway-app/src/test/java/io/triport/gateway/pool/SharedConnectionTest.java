package io.triport.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.testkit.SettableTicker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SharedConnectionTest {
    private static final String FILE = """
        identity: {anyone: {type: public}}
        upstreams: {users: {targets: [{url: "http://127.0.0.1:1"}]}}
        routes: [{id: users, match: {path: /}, identity: [anyone], upstream: users}]
        """;

    private final SettableTicker ticker = new SettableTicker();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        channel.freezeTime();
        var sources = new Sources(ConfigFile.parse("gateway.yaml", FILE), Map.of(), Map.of());
        var settings = Objects.requireNonNull(
                GatewaySettings.read(sources.root(), sources).upstreams().get("users"));
        var names = new Names(Runnable::run, ticker, InetAddress::getAllByName);
        var target = new Target(settings.targets().getFirst(), settings, null, names, ticker);
        var pool = new LoopPool(target, channel.eventLoop());
        channel.pipeline().addLast(new SharedConnection(pool, target, () -> {}));
    }

    @Test
    void a_silent_connection_is_asked_and_stays_while_it_answers() {
        after(Heartbeat.QUIET);
        var ping = channel.<Http2PingFrame>readOutbound();
        assertThat(ping.ack()).isFalse();

        channel.writeInbound(new DefaultHttp2PingFrame(ping.content(), true));
        after(Heartbeat.PATIENCE);
        after(Heartbeat.QUIET);

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void a_silent_connection_that_does_not_answer_is_closed() {
        after(Heartbeat.QUIET);
        after(Heartbeat.PATIENCE);
        assertThat(channel.isOpen()).isTrue();
        after(Duration.ofMillis(10));

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void a_connection_that_says_anything_is_not_asked() {
        after(Heartbeat.QUIET.minusMillis(1));
        channel.writeInbound(new DefaultHttp2SettingsFrame(new Http2Settings()));

        after(Heartbeat.QUIET.minusMillis(1));

        assertThat(channel.<Object>readOutbound()).isNull();
    }

    private void after(Duration time) {
        ticker.advance(time);
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runPendingTasks();
    }
}
