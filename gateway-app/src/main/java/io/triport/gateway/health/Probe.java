package io.triport.gateway.health;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.triport.gateway.config.TargetSettings;
import io.triport.gateway.config.UpstreamSettings.Health;
import io.triport.gateway.pool.Answer;
import io.triport.gateway.pool.PoolFailure;
import io.triport.gateway.pool.UpstreamStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question and what came of it. Confined to its event loop. */
final class Probe implements Answer {
    private static final String AGENT = "triport-gateway-health";

    private final TargetSettings address;
    private final Health settings;
    private final Consumer<Boolean> verdict;
    private @Nullable UpstreamStream stream;
    private @Nullable Future<?> end;
    private boolean over;

    Probe(TargetSettings address, Health settings, Consumer<Boolean> verdict) {
        this.address = address;
        this.settings = settings;
        this.verdict = verdict;
    }

    /** The bound of it all: neither a name that is looked up nor a server that says little by little takes longer. */
    void endIn(EventLoop loop, long nanos) {
        end = loop.schedule(() -> over(false), nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void ready(UpstreamStream given) {
        if (over) {
            given.cancel();
            return;
        }
        stream = given;
        var request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, address.basePath() + settings.path());
        request.headers().set(HttpHeaderNames.HOST, address.authority()).set(HttpHeaderNames.USER_AGENT, AGENT);
        given.write(request);
        given.write(LastHttpContent.EMPTY_LAST_CONTENT);
        given.flush();
    }

    @Override
    public void head(HttpResponse response) {
        over(settings.expect().contains(response.status().code()));
    }

    @Override
    public void content(HttpContent content) {
        content.release();
    }

    @Override
    public void readComplete() {
        if (stream != null) {
            stream.read();
        }
    }

    @Override
    public void writable() {
        // All was written at once.
    }

    @Override
    public void failed(PoolFailure failure) {
        stream = null;
        over(false);
    }

    private void over(boolean works) {
        if (over) {
            return;
        }
        over = true;
        if (end != null) {
            end.cancel(false);
        }
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
        verdict.accept(works);
    }
}
